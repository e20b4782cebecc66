package org.webrtc4j.sctp;

import java.util.List;

/** What an association tells its owner, in order. */
public sealed interface SctpEvent {

    /**
     * The set-up is complete. Exactly one, before any message.
     *
     * @param inboundStreams streams the peer may send on, ids 0 to this less one
     * @param outboundStreams streams that may be sent on, ids 0 to this less one
     */
    record Connected(int inboundStreams, int outboundStreams) implements SctpEvent {}

    /**
     * A message has arrived. It counts in the receive window until {@link SctpAssociation#consumed} is called for it.
     *
     * @param streamId the stream, 0 to 65534
     * @param ppid the payload protocol identifier, all 32 bits
     * @param payload its bytes, never empty; handed over
     * @param unordered whether it was sent unordered
     */
    @SuppressWarnings("ArrayRecordComponent") // one array per message, handed over; never compared
    record Message(int streamId, int ppid, byte[] payload, boolean unordered) implements SctpEvent {}

    /**
     * A part of a message has arrived on a stream that is read part by part ({@link SctpAssociation#setStreaming}). It
     * counts in the receive window until {@link SctpAssociation#consumed} is called for it.
     *
     * @param streamId the stream, 0 to 65534
     * @param ppid the payload protocol identifier of the message
     * @param message a number that all parts of the message have in common, and no other message of this association has
     * @param payload the bytes that follow those of the part before, never empty; handed over
     * @param last whether the message ends here; else another part follows, or a {@link MessageAborted}
     * @param unordered whether it was sent unordered; parts of several unordered messages may alternate
     */
    @SuppressWarnings("ArrayRecordComponent") // one array per part, handed over; never compared
    record MessagePart(int streamId, int ppid, long message, byte[] payload, boolean last, boolean unordered)
            implements SctpEvent {}

    /**
     * The rest of a message of which parts have been delivered will not come: the peer has given it up (RFC 3758), or
     * contradicts itself, or has reset the stream or begun again. Of the end of the association {@link Closed} tells.
     *
     * @param streamId the stream
     * @param ppid the payload protocol identifier of the message
     * @param message the number of its parts
     */
    record MessageAborted(int streamId, int ppid, long message) implements SctpEvent {}

    /**
     * Streams were reset (RFC 6525): their sequence numbers start again at zero.
     *
     * @param direction which half, and whether it worked
     * @param streamIds the streams; empty with INCOMING means all
     */
    record StreamsReset(Direction direction, List<Integer> streamIds) implements SctpEvent {

        /** Which half of the streams a reset event is about. */
        public enum Direction {
            /** The peer has reset streams it sends on. */
            INCOMING,
            /** The peer has performed the reset asked for here. */
            OUTGOING,
            /** The peer has refused the reset asked for here. */
            OUTGOING_DENIED
        }
    }

    /**
     * Bytes queued on a stream have fallen to or below its threshold.
     *
     * @param streamId the stream
     */
    record BufferedAmountLow(int streamId) implements SctpEvent {}

    /**
     * A message was given up (RFC 3758): its lifetime is over or it was sent again as often as allowed.
     *
     * @param streamId the stream
     * @param ppid its payload protocol identifier
     */
    record Abandoned(int streamId, int ppid) implements SctpEvent {}

    /** The peer has started again (RFC 9260 section 5.2.4 A). What was outstanding is lost, what was queued is not. */
    record Restarted() implements SctpEvent {}

    /**
     * The association is over. Exactly one, the last event.
     *
     * @param cause why
     */
    record Closed(SctpCloseCause cause) implements SctpEvent {}
}
