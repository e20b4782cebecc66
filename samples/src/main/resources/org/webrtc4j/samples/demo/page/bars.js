import "./nav.js";
import { Session } from "./session.js";
import { Facts } from "./facts.js";
import { MediaFigures } from "./figures.js";
import { readNumber, strongestTone } from "./readout.js";

// Pictures and sound that the server makes; this page reads their numbers and their frequency back.

const byId = (id) => document.getElementById(id);
const facts = new Facts(byId("connection"));
const figures = new MediaFigures(byId);
const back = byId("back");
let last = -1;
let seen = 0;
let wrong = 0;
let analyser;

const session = new Session({
  state(text, state) {
    byId("state").textContent = text;
    byId("state").dataset.state = state;
    byId("connect").textContent = session.wanted ? "Stop" : "Start";
    byId("hear").disabled = !session.wanted;
  },
  channel() {},
  connection(pc) {
    facts.watch(pc);
    figures.watch(pc);
    const stream = new MediaStream();
    back.srcObject = stream;
    last = -1;
    pc.ontrack = ({ track }) => {
      stream.addTrack(track);
      if (track.kind === "audio") {
        listen(new MediaStream([track]));
      }
    };
  },
  log(line) { facts.log(line); },
}, {
  page: "bars",
  channels: ["status"],
  prepare(pc) {
    pc.addTransceiver("audio", { direction: "recvonly" });
    pc.addTransceiver("video", { direction: "recvonly" });
  },
});

function listen(stream) {
  const context = new AudioContext();
  analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  context.createMediaStreamSource(stream).connect(analyser);
}

function stop() {
  session.disconnect();
  figures.watch(undefined);
  analyser?.context.close();
  analyser = undefined;
  back.srcObject = null;
}

function start() {
  seen = wrong = 0;
  byId("problem").textContent = "";
  session.connect();
}

function onPicture() {
  const number = readNumber(back);
  if (number >= 0) {
    seen++;
    wrong += number > last ? 0 : 1;
    last = number;
    byId("number").textContent = number;
    byId("seen").textContent = seen;
    byId("wrong").textContent = wrong;
  }
  back.requestVideoFrameCallback(onPicture);
}

if (back.requestVideoFrameCallback) {
  back.requestVideoFrameCallback(onPicture);
} else {
  byId("problem").textContent = "This browser does not tell when a picture is shown; the numbers are not read.";
}
setInterval(() => {
  const hertz = analyser && strongestTone(analyser);
  byId("tone").textContent = hertz ? `${hertz.toFixed(0)} Hz` : "–";
}, 500);

byId("connect").addEventListener("click", () => (session.wanted ? stop() : start()));
byId("hear").addEventListener("click", () => {
  back.muted = !back.muted;
  byId("hear").setAttribute("aria-pressed", !back.muted);
  analyser?.context.resume();
});
