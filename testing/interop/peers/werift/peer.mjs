// One WebRTC peer built on werift, driven by JSON lines on standard input and output.
//
// It exists so that tests have an independent stack at the other end. Its single argument is a JSON configuration;
// what it understands and says is described in the README of the folder above.

import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { readConfig } from "./config.mjs";
import { Connection } from "./connection.mjs";
import { scenarioOf } from "./scenarios.mjs";
import { event, fail, say } from "./wire.mjs";

/** How long closing may take after quit, in milliseconds. */
const QUIT_GRACE_MS = 1000;

class Peer {
  constructor(config) {
    this.config = config;
    this.connections = new Map();
    this.scenario = scenarioOf(this);
  }

  /** Opens a connection with one channel and sends its offer. */
  async dial(id) {
    await this.#connect(id).offer();
  }

  #connect(id) {
    if (this.connections.has(id)) throw new Error(`connection ${id} is there already`);
    const connection = new Connection(this, id);
    this.connections.set(id, connection);
    return connection;
  }

  /** Closes a connection and tells the other side. */
  hangUp(id) {
    say("bye", id);
    return this.forget(id);
  }

  async forget(id) {
    const connection = this.connections.get(id);
    this.connections.delete(id);
    await connection?.close();
  }

  /** Obeys one line; a candidate or bye for an unknown connection has crossed a bye and means nothing. */
  async obey({ type, name, id = 0, sdp, candidate }) {
    switch (type) {
      case "cmd":
        return this.#command(name);
      case "offer":
        return this.#connect(id).answer(sdp);
      case "answer":
        return this.connections.get(id)?.acceptAnswer(sdp);
      case "candidate":
        return this.connections.get(id)?.addCandidate(candidate);
      case "bye":
        return this.forget(id);
      default:
        throw new Error(`unknown line of type ${type}`);
    }
  }

  #command(name) {
    if (name !== "start") throw new Error(`unknown command ${name}`);
    if (this.config.role !== "offerer") throw new Error("only the offerer is started");
    return this.scenario.begin();
  }

  async quit() {
    const closing = [...this.connections.keys()].map((id) => this.hangUp(id));
    const grace = new Promise((resolve) => setTimeout(resolve, QUIT_GRACE_MS));
    await Promise.race([Promise.allSettled(closing), grace]);
    process.exit(0);
  }
}

/** The version that package.json pins; werift does not export its own. */
function versionOfWerift() {
  return JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")).dependencies.werift;
}

function serve(peer) {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    let message;
    try {
      message = JSON.parse(line);
    } catch (problem) {
      fail(0, problem);
      return;
    }
    if (message.type === "cmd" && message.name === "quit") peer.quit();
    else peer.obey(message).catch((problem) => fail(message.id ?? 0, problem));
  });
  lines.on("close", () => peer.quit());
}

try {
  const peer = new Peer(readConfig(process.argv[2]));
  event(0, "ready", { impl: "werift", version: versionOfWerift() });
  serve(peer);
} catch (problem) {
  fail(0, problem);
  process.exit(2);
}
