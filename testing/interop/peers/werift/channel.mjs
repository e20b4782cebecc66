// A data channel as the scenarios see it: messages by callback, sending that waits for room.

/** Payload protocol identifiers of empty messages (RFC 8831, section 8). */
const STRING_EMPTY = 56;
const BINARY_EMPTY = 57;

export class Channel {
  #dc;
  #highWater;
  #wake = () => {};

  constructor(connection, dc) {
    this.connection = connection;
    this.closed = false;
    this.onMessage = () => {};
    this.onClosed = () => {};
    this.#dc = dc;
    this.#highWater = connection.peer.config.highWater;
    dc.bufferedAmountLowThreshold = connection.peer.config.lowWater;
    dc.bufferedAmountLow.subscribe(() => this.#wake());
    dc.onMessage.subscribe((data) => this.onMessage(data));
    dc.stateChanged.subscribe((state) => {
      this.closed = state === "closed";
      this.#wake();
      if (this.closed) this.onClosed();
    });
  }

  get hasRoom() {
    return this.#dc.bufferedAmount <= this.#highWater;
  }

  /** Resolves when bufferedAmount has fallen to the low mark, or the channel has closed. */
  async room() {
    if (!this.hasRoom && !this.closed) await new Promise((resolve) => (this.#wake = resolve));
  }

  /** Resolves when everything has been handed to the network, or the channel has closed. */
  async drained() {
    this.#dc.bufferedAmountLowThreshold = 0;
    while (this.#dc.bufferedAmount > 0 && !this.closed) await new Promise((resolve) => (this.#wake = resolve));
  }

  send(data) {
    if (this.closed) throw new Error("the channel closed");
    if (data.length === 0) this.#sendEmpty(data);
    else this.#dc.send(data);
  }

  /**
   * werift's send() turns an empty message into no chunk at all and still counts it, after which an ordered stream
   * stands still. So the one zero byte that stands for an empty message is queued here, past send().
   */
  #sendEmpty(data) {
    const { sctp } = this.#dc;
    this.#dc.addBufferedAmount(1);
    sctp.dataChannelQueue.push([this.#dc, typeof data === "string" ? STRING_EMPTY : BINARY_EMPTY, Buffer.alloc(1)]);
    sctp.dataChannelFlush();
  }
}
