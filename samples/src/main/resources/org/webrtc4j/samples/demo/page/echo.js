import { Plot } from "./plot.js";

// The echo: one message in flight; what comes back is compared byte by byte.

const KEPT = 400;

export class Echo {
  #byId;
  #plot;
  #channel;
  #times = [];
  #bad = 0;
  #running = false;
  #flying;

  constructor(byId) {
    this.#byId = byId;
    this.#plot = new Plot(byId("rtt-plot"), [{ color: "--down" }], "ms");
    byId("echo-once").addEventListener("click", () => this.#send());
    byId("echo-run").addEventListener("click", () => {
      this.#running = !this.#running;
      byId("echo-run").setAttribute("aria-pressed", this.#running);
      this.#send();
    });
  }

  open(channel) {
    this.#channel = channel;
    this.#flying = undefined;
    this.#enable(true);
    channel.onmessage = ({ data }) => this.#received(data);
    channel.onclose = () => {
      if (channel === this.#channel) {
        this.#enable(false);
        this.#running = false;
        this.#byId("echo-run").setAttribute("aria-pressed", false);
      }
    };
    this.#send();
  }

  #enable(on) {
    this.#byId("echo-once").disabled = !on;
    this.#byId("echo-run").disabled = !on;
  }

  #send() {
    if (this.#flying || this.#channel?.readyState !== "open") {
      return;
    }
    const bytes = new Uint8Array(Number(this.#byId("echo-size").value));
    for (let at = 0; at < bytes.length; at += 65536) {
      crypto.getRandomValues(bytes.subarray(at, at + 65536));
    }
    this.#flying = { bytes, at: performance.now() };
    this.#channel.send(bytes);
  }

  #received(data) {
    if (!this.#flying) {
      return;
    }
    const { bytes, at } = this.#flying;
    this.#flying = undefined;
    const back = new Uint8Array(data);
    if (back.length !== bytes.length || back.some((byte, i) => byte !== bytes[i])) {
      this.#bad++;
    }
    this.#times.push(performance.now() - at);
    this.#times.splice(0, this.#times.length - KEPT);
    this.#show();
    if (this.#running) {
      setTimeout(() => this.#send(), 20);
    }
  }

  #show() {
    const sorted = [...this.#times].sort((a, b) => a - b);
    const text = (value) => `${value.toFixed(2)} ms`;
    this.#byId("rtt-last").textContent = text(this.#times.at(-1));
    this.#byId("rtt-median").textContent = text(sorted[sorted.length >> 1]);
    this.#byId("rtt-p99").textContent = text(sorted[Math.floor(sorted.length * 0.99)]);
    this.#byId("echo-bad").textContent = this.#bad;
    this.#plot.draw([this.#times], KEPT);
  }
}
