package org.webrtc4j.sctp;

/**
 * How one message travels (RFC 9260 section 3.3.1, RFC 3758, RFC 7496).
 *
 * @param unordered delivered as soon as it is complete, whatever came before
 * @param maxRetransmits how often a part of it is sent again before the whole message is abandoned; {@link #UNLIMITED}
 *     for ever
 * @param lifetimeNanos how long after {@code send} it is worth sending, in nanoseconds; {@link #UNLIMITED} for ever
 * @param control its bytes are none of the application's: bufferedAmount and {@link SctpAssociation#drainSent} leave
 *     them out
 */
public record SendOptions(boolean unordered, int maxRetransmits, long lifetimeNanos, boolean control) {

    /** No limit. */
    public static final int UNLIMITED = -1;

    /** Ordered and reliable. */
    public static final SendOptions ORDERED = new SendOptions(false, UNLIMITED, UNLIMITED);

    /** Unordered and reliable. */
    public static final SendOptions UNORDERED = new SendOptions(true, UNLIMITED, UNLIMITED);

    /** Ordered and reliable, and none of the application's bytes. */
    public static final SendOptions CONTROL = new SendOptions(false, UNLIMITED, UNLIMITED, true);

    /**
     * Options of an application's message.
     *
     * @param unordered delivered as soon as it is complete
     * @param maxRetransmits how often a part of it is sent again, or {@link #UNLIMITED}
     * @param lifetimeNanos how long it is worth sending, or {@link #UNLIMITED}
     */
    public SendOptions(boolean unordered, int maxRetransmits, long lifetimeNanos) {
        this(unordered, maxRetransmits, lifetimeNanos, false);
    }

    /**
     * Checks the limits.
     *
     * @param unordered delivered as soon as it is complete, whatever came before
     * @param maxRetransmits how often a part of it is sent again before the whole message is abandoned
     * @param lifetimeNanos how long after {@code send} it is worth sending, in nanoseconds
     * @param control its bytes are none of the application's
     * @throws IllegalArgumentException when a limit is negative and not {@link #UNLIMITED}
     */
    public SendOptions {
        if (maxRetransmits < UNLIMITED || lifetimeNanos < UNLIMITED) {
            throw new IllegalArgumentException("negative limit");
        }
    }
}
