// The command-line peer's protocol in a page: the same scenarios, with emit for standard output and peer.receive for standard input.

const startPeer = (config, emit) => {
  const pcs = new Map();
  const event = (id, name, more = {}) => emit({ type: "event", id, name, ...more });
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const create = (id) => {
    const pc = new RTCPeerConnection({ iceServers: config.iceServers ?? [] });
    pcs.set(id, pc);
    pc.onicecandidate = ({ candidate }) =>
      emit({ type: "candidate", id, candidate: candidate?.toJSON() ?? { candidate: "", sdpMid: "0", sdpMLineIndex: 0 } });
    pc.onconnectionstatechange = () => event(id, "state", { state: pc.connectionState });
    pc.ondatachannel = ({ channel }) => {
      watch(id, channel);
      answer(id, channel);
    };
    return pc;
  };

  const watch = (id, channel) => {
    channel.binaryType = "arraybuffer";
    const opened = () => event(id, "open");
    channel.readyState === "open" ? opened() : channel.addEventListener("open", opened);
    channel.addEventListener("close", () => event(id, "closed"));
  };

  const describe = async (id, pc) => {
    await pc.setLocalDescription();
    emit({ type: pc.localDescription.type, id, sdp: pc.localDescription.sdp });
  };

  const offer = async (id) => {
    const pc = create(id);
    const channel = pc.createDataChannel("peer", {
      ordered: config.ordered ?? true,
      maxRetransmits: config.maxRetransmits ?? undefined,
      maxPacketLifeTime: config.maxPacketLifeTime ?? undefined,
    });
    watch(id, channel);
    await describe(id, pc);
    return channel;
  };

  const opened = (channel) =>
    new Promise((resolve, reject) => {
      channel.readyState === "open" ? resolve() : (channel.onopen = resolve);
      channel.onclose = () => reject(new Error("closed before it opened"));
    });

  const answer = (id, channel) => {
    if (config.scenario === "throughput") {
      let bytes = 0;
      let msgs = 0;
      let first;
      let last;
      channel.onmessage = ({ data }) => {
        if (typeof data === "string") {
          const ms = last - first;
          event(id, "result", { bytes, msgs, ms, mbps: bytes / 1000 / ms });
          return;
        }
        last = performance.now();
        first ??= last;
        bytes += data.byteLength;
        msgs++;
      };
    } else {
      channel.onmessage = ({ data }) => channel.send(data);
    }
  };

  const scenarios = {
    async echo() {
      const channel = await offer(0);
      const answers = [];
      let arrived = () => {};
      channel.onmessage = ({ data }) => {
        answers.push(data);
        arrived();
      };
      await opened(channel);
      const rows = [];
      for (const size of config.sizes ?? [0, 1, 100, 16384, 65536, 262144]) {
        for (const kind of ["binary", "text"]) {
          const skipped = size > pcs.get(0).sctp.maxMessageSize;
          let fail = 0;
          for (let round = 0; !skipped && round < (config.rounds ?? 1); round++) {
            const bytes = Uint8Array.from({ length: size }, () => Math.random() * 256);
            const message = kind === "binary" ? bytes : Array.from(bytes, (b) => String.fromCharCode(97 + (b & 15))).join("");
            channel.send(message);
            while (answers.length === 0) {
              await new Promise((resolve) => (arrived = resolve));
            }
            const back = answers.shift();
            const same = typeof back === "string" ? back === message
              : kind === "binary" && back.byteLength === size && new Uint8Array(back).every((byte, i) => byte === bytes[i]);
            fail += same ? 0 : 1;
          }
          rows.push({ size, kind, ok: fail === 0, n: skipped ? 0 : config.rounds ?? 1, fail, skipped });
        }
      }
      event(0, "result", { ok: rows.every(({ ok }) => ok), bad: rows.reduce((sum, { fail }) => sum + fail, 0), rows });
    },

    async throughput() {
      const channel = await offer(0);
      await opened(channel);
      const load = new Uint8Array(config.size ?? 16384);
      channel.bufferedAmountLowThreshold = 1 << 20;
      event(0, "tstart");
      const end = performance.now() + (config.seconds ?? 10) * 1000;
      while (performance.now() < end) {
        if (channel.bufferedAmount < 4 << 20) {
          channel.send(load);
        } else {
          await Promise.race([new Promise((resolve) => (channel.onbufferedamountlow = resolve)), sleep(100)]);
        }
      }
      event(0, "tend");
      channel.send("END");
    },

    async ttc() {
      const times = [];
      let first;
      for (let id = 0; id <= config.rounds; id++) {
        const began = performance.now();
        await opened(await offer(id));
        const took = performance.now() - began;
        id === 0 ? (first = took) : times.push(took);
        emit({ type: "bye", id });
        pcs.get(id).close();
        pcs.delete(id);
      }
      event(0, "result", { first, times });
    },
  };

  // One after the other for each connection: a candidate must not overtake its description. A chain for all would stand
  // still for ever once a connection closes in the middle of an operation: its promise never settles (W3C, section 4.4.1.2).
  const chains = new Map();
  const handle = async (message) => {
    const id = message.id ?? 0;
    switch (message.type) {
      case "offer": {
        const pc = pcs.get(id) ?? create(id);
        await pc.setRemoteDescription({ type: "offer", sdp: message.sdp });
        await describe(id, pc);
        break;
      }
      case "answer":
        await pcs.get(id)?.setRemoteDescription({ type: "answer", sdp: message.sdp });
        break;
      case "candidate":
        await pcs.get(id)?.addIceCandidate(message.candidate);
        break;
      case "bye":
        pcs.get(id)?.close();
        pcs.delete(id);
        break;
      case "cmd":
        if (message.name === "start") {
          scenarios[config.scenario]().catch((error) => event(0, "error", { message: String(error) }));
        }
        break;
    }
  };

  event(0, "ready", { impl: navigator.userAgent });
  return {
    receive(message) {
      const id = message.id ?? 0;
      const before = chains.get(id) ?? Promise.resolve();
      chains.set(id, before.then(() => handle(message)).catch((error) => event(0, "error", { message: String(error) })));
    },
    close() {
      pcs.forEach((pc) => pc.close());
    },
  };
};

globalThis.startPeer = startPeer;
