import "./nav.js";
import { Session } from "./session.js";
import { Facts } from "./facts.js";
import { MediaFigures } from "./figures.js";
import { askFor, words } from "./devices.js";

// A conversation with the server's bot; it tells over a channel what it does.

const TEXTS = {
  waiting: "Say something.",
  listening: "The bot listens …",
  thinking: "The bot thinks …",
  speaking: "The bot speaks; interrupt it if you like.",
};

const byId = (id) => document.getElementById(id);
const facts = new Facts(byId("connection"));
const figures = new MediaFigures(byId);
let own;
let before = "none";

const session = new Session({
  state(text, state) {
    byId("state").textContent = text;
    byId("state").dataset.state = state;
    byId("connect").textContent = session.wanted ? "Stop" : "Start";
  },
  channel(channel) {
    channel.onmessage = ({ data }) => bot(data);
  },
  connection(pc) {
    facts.watch(pc);
    figures.watch(pc);
    pc.ontrack = ({ track }) => (byId("back").srcObject = new MediaStream([track]));
  },
  log(line) { facts.log(line); },
}, {
  page: "bot",
  channels: ["status"],
  prepare(pc) { own.getAudioTracks().forEach((track) => pc.addTrack(track, own)); },
});

function bot(state) {
  if (before === "speaking") {
    turn(state === "listening" ? "You interrupted the bot." : "The bot has spoken.");
  } else if (before === "listening") {
    turn("You have spoken.");
  }
  before = state;
  byId("bot").dataset.bot = state;
  byId("bot").textContent = TEXTS[state] ?? state;
}

function turn(text) {
  const line = document.createElement("li");
  line.textContent = text;
  byId("turns").append(line);
  while (byId("turns").children.length > 200) {
    byId("turns").firstChild.remove();
  }
  line.scrollIntoView({ block: "nearest" });
}

function stop() {
  own?.getTracks().forEach((track) => track.stop());
  own = undefined;
  before = "none";
  byId("back").srcObject = null;
  byId("bot").dataset.bot = "none";
  byId("bot").textContent = "Start, and allow the microphone.";
  figures.watch(undefined);
  session.disconnect();
}

async function start() {
  byId("problem").textContent = "";
  byId("connect").disabled = true;
  try {
    own = (await askFor(false)).stream;
    byId("turns").replaceChildren();
    session.connect();
  } catch (error) {
    byId("problem").textContent = words(error);
    facts.log(`${error.name}: ${error.message}`);
  } finally {
    byId("connect").disabled = false;
  }
}

byId("connect").addEventListener("click", () => (session.wanted ? stop() : start()));
