// One RTCPeerConnection with its signalling.

import { RTCPeerConnection } from "werift";
import { Channel } from "./channel.mjs";
import { event, fail, say } from "./wire.mjs";

/** What a description without a=max-message-size means (RFC 8841, section 6.1). */
const DEFAULT_MAX_MESSAGE_SIZE = 65536;

/** What this peer takes; werift itself sets no bound. */
const MAX_MESSAGE_SIZE = 262144;

function rtcConfig({ iceServers, relay, bind }) {
  const rtc = { iceServers, iceTransportPolicy: relay ? "relay" : "all", maxMessageSize: MAX_MESSAGE_SIZE };
  if (bind === null) return rtc;
  const isIpv6 = bind.includes(":");
  return {
    ...rtc,
    iceUseIpv4: !isIpv6,
    iceUseIpv6: isIpv6,
    iceInterfaceAddresses: isIpv6 ? { udp6: bind } : { udp4: bind },
    // The interfaces that werift looks at leave loopback out; when none fits it falls back to all of them.
    iceAdditionalHostAddresses: [bind],
    iceFilterCandidatePair: ({ localCandidate }) => localCandidate.type !== "host" || localCandidate.host === bind,
  };
}

function maxMessageSizeOf(sdp) {
  const found = /^a=max-message-size:(\d+)/m.exec(sdp);
  if (!found) return DEFAULT_MAX_MESSAGE_SIZE;
  return Number(found[1]) || Infinity; // 0 means that any size will do
}

export class Connection {
  constructor(peer, id) {
    this.peer = peer;
    this.id = id;
    this.remoteMaxMessageSize = DEFAULT_MAX_MESSAGE_SIZE;
    this.pc = new RTCPeerConnection(rtcConfig(peer.config));
    this.pc.onIceCandidate.subscribe((candidate) => this.#sayCandidate(candidate));
    this.pc.connectionStateChange.subscribe((state) => event(id, "state", { state }));
    this.pc.onDataChannel.subscribe((dc) => this.#adopt(dc));
  }

  async offer() {
    const { scenario, ordered, maxRetransmits, maxPacketLifeTime } = this.peer.config;
    this.#adopt(
      this.pc.createDataChannel(scenario, {
        ordered,
        maxRetransmits: maxRetransmits ?? undefined,
        maxPacketLifeTime: maxPacketLifeTime ?? undefined,
      }),
    );
    this.#speak(await this.pc.createOffer());
  }

  async answer(sdp) {
    this.remoteMaxMessageSize = maxMessageSizeOf(sdp);
    await this.pc.setRemoteDescription({ type: "offer", sdp });
    this.#speak(await this.pc.createAnswer());
  }

  acceptAnswer(sdp) {
    this.remoteMaxMessageSize = maxMessageSizeOf(sdp);
    return this.pc.setRemoteDescription({ type: "answer", sdp });
  }

  /** Sends a description before it is applied: applying it ends only with the last candidate. */
  #speak({ type, sdp }) {
    say(type, this.id, { sdp });
    this.pc.setLocalDescription({ type, sdp }).catch((problem) => fail(this.id, problem));
  }

  #sayCandidate(candidate) {
    if (candidate && !this.#isBound(candidate)) return;
    say("candidate", this.id, {
      candidate: { candidate: candidate?.candidate ?? "", sdpMid: "0", sdpMLineIndex: 0 },
    });
  }

  /** Whether a candidate is one that the configuration allows. */
  #isBound({ candidate }) {
    const { bind } = this.peer.config;
    const [, , , , address, , , type] = candidate.split(" ");
    return bind === null || type !== "host" || address === bind;
  }

  /** werift keeps candidates that come before the description. */
  async addCandidate(candidate) {
    try {
      await this.pc.addIceCandidate(candidate.candidate === "" ? undefined : candidate);
    } catch (problem) {
      event(this.id, "log", { message: `candidate ${candidate.candidate}: ${problem.message}` });
    }
  }

  #adopt(dc) {
    const channel = new Channel(this, dc);
    const opened = () => {
      event(this.id, "open", { label: dc.label });
      this.#sayPair();
      this.peer.scenario.opened(channel).catch((problem) => fail(this.id, problem));
    };
    if (dc.readyState === "open") opened();
    else dc.onopen = opened;
  }

  #sayPair() {
    const pair = this.pc.iceTransports[0]?.getSelectedCandidatePair();
    if (!pair) return;
    event(this.id, "pair", {
      local: `candidate:${pair.local.candidate}`,
      remote: `candidate:${pair.remote.candidate}`,
    });
  }

  close() {
    return this.pc.close();
  }
}
