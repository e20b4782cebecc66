import "./nav.js";
import { Session } from "./session.js";
import { Chat } from "./chat.js";
import { Echo } from "./echo.js";
import { Throughput } from "./throughput.js";
import { Facts } from "./facts.js";

const byId = (id) => document.getElementById(id);
const facts = new Facts(byId("connection"));
const parts = { chat: new Chat(byId), echo: new Echo(byId), throughput: new Throughput(byId) };

const session = new Session({
  state(text, state) {
    byId("state").textContent = text;
    byId("state").dataset.state = state;
    byId("connect").textContent = session.wanted ? "Disconnect" : "Connect";
    byId("role").disabled = session.wanted;
  },
  channel(channel) {
    channel.binaryType = "arraybuffer";
    parts[channel.label]?.open(channel);
  },
  connection(pc) { facts.watch(pc); },
  log(line) { facts.log(line); },
}, { page: "data", channels: ["chat", "echo", "throughput"] });

byId("connect").addEventListener("click", () => {
  if (session.wanted) {
    session.disconnect();
  } else {
    session.connect(byId("role").value);
  }
});

// ?role=answerer&connect: a link that connects at once.
const query = new URLSearchParams(location.search);
if (query.has("role")) {
  byId("role").value = query.get("role");
}
if (query.has("connect")) {
  session.connect(byId("role").value);
}
