// One connection to the server: signalling over a WebSocket, and connecting again when it is lost.

const RETRY_MS = [500, 1000, 2000, 5000];

export class Session {
  wanted = false;
  #listener;
  #options;
  #role = "offerer";
  #socket;
  #pc;
  #retries = 0;
  #timer;

  // page: what the server shall do; channels: the labels of the channels to open; prepare: adds tracks before the offer.
  constructor(listener, { page, channels, prepare = () => {} }) {
    this.#listener = listener;
    this.#options = { page, channels, prepare };
  }

  connect(role = "offerer") {
    this.wanted = true;
    this.#role = role;
    this.#retries = 0;
    this.#open();
  }

  // Ends the connection in the middle of everything; it is set up again by itself.
  cut() {
    this.#lost("the connection was cut");
  }

  disconnect() {
    this.wanted = false;
    this.#close();
    this.#listener.state("not connected", "new");
  }

  #open() {
    this.#close();
    this.#listener.state("connecting", "connecting");
    const began = performance.now();
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/signaling`);
    const pc = new RTCPeerConnection();
    const { page, channels, prepare } = this.#options;
    this.#socket = socket;
    this.#pc = pc;
    this.#listener.connection(pc);
    const send = (message) => {
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify(message));
      }
    };

    // After the connection has come up, signalling serves renegotiation only: its loss alone ends nothing.
    socket.onclose = () => {
      if (pc === this.#pc && pc.connectionState !== "connected") {
        this.#lost("the server does not answer");
      }
    };
    socket.onopen = async () => {
      if (this.#role === "offerer") {
        prepare(pc);
        channels.forEach((label) => this.#adopt(pc.createDataChannel(label), began));
        await pc.setLocalDescription();
        send({ type: "offer", page, sdp: pc.localDescription.sdp });
      } else {
        send({ type: "invite", page });
      }
    };
    // Messages are handled one after the other: a candidate must not overtake its description.
    let chain = Promise.resolve();
    socket.onmessage = (event) => {
      chain = chain
        .then(() => this.#signal(pc, JSON.parse(event.data), send))
        .catch((error) => this.#listener.log(`signalling: ${error.message}`));
    };
    pc.onicecandidate = ({ candidate }) => send({ type: "candidate", candidate: candidate?.toJSON() ?? { candidate: "" } });
    pc.ondatachannel = ({ channel }) => this.#adopt(channel, began);
    pc.onconnectionstatechange = () => {
      this.#listener.log(`connection ${pc.connectionState}`);
      this.#listener.state(pc.connectionState, pc.connectionState);
      if (pc.connectionState === "failed") {
        this.#lost("the connection failed");
      }
    };
    pc.oniceconnectionstatechange = () => this.#listener.log(`ice ${pc.iceConnectionState}`);
    pc.onicegatheringstatechange = () => this.#listener.log(`gathering ${pc.iceGatheringState}`);
    pc.onsignalingstatechange = () => this.#listener.log(`signalling ${pc.signalingState}`);
  }

  async #signal(pc, message, send) {
    switch (message.type) {
      case "offer":
        await pc.setRemoteDescription(message);
        await pc.setLocalDescription();
        send({ type: "answer", sdp: pc.localDescription.sdp });
        break;
      case "answer":
        await pc.setRemoteDescription(message);
        break;
      case "candidate":
        await pc.addIceCandidate(message.candidate);
        break;
      case "error":
        this.#listener.log(`server: ${message.message}`);
        break;
    }
  }

  #adopt(channel, began) {
    const opened = () => {
      this.#retries = 0;
      this.#listener.log(`channel ${channel.label} open after ${(performance.now() - began).toFixed(0)} ms`);
      this.#listener.channel(channel);
    };
    if (channel.readyState === "open") {
      opened();
    } else {
      channel.addEventListener("open", opened);
    }
    channel.addEventListener("close", () => {
      if (channel.label === this.#options.channels[0] && this.#pc?.connectionState === "connected") {
        this.#lost("the server closed the connection");
      }
    });
    channel.addEventListener("error", ({ error }) => this.#listener.log(`channel ${channel.label}: ${error.message}`));
  }

  #lost(why) {
    if (!this.wanted) {
      return;
    }
    this.#close();
    const wait = RETRY_MS[Math.min(this.#retries++, RETRY_MS.length - 1)];
    this.#listener.log(`${why}; again in ${wait} ms`);
    this.#listener.state(`${why}, connecting again`, "failed");
    this.#timer = setTimeout(() => this.#open(), wait);
  }

  #close() {
    clearTimeout(this.#timer);
    const pc = this.#pc;
    const socket = this.#socket;
    this.#pc = undefined;
    this.#socket = undefined;
    pc?.close();
    socket?.close();
  }
}
