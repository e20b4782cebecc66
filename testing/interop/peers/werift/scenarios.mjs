// What the connections are for. Each scenario has begin(), the offerer's start, and opened(channel).

import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { binaryOf, textOf } from "./payload.mjs";
import { event, fail } from "./wire.mjs";

/** When a message that has not come back counts as lost, and when an attempt to connect is given up. */
const ECHO_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 30_000;

/** The text that follows the last binary message of a throughput run. */
const END = "END";

/** How often a sender that has room lets the rest of the program run, in messages. */
const MESSAGES_PER_TURN = 16;

export function scenarioOf(peer) {
  switch (peer.config.scenario) {
    case "echo":
      return new Echo(peer);
    case "throughput":
      return new Throughput(peer);
    case "ttc":
      return new TimeToConnect(peer);
    default:
      throw new Error(`scenario ${peer.config.scenario} is not offered by this peer`);
  }
}

class Echo {
  constructor(peer) {
    this.peer = peer;
  }

  begin() {
    return this.peer.dial(0);
  }

  async opened(channel) {
    if (this.peer.config.role === "answerer") this.#reflect(channel);
    else await this.#measure(channel);
  }

  #reflect(channel) {
    channel.onMessage = (data) => {
      try {
        channel.send(data);
      } catch (problem) {
        fail(channel.connection.id, problem);
      }
    };
  }

  async #measure(channel) {
    const rows = [];
    for (const size of this.peer.config.sizes) {
      rows.push(await this.#trySize(channel, "binary", binaryOf(size)));
      rows.push(await this.#trySize(channel, "text", textOf(size)));
    }
    const bad = rows.reduce((sum, row) => sum + row.fail, 0);
    event(channel.connection.id, "result", { ok: bad === 0, bad, rows });
  }

  async #trySize(channel, kind, payload) {
    const size = Buffer.byteLength(payload);
    const row = { size, kind, ok: true, n: 0, fail: 0, skipped: false, rttMs: 0 };
    if (size > channel.connection.remoteMaxMessageSize) return { ...row, skipped: true };
    let total = 0;
    for (; row.n < this.peer.config.rounds; row.n++) {
      const start = performance.now();
      const reply = await this.#roundTrip(channel, payload);
      if (isSame(reply, payload)) total += performance.now() - start;
      else row.fail++;
    }
    row.ok = row.fail === 0;
    row.rttMs = total / Math.max(1, row.n - row.fail);
    return row;
  }

  /** The message that came back, or undefined when none did. */
  #roundTrip(channel, payload) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ECHO_TIMEOUT_MS);
      channel.onMessage = (data) => {
        clearTimeout(timer);
        resolve(data);
      };
      channel.send(payload);
    });
  }
}

function isSame(reply, payload) {
  if (typeof payload === "string") return reply === payload;
  return Buffer.isBuffer(reply) && reply.equals(payload);
}

class Throughput {
  constructor(peer) {
    this.peer = peer;
  }

  begin() {
    return this.peer.dial(0);
  }

  async opened(channel) {
    if (this.peer.config.role === "answerer") this.#count(channel);
    else await this.#pump(channel);
  }

  async #pump(channel) {
    const { id } = channel.connection;
    const { size, seconds } = this.peer.config;
    const payload = binaryOf(size);
    const deadline = performance.now() + seconds * 1000;
    let msgs = 0;
    event(id, "tstart");
    while (performance.now() < deadline) {
      for (let i = 0; i < MESSAGES_PER_TURN && channel.hasRoom; i++, msgs++) channel.send(payload);
      await (channel.hasRoom ? nextTurn() : channel.room());
    }
    event(id, "tend");
    // On an unordered or unreliable channel the mark would overtake what is still queued.
    await channel.drained();
    channel.send(END);
    event(id, "sent", { bytes: msgs * size, msgs });
  }

  #count(channel) {
    const { id } = channel.connection;
    const meter = new Meter();
    let finished = false;
    const finish = () => {
      if (finished) return;
      finished = true;
      event(id, "tend");
      event(id, "result", meter.result());
    };
    channel.onMessage = (data) => {
      if (data === END) finish();
      if (finished || typeof data === "string") return;
      if (meter.msgs === 0) event(id, "tstart");
      meter.add(data.length);
    };
    channel.onClosed = finish; // the mark itself may be lost on an unreliable channel
  }
}

/** Counts messages from the first to the last. */
class Meter {
  bytes = 0;
  msgs = 0;
  #first = 0;
  #last = 0;
  #buckets = [];

  add(size) {
    this.#last = performance.now();
    if (this.msgs === 0) this.#first = this.#last;
    this.bytes += size;
    this.msgs++;
    const second = Math.floor((this.#last - this.#first) / 1000);
    while (this.#buckets.length <= second) this.#buckets.push(0);
    this.#buckets[second] += size;
  }

  result() {
    const ms = this.#last - this.#first;
    return { bytes: this.bytes, msgs: this.msgs, ms, mbps: ms > 0 ? this.bytes / 1000 / ms : 0, buckets: this.#buckets };
  }
}

class TimeToConnect {
  #opened = () => {};

  constructor(peer) {
    this.peer = peer;
  }

  async begin() {
    const times = [];
    for (let id = 0; id <= this.peer.config.rounds; id++) {
      if (id > 0) await sleep(this.peer.config.gapMs);
      times.push(await this.#connect(id));
      await this.peer.hangUp(id);
    }
    const [first, ...others] = times;
    event(0, "result", { first, times: others });
  }

  async #connect(id) {
    const start = performance.now();
    let timer;
    await new Promise((resolve, reject) => {
      this.#opened = resolve;
      timer = setTimeout(() => reject(new Error(`not connected after ${CONNECT_TIMEOUT_MS} ms`)), CONNECT_TIMEOUT_MS);
      this.peer.dial(id).catch(reject);
    });
    clearTimeout(timer);
    return performance.now() - start;
  }

  async opened() {
    this.#opened();
  }
}
