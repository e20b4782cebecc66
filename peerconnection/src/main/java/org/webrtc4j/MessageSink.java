package org.webrtc4j;

/**
 * Takes one message part by part, as it arrives; see {@link RTCDataChannel#receiveStreaming}.
 *
 * <p>Called in the connection's event place, as handlers are, one call after the other: any number of
 * {@link #onPart}, then one {@link #onEnd} or {@link #onAborted}. A sink that throws is not called again.
 */
public interface MessageSink {

    /**
     * More of the message is here. It counts in the window of the association until this returns, so a slow sink holds
     * back the other side.
     *
     * @param bytes what follows the part before, at least one byte; the sink owns the array
     */
    void onPart(byte[] bytes);

    /** The message is complete. */
    void onEnd();

    /**
     * The rest will not come: the other side has given the message up (a channel with maxRetransmits or maxPacketLifeTime),
     * or the channel or the connection has closed. Does nothing unless overridden.
     *
     * @param reason OperationError when the message was given up, InvalidStateError when the channel has closed
     */
    default void onAborted(DOMException reason) {}
}
