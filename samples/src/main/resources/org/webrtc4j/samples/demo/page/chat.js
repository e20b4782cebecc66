// The chat: the server sends each line to everybody who is connected.

export class Chat {
  #messages;
  #text;
  #button;
  #channel;

  constructor(byId) {
    this.#messages = byId("messages");
    this.#text = byId("chat-text");
    this.#button = byId("chat-send");
    byId("chat-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = this.#text.value.trim();
      if (text && this.#channel?.readyState === "open") {
        this.#channel.send(text);
        this.#text.value = "";
      }
    });
  }

  open(channel) {
    this.#channel = channel;
    this.#enable(true);
    channel.onmessage = ({ data }) => this.#show(JSON.parse(data));
    channel.onclose = () => {
      if (channel === this.#channel) {
        this.#enable(false);
        this.#show({ note: "disconnected" });
      }
    };
  }

  #enable(on) {
    this.#text.disabled = !on;
    this.#button.disabled = !on;
  }

  #show({ from, text, note, own }) {
    const line = document.createElement("li");
    if (note) {
      line.className = "note";
      line.textContent = note;
    } else {
      const name = document.createElement("b");
      name.textContent = from;
      line.append(name, text);
      line.classList.toggle("own", own === true);
    }
    this.#messages.append(line);
    while (this.#messages.children.length > 500) {
      this.#messages.firstChild.remove();
    }
    line.scrollIntoView({ block: "nearest" });
  }
}
