import "./nav.js";
import { Session } from "./session.js";
import { Facts } from "./facts.js";
import { Sha256 } from "./sha256.js";

// A file is known by its SHA-256. Text messages are commands and reports, binary ones the next bytes:
//   page to server: {"cmd":"offer","sha256":h,"size":n}, then the bytes from where the answer says;
//                   {"cmd":"fetch","sha256":h,"from":n}
//   server to page: {"have":n}, {"received":n}, {"stored":h}, {"failed":why}; bytes, then {"sent":n}
// After a cut the new connection asks the same again, and goes on.

const READ_BYTES = 1 << 20;
const SLICE_BYTES = 64 << 10;
const HIGH_WATER = 4 << 20;
const LOW_WATER = 1 << 20;
const RATE_MS = 1000;

const byId = (id) => document.getElementById(id);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

// What is shown of one direction.
class Direction {
  #name;
  #size = 0;
  #samples = [];

  constructor(name) {
    this.#name = name;
  }

  #part(id) {
    return byId(`${this.#name}-${id}`);
  }

  begin(size) {
    this.#size = size;
    this.#part("resumed").textContent = "–";
    this.#part("hash").textContent = "–";
    this.#part("rate").textContent = "–";
    this.from(0);
  }

  from(bytes) {
    this.#samples = [];
    if (bytes) {
      this.#part("resumed").textContent = `at ${megabytes(bytes)}`;
    }
    this.at(bytes);
  }

  at(bytes) {
    const now = performance.now();
    this.#samples.push({ now, bytes });
    while (this.#samples.length > 2 && now - this.#samples[0].now > RATE_MS) {
      this.#samples.shift();
    }
    const first = this.#samples[0];
    if (now > first.now) {
      this.#part("rate").textContent = ((bytes - first.bytes) / 1000 / (now - first.now)).toFixed(1);
    }
    this.#part("progress").value = this.#size ? bytes / this.#size : 1;
    this.#part("bytes").textContent = megabytes(bytes);
  }

  say(text) {
    this.#part("state").textContent = text;
  }

  hash(good) {
    this.#part("hash").textContent = good ? "equal" : "different";
  }
}

const up = new Direction("up");
const down = new Direction("down");
let channel;
let file;
let sha256;
let stored = false;
let back;
let turn = 0;

async function take(chosen) {
  const mine = ++turn;
  file = chosen;
  sha256 = undefined;
  stored = false;
  back = undefined;
  byId("fetch").disabled = true;
  byId("save").hidden = true;
  byId("file-name").textContent = `${file.name}, ${file.size.toLocaleString()} bytes`;
  up.begin(file.size);
  down.begin(file.size);
  down.say("nothing yet");
  const digest = new Sha256();
  for (let at = 0; at < file.size; at += READ_BYTES) {
    digest.update(new Uint8Array(await file.slice(at, at + READ_BYTES).arrayBuffer()));
    if (mine !== turn) {
      return;
    }
    byId("file-hash").textContent = `reading: ${Math.round((100 * at) / file.size)} %`;
  }
  sha256 = digest.hex();
  byId("file-hash").textContent = sha256;
  offer();
}

function offer() {
  if (sha256 && !stored && channel?.readyState === "open") {
    up.say("asking what the server has");
    channel.send(JSON.stringify({ cmd: "offer", sha256, size: file.size }));
  }
}

async function send(from) {
  const mine = turn;
  const over = channel;
  up.from(from);
  up.say("on its way");
  for (let at = from; at < file.size && mine === turn; at += READ_BYTES) {
    const bytes = await file.slice(at, at + READ_BYTES).arrayBuffer();
    for (let slice = 0; slice < bytes.byteLength && mine === turn; slice += SLICE_BYTES) {
      if (over.bufferedAmount > HIGH_WATER) {
        await new Promise((resolve) => {
          over.addEventListener("bufferedamountlow", resolve, { once: true });
          over.addEventListener("close", resolve, { once: true });
        });
      }
      if (over !== channel || over.readyState !== "open") {
        return;
      }
      over.send(bytes.slice(slice, slice + SLICE_BYTES));
    }
  }
}

function bringBack() {
  back = { parts: [], bytes: 0, digest: new Sha256() };
  byId("fetch").disabled = true;
  byId("save").hidden = true;
  down.begin(file.size);
  fetchRest();
}

function fetchRest() {
  if (back && channel?.readyState === "open") {
    down.from(back.bytes);
    down.say("on its way");
    channel.send(JSON.stringify({ cmd: "fetch", sha256, from: back.bytes }));
  }
}

function receive(bytes) {
  if (back) {
    back.parts.push(bytes);
    back.bytes += bytes.byteLength;
    back.digest.update(new Uint8Array(bytes));
    down.at(back.bytes);
  }
}

function cameBack() {
  const good = back.digest.hex() === sha256;
  const link = byId("save");
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob(back.parts));
  link.download = file.name;
  link.hidden = false;
  back = undefined;
  down.hash(good);
  down.say(good ? "it is back, byte for byte" : "what came back is not what was sent");
  byId("fetch").disabled = false;
}

function report(message) {
  if (message.have !== undefined) {
    send(message.have);
  } else if (message.received !== undefined) {
    up.at(message.received);
  } else if (message.stored) {
    stored = true;
    up.at(file.size);
    up.hash(message.stored === sha256);
    up.say("the server has it");
    byId("fetch").disabled = false;
  } else if (message.sent !== undefined && back) {
    cameBack();
  } else if (message.failed) {
    (back ? down : up).say(message.failed);
  }
}

const facts = new Facts(byId("connection"));
const session = new Session({
  state(text, state) {
    byId("state").textContent = text;
    byId("state").dataset.state = state;
    byId("cut").disabled = state !== "connected";
  },
  channel(opened) {
    channel = opened;
    opened.binaryType = "arraybuffer";
    opened.bufferedAmountLowThreshold = LOW_WATER;
    opened.onmessage = ({ data }) => {
      if (opened !== channel) {
        return;
      }
      if (typeof data === "string") {
        report(JSON.parse(data));
      } else {
        receive(data);
      }
    };
    offer();
    fetchRest();
  },
  connection(pc) { facts.watch(pc); },
  log(line) { facts.log(line); },
}, { page: "files", channels: ["files"] });

const zone = byId("drop");
byId("file").addEventListener("change", ({ target }) => target.files.length && take(target.files[0]));
zone.addEventListener("dragover", (event) => {
  event.preventDefault();
  zone.dataset.over = "";
});
zone.addEventListener("dragleave", () => delete zone.dataset.over);
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  delete zone.dataset.over;
  if (event.dataTransfer.files.length) {
    take(event.dataTransfer.files[0]);
  }
});
byId("fetch").addEventListener("click", bringBack);
byId("cut").addEventListener("click", () => session.cut());
session.connect();
