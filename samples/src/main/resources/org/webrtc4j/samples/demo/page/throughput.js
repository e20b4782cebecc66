import { Plot } from "./plot.js";

// The throughput meter. Text messages on the channel are commands and reports, binary ones are the load:
//   page to server: {"cmd":"download","size":n,"seconds":s}, {"cmd":"upload"}, {"cmd":"end"}
//   server to page: {"received":bytes} while uploading, {"done":"upload"} and {"done":"download"} at the end

const SLICE_MS = 200;
// Rates are those of the last second: the server's reports stand in line behind its load and come unevenly.
const WINDOW_SLICES = 5;
const HIGH_WATER = 4 << 20;
const LOW_WATER = 1 << 20;
const KEPT = 150;

export class Throughput {
  #byId;
  #plot;
  #channel;
  #received = 0;
  #delivered = 0;
  #downRates = [];
  #upRates = [];
  #downloading = false;
  #uploading = false;
  #ticker;

  constructor(byId) {
    this.#byId = byId;
    this.#plot = new Plot(byId("rate-plot"), [{ color: "--down" }, { color: "--up" }], "MB/s");
    byId("rate-down").addEventListener("click", () => this.#download());
    byId("rate-up").addEventListener("click", () => this.#upload());
    byId("rate-both").addEventListener("click", () => {
      this.#download();
      this.#upload();
    });
  }

  open(channel) {
    this.#channel = channel;
    channel.bufferedAmountLowThreshold = LOW_WATER;
    this.#downloading = false;
    this.#uploading = false;
    this.#enable();
    channel.onmessage = ({ data }) => {
      if (typeof data === "string") {
        this.#report(JSON.parse(data));
      } else {
        this.#received += data.byteLength;
      }
    };
    channel.onclose = () => this.#enable();
  }

  #enable() {
    const open = this.#channel?.readyState === "open";
    this.#byId("rate-down").disabled = !open || this.#downloading;
    this.#byId("rate-up").disabled = !open || this.#uploading;
    this.#byId("rate-both").disabled = !open || this.#downloading || this.#uploading;
  }

  #options() {
    return { size: Number(this.#byId("rate-size").value), seconds: Number(this.#byId("rate-seconds").value) };
  }

  #download() {
    this.#downloading = true;
    this.#received = 0;
    this.#tick();
    this.#channel.send(JSON.stringify({ cmd: "download", ...this.#options() }));
    this.#enable();
  }

  async #upload() {
    const { size, seconds } = this.#options();
    const channel = this.#channel;
    const load = new Uint8Array(size);
    this.#uploading = true;
    this.#delivered = 0;
    this.#tick();
    this.#enable();
    channel.send(JSON.stringify({ cmd: "upload" }));
    const end = performance.now() + seconds * 1000;
    while (performance.now() < end && channel.readyState === "open") {
      while (channel.bufferedAmount < HIGH_WATER && performance.now() < end) {
        channel.send(load);
      }
      await new Promise((resolve) => {
        channel.addEventListener("bufferedamountlow", resolve, { once: true });
        channel.addEventListener("close", resolve, { once: true });
      });
    }
    if (channel.readyState === "open") {
      channel.send(JSON.stringify({ cmd: "end" }));
    }
  }

  #report({ received, done }) {
    if (received !== undefined) {
      this.#delivered = received;
    }
    if (done === "download") {
      this.#downloading = false;
    } else if (done === "upload") {
      this.#uploading = false;
    }
    this.#enable();
  }

  // One sample of both rates per slice, while either direction runs.
  #tick() {
    if (this.#ticker) {
      return;
    }
    const sample = () => ({ at: performance.now(), down: this.#received, up: this.#delivered });
    const samples = [sample()];
    this.#ticker = setInterval(() => {
      const now = sample();
      const then = samples[0];
      const rate = (bytes) => Math.max(0, bytes) / 1000 / (now.at - then.at);
      this.#push(this.#downRates, rate(now.down - then.down));
      this.#push(this.#upRates, rate(now.up - then.up));
      samples.push(now);
      samples.splice(0, samples.length - WINDOW_SLICES);
      this.#show();
      if ((!this.#downloading && !this.#uploading) || this.#channel.readyState !== "open") {
        clearInterval(this.#ticker);
        this.#ticker = undefined;
        this.#enable();
      }
    }, SLICE_MS);
  }

  #push(rates, rate) {
    rates.push(rate);
    rates.splice(0, rates.length - KEPT);
  }

  #show() {
    const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
    this.#byId("down-rate").textContent = this.#downRates.at(-1).toFixed(1);
    this.#byId("up-rate").textContent = this.#upRates.at(-1).toFixed(1);
    this.#byId("down-total").textContent = megabytes(this.#received);
    this.#byId("up-total").textContent = megabytes(this.#delivered);
    this.#plot.draw([this.#downRates, this.#upRates], KEPT);
  }
}
