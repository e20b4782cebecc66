import { Plot } from "./plot.js";

// The media of a connection both ways, once a second, from the browser's statistics.

const KEPT = 120;
const SPAN_AT_FIRST = 15; // of the plot, which grows with what there is to show
const PERIOD_MS = 1000;

export class MediaFigures {
  #byId;
  #plot;
  #pc;
  #before = new Map();
  #rates = [[], []];

  constructor(byId) {
    this.#byId = byId;
    const canvas = byId("rate-plot");
    this.#plot = canvas && new Plot(canvas, [{ color: "--up" }, { color: "--down" }], "/s", 20);
    this.#draw();
    setInterval(() => this.#refresh(), PERIOD_MS);
  }

  // Nothing is shown any more when there is no connection.
  watch(pc) {
    this.#pc = pc;
    this.#before = new Map();
    this.#rates = [[], []];
  }

  async #refresh() {
    const pc = this.#pc;
    if (!pc || pc.connectionState !== "connected") {
      return;
    }
    const report = await pc.getStats();
    if (pc !== this.#pc) {
      return;
    }
    const all = [...report.values()];
    const of = (type, kind) => all.find((entry) => entry.type === type && entry.kind === kind);
    const pair = report.get(all.find(({ type }) => type === "transport")?.selectedCandidatePairId);
    const sides = [
      ["up", "outbound-rtp", "bytesSent", "framesSent", (kind) => of("remote-inbound-rtp", kind), of("media-source", "audio")],
      ["down", "inbound-rtp", "bytesReceived", "framesDecoded", (kind) => of("inbound-rtp", kind), of("inbound-rtp", "audio")],
    ];
    sides.forEach(([id, type, bytes, frames, counted, heard], which) => {
      const video = of(type, "video");
      const audio = of(type, "audio");
      const lost = ["video", "audio"].map((kind) => counted(kind)?.packetsLost).filter((count) => count !== undefined);
      const delay = counted("video")?.roundTripTime ?? counted("audio")?.roundTripTime ?? pair?.currentRoundTripTime;
      const rate = this.#perSecond(video, frames);
      const bits = [video, audio].map((stream) => (this.#perSecond(stream, bytes) ?? 0) * 8);
      this.#show(id, {
        codec: codec(report, video),
        size: video?.frameWidth ? `${video.frameWidth} × ${video.frameHeight}` : undefined,
        rate: rate?.toFixed(0),
        kilobits: video || audio ? ((bits[0] + bits[1]) / 1000).toFixed(0) : undefined,
        lost: lost.length > 0 ? lost.reduce((sum, count) => sum + count, 0) : undefined,
        delay: delay === undefined ? undefined : `${(delay * 1000).toFixed(1)} ms`,
        sound: codec(report, audio),
        level: this.#level(heard),
      });
      if (rate !== undefined) {
        this.#rates[which].push(rate);
      }
      this.#rates[which].splice(0, this.#rates[which].length - KEPT);
    });
    all.forEach((entry) => this.#before.set(entry.id, entry));
    this.#draw();
  }

  #draw() {
    const longest = Math.max(...this.#rates.map((line) => line.length));
    this.#plot?.draw(this.#rates, Math.max(SPAN_AT_FIRST, longest));
  }

  #perSecond(stream, member) {
    const before = this.#before.get(stream?.id);
    const passed = stream && before ? (stream.timestamp - before.timestamp) / 1000 : 0;
    return passed > 0 ? ((stream[member] ?? 0) - (before[member] ?? 0)) / passed : undefined;
  }

  // The mean since the last time: the ear hears the power of sound by its logarithm, a root of it comes near enough.
  #level(sound) {
    const before = this.#before.get(sound?.id);
    const passed = sound && before ? sound.totalSamplesDuration - before.totalSamplesDuration : 0;
    return passed > 0 ? ((sound.totalAudioEnergy - before.totalAudioEnergy) / passed) ** 0.25 : 0;
  }

  #show(id, values) {
    // A page shows one direction or both, and what it wants of each.
    for (const field of this.#byId(id)?.querySelectorAll("[data-figure]") ?? []) {
      const value = values[field.dataset.figure];
      if (field instanceof HTMLMeterElement) {
        field.value = value;
      } else {
        field.textContent = value ?? "–";
      }
    }
  }
}

function codec(report, stream) {
  return report.get(stream?.codecId)?.mimeType.split("/")[1];
}
