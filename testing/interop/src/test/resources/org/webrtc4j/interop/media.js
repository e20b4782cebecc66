// The page's side of a call with media: fake camera and microphone, one connection, what came, and what statistics say.

const media = {
  stream: undefined,
  elements: [],
  received: [],

  /** The fake camera and microphone: a moving disc and a beep. */
  async open(width, height, frameRate) {
    media.stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width, height, frameRate } });
  },

  track: (kind) => media.stream.getTracks().find((track) => track.kind === kind),

  /** Leaves only one video codec, and its retransmissions, to be negotiated. */
  prefer(transceiver, codec) {
    const fits = ({ mimeType, sdpFmtpLine = "" }) => {
      switch (mimeType.toLowerCase()) {
        case "video/rtx":
          return true;
        case "video/h264":
          return codec === "H264" && sdpFmtpLine.includes("packetization-mode=1") && sdpFmtpLine.includes("42e01f");
        case "video/vp9":
          return codec === "VP9" && sdpFmtpLine.includes("profile-id=0");
        default:
          return mimeType.toLowerCase() === `video/${codec.toLowerCase()}`;
      }
    };
    transceiver.setCodecPreferences(RTCRtpReceiver.getCapabilities("video").codecs.filter(fits));
  },

  /** Adds the camera and the microphone to a connection; both directions are wanted. */
  send(connection, codec) {
    for (const kind of ["audio", "video"]) {
      const sender = connection.addTrack(media.track(kind), media.stream);
      if (kind === "video" && codec) {
        media.prefer(connection.getTransceivers().find((each) => each.sender === sender), codec);
      }
    }
  },

  /** Plays what a connection receives, as only then Chromium takes sound out of its jitter buffer. */
  play(connection) {
    connection.addEventListener("track", ({ track }) => {
      const element = document.createElement(track.kind);
      element.autoplay = true;
      element.srcObject = new MediaStream([track]);
      document.body.append(element);
      media.elements.push(element);
      media.received.push(track);
    });
  },

  /** The numbers of a connection by direction and kind, such as inbound.video.framesDecoded. */
  async numbers(connection) {
    const result = { inbound: {}, outbound: {}, remoteInbound: {}, bandwidth: 0 };
    for (const each of (await connection.getStats()).values()) {
      if (each.type === "inbound-rtp") {
        result.inbound[each.kind] = each;
      } else if (each.type === "outbound-rtp") {
        result.outbound[each.kind] = each;
      } else if (each.type === "remote-inbound-rtp") {
        result.remoteInbound[each.kind] = each;
      } else if (each.type === "candidate-pair" && each.nominated) {
        result.bandwidth = each.availableOutgoingBitrate ?? 0;
      }
    }
    return result;
  },

  /** Waits until the statistics satisfy a condition; tells them in any case. */
  async until(condition, seconds, connection = pc) {
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const numbers = await media.numbers(connection);
      if (condition(numbers)) {
        return { ...numbers, met: true };
      }
      if (performance.now() > end) {
        return { ...numbers, met: false };
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },

  /** The same camera from Chromium to Chromium: the measure of what this machine can do. */
  async direct(codec) {
    const sender = new RTCPeerConnection();
    const receiver = new RTCPeerConnection();
    sender.onicecandidate = ({ candidate }) => receiver.addIceCandidate(candidate);
    receiver.onicecandidate = ({ candidate }) => sender.addIceCandidate(candidate);
    media.play(receiver);
    media.send(sender, codec);
    await sender.setLocalDescription();
    await receiver.setRemoteDescription(sender.localDescription);
    await receiver.setLocalDescription();
    await sender.setRemoteDescription(receiver.localDescription);
    return { sender, receiver };
  },

  /** Ends sending pictures, so that what was sent and what was decoded can be compared; waits until nothing more comes. */
  async drain(sender, receiver) {
    const video = sender.getSenders().find(({ track }) => track?.kind === "video");
    await video.replaceTrack(null);
    const sent = (await media.numbers(sender)).outbound.video;
    let decoded = -1;
    let quiet = 0;
    for (let i = 0; i < 200 && quiet < 10; i++) {
      const now = (await media.numbers(receiver)).inbound.video;
      quiet = now?.framesDecoded === decoded ? quiet + 1 : 0;
      decoded = now?.framesDecoded;
      if (decoded >= sent.framesSent) {
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return { sender: await media.numbers(sender), receiver: await media.numbers(receiver) };
  },

  /** SHA-256 of every encoded frame that passed a sender or a receiver, in order: { name: [{ type, size, hash }] }. */
  hashes: {},

  /** Looks at the encoded frames of a sender or receiver; an AV1 temporal delimiter is not part of what travels. */
  watchFrames(end, name) {
    const source = `
      const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
      const travels = (bytes) => (bytes[0] === 0x12 && bytes[1] === 0 ? bytes.subarray(2) : bytes);
      onrtctransform = ({ transformer: { readable, writable, options } }) => {
        const look = new TransformStream({
          async transform(frame, controller) {
            const bytes = new Uint8Array(frame.data.slice(0));
            controller.enqueue(frame);
            const shown = options.av1 ? travels(bytes) : bytes;
            const digest = await crypto.subtle.digest("SHA-256", shown);
            postMessage({ type: frame.type ?? "audio", size: shown.length, head: hex(shown.subarray(0, 8)), hash: hex(new Uint8Array(digest)) });
          },
        });
        readable.pipeThrough(look).pipeTo(writable);
      };`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    media.hashes[name] = [];
    worker.onmessage = ({ data }) => media.hashes[name].push(data);
    end.transform = new RTCRtpScriptTransform(worker, { av1: name.includes("AV1") });
  },

  /** Looks at what every sender and receiver of a connection carries: "video sent", "audio received" and so on. */
  watchAll(connection, codec) {
    for (const { sender, receiver } of connection.getTransceivers()) {
      const { kind } = receiver.track;
      media.watchFrames(sender, `${kind} sent ${codec}`);
      media.watchFrames(receiver, `${kind} received ${codec}`);
    }
  },

  /** Ends sending, and waits until no further encoded frame passes. */
  async endFrames(connection) {
    for (const sender of connection.getSenders()) {
      await sender.replaceTrack(null);
    }
    const count = () => Object.values(media.hashes).reduce((sum, { length }) => sum + length, 0);
    let before = -1;
    for (let quiet = 0; quiet < 10; quiet = count() === before ? quiet + 1 : 0) {
      before = count();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  },

  /** A camera of its own: a picture that changes, from a canvas. */
  canvas(frameRate = 15) {
    const canvas = document.createElement("canvas");
    canvas.width = 160;
    canvas.height = 120;
    const context = canvas.getContext("2d");
    let count = 0;
    setInterval(() => {
      context.fillStyle = `hsl(${(count++ * 7) % 360} 90% 50%)`;
      context.fillRect((count * 5) % 120, 20, 40, 80);
    }, 1000 / frameRate);
    return canvas.captureStream(frameRate).getVideoTracks()[0];
  },

  async inbound(mid) {
    const all = [...(await pc.getStats()).values()];
    return all.find((each) => each.type === "inbound-rtp" && each.mid === mid);
  },

  /** Waits until a section's pictures were decoded, or its sound heard, since now. */
  async moves(mid, seconds) {
    const transceiver = pc.getTransceivers().find((each) => each.mid === mid);
    const video = transceiver.receiver.track.kind === "video";
    const amount = (stats) => (video ? stats?.framesDecoded : stats?.totalAudioEnergy) ?? 0;
    const before = await media.inbound(mid);
    const wanted = amount(before) + (video ? 10 : 0.01);
    const end = performance.now() + seconds * 1000;
    for (;;) {
      const now = await media.inbound(mid);
      // A section that is set up again counts from nothing.
      const again = now && before && now.ssrc !== before.ssrc && amount(now) >= (video ? 10 : 0.01);
      if (amount(now) >= wanted || again) {
        return { moved: true, frames: amount(now), freezes: now.freezeCount ?? 0 };
      }
      if (performance.now() > end) {
        return { moved: false, before, now, direction: transceiver.currentDirection };
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },
};

globalThis.media = media;
