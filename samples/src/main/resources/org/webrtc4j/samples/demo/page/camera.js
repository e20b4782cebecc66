import "./nav.js";
import { Session } from "./session.js";
import { Facts } from "./facts.js";
import { MediaFigures } from "./figures.js";
import { askFor, words } from "./devices.js";

// The camera echo: what this page sends comes back from the server, packet by packet.

const byId = (id) => document.getElementById(id);
const facts = new Facts(byId("connection"));
const figures = new MediaFigures(byId);
const settings = [byId("size"), byId("codec")];
const switches = { camera: "video", microphone: "audio" };
let own;

const session = new Session({
  state(text, state) {
    byId("state").textContent = text;
    byId("state").dataset.state = state;
    show();
  },
  channel() {},
  connection(pc) {
    facts.watch(pc);
    figures.watch(pc);
    const back = new MediaStream();
    byId("back").srcObject = back;
    pc.ontrack = ({ track }) => back.addTrack(track);
  },
  log(line) { facts.log(line); },
}, { page: "camera", channels: ["status"], prepare: sendOwn });

// Which codecs this browser sends, each once; the rest are repair formats, which come along by themselves.
const codecs = RTCRtpSender.getCapabilities("video").codecs;
const repair = /\/(rtx|red|ulpfec|flexfec-03)$/i;
for (const name of new Set(codecs.map(({ mimeType }) => mimeType).filter((name) => !repair.test(name)))) {
  byId("codec").add(new Option(name.replace("video/", ""), name));
}

function sendOwn(pc) {
  for (const track of own.getTracks()) {
    const transceiver = pc.addTransceiver(track, { streams: [own] });
    if (track.kind === "video") {
      const chosen = byId("codec").value;
      const first = ({ mimeType }) => Number(mimeType === chosen);
      transceiver.setCodecPreferences([...codecs].sort((a, b) => first(b) - first(a)));
    }
  }
}

function show() {
  byId("connect").textContent = session.wanted ? "Stop" : "Start";
  settings.forEach((setting) => (setting.disabled = session.wanted));
  for (const [id, kind] of Object.entries(switches)) {
    const track = own?.getTracks().find((one) => one.kind === kind);
    byId(id).disabled = !track;
    byId(id).setAttribute("aria-pressed", track?.enabled ?? true);
  }
  byId("hear").disabled = !session.wanted;
}

function stop() {
  own?.getTracks().forEach((track) => track.stop());
  own = undefined;
  byId("own").srcObject = null;
  byId("back").srcObject = null;
  figures.watch(undefined);
  session.disconnect();
}

async function start() {
  const [width, height] = byId("size").value.split("x").map(Number);
  byId("problem").textContent = "";
  byId("connect").disabled = true;
  try {
    const { stream, missing } = await askFor({ width, height });
    own = stream;
    byId("problem").textContent = missing;
    own.getTracks().forEach((track) => {
      track.onended = () => {
        byId("problem").textContent = `The ${track.kind === "video" ? "camera" : "microphone"} was taken away.`;
      };
    });
    byId("own").srcObject = own;
    session.connect();
  } catch (error) {
    byId("problem").textContent = words(error);
    facts.log(`${error.name}: ${error.message}`);
  } finally {
    byId("connect").disabled = false;
    show();
  }
}

byId("connect").addEventListener("click", () => (session.wanted ? stop() : start()));

for (const [id, kind] of Object.entries(switches)) {
  byId(id).addEventListener("click", () => {
    const track = own.getTracks().find((one) => one.kind === kind);
    track.enabled = !track.enabled;
    show();
  });
}

byId("hear").addEventListener("click", () => {
  const back = byId("back");
  back.muted = !back.muted;
  byId("hear").setAttribute("aria-pressed", !back.muted);
});
