package org.webrtc4j.sctp.datachannel;

import org.webrtc4j.sctp.SendOptions;

/** One channel of a session. */
final class Channel {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    final int id;
    final DataChannelParameters parameters;
    private final SendOptions options;
    private final SendOptions emptyOptions;
    private final SendOptions orderedOptions;
    private final SendOptions emptyOrderedOptions;

    /** The peer knows the channel: it has answered, or sent data, or opened it, or both sides agreed beforehand. */
    boolean known;
    /** Closing has begun, by either side. */
    boolean closing;
    /** The reset of our half has been asked for. */
    boolean resetRequested;
    /** Our half is reset. */
    boolean outgoingReset;
    /** The peer's half is reset. */
    boolean incomingReset;

    Channel(int id, DataChannelParameters parameters, boolean known) {
        this.id = id;
        this.parameters = parameters;
        this.known = known;
        options = options(!parameters.ordered(), false);
        emptyOptions = options(!parameters.ordered(), true);
        orderedOptions = options(false, false);
        emptyOrderedOptions = options(false, true);
    }

    private SendOptions options(boolean unordered, boolean control) {
        int lifetime = parameters.maxPacketLifeTimeMillis();
        return new SendOptions(
                unordered,
                parameters.maxRetransmits() == DataChannelParameters.UNLIMITED
                        ? SendOptions.UNLIMITED
                        : parameters.maxRetransmits(),
                lifetime == DataChannelParameters.UNLIMITED ? SendOptions.UNLIMITED : lifetime * NANOS_PER_MILLI,
                control);
    }

    /**
     * How a message travels now: in order until the peer knows the channel (RFC 8832 section 6), so that nothing overtakes
     * the OPEN.
     */
    SendOptions sendOptions(boolean empty) {
        if (known) {
            return empty ? emptyOptions : options;
        }
        return empty ? emptyOrderedOptions : orderedOptions;
    }
}
