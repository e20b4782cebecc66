package org.webrtc4j.sctp.datachannel;

import org.webrtc4j.sctp.SctpCloseCause;

/** What a session tells its owner, in order. */
public sealed interface DataChannelEvent {

    /**
     * The association is up: channels opened before carry data from now on.
     *
     * @param maxInbound streams the peer may send on
     * @param maxOutbound streams that may be sent on
     */
    record Established(int maxInbound, int maxOutbound) implements DataChannelEvent {}

    /**
     * The peer has opened a channel in-band; the answer is on its way.
     *
     * @param id its stream
     * @param parameters what the peer said about it
     */
    record Opened(int id, DataChannelParameters parameters) implements DataChannelEvent {}

    /**
     * The peer has answered the opening of a channel.
     *
     * @param id its stream
     */
    record Acknowledged(int id) implements DataChannelEvent {}

    /**
     * A message has arrived. It counts in the receive window until {@link DataChannelSession#consumed}.
     *
     * @param id the channel's stream
     * @param binary bytes rather than a string
     * @param payload the bytes, perhaps none; a string's as received, perhaps not valid UTF-8. Handed over
     */
    @SuppressWarnings("ArrayRecordComponent") // one array per message, handed over; never compared
    record Message(int id, boolean binary, byte[] payload) implements DataChannelEvent {}

    /**
     * A part of a message has arrived on a channel that is read part by part ({@link DataChannelSession#setStreaming}). It
     * counts in the receive window until {@link DataChannelSession#consumed}.
     *
     * @param id the channel's stream
     * @param binary bytes rather than a string; a string's characters may be cut anywhere
     * @param message a number that all parts of the message have in common, and no other message of this session
     * @param payload the bytes that follow those of the part before, never empty. Handed over
     * @param last whether the message ends here; else another part follows, or a {@link MessageAborted}
     */
    @SuppressWarnings("ArrayRecordComponent") // one array per part, handed over; never compared
    record MessagePart(int id, boolean binary, long message, byte[] payload, boolean last)
            implements DataChannelEvent {}

    /**
     * The rest of a message of which parts have been delivered will not come. Of the end of a channel or the association
     * their own events tell.
     *
     * @param id the channel's stream
     * @param message the number of its parts
     */
    record MessageAborted(int id, long message) implements DataChannelEvent {}

    /**
     * The peer has begun to close a channel; the session answers.
     *
     * @param id its stream
     */
    record Closing(int id) implements DataChannelEvent {}

    /**
     * A channel is closed in both directions, and its id is free.
     *
     * @param id its stream
     */
    record Closed(int id) implements DataChannelEvent {}

    /**
     * Bytes queued on a channel have fallen to or below its threshold.
     *
     * @param id its stream
     */
    record BufferedAmountLow(int id) implements DataChannelEvent {}

    /**
     * The association is over, and every channel with it. Exactly one, the last event.
     *
     * @param cause why; its {@code causeCode} is W3C's sctpCauseCode
     */
    record AssociationClosed(SctpCloseCause cause) implements DataChannelEvent {}
}
