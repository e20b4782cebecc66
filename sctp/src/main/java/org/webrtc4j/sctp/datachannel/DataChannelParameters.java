package org.webrtc4j.sctp.datachannel;

/**
 * What two sides agree about a channel (RFC 8832 section 5.1).
 *
 * @param label a name, at most 65535 bytes of UTF-8
 * @param protocol a subprotocol, at most 65535 bytes of UTF-8
 * @param ordered whether messages arrive in the order sent
 * @param maxRetransmits how often a message is sent again, or {@link #UNLIMITED}
 * @param maxPacketLifeTimeMillis how long a message is worth sending, in milliseconds, or {@link #UNLIMITED}; at most one of
 *     the two limits
 * @param priority 0 to 65535; 128 below normal, 256 normal, 512 high, 1024 extra high
 */
public record DataChannelParameters(
        String label, String protocol, boolean ordered, int maxRetransmits, int maxPacketLifeTimeMillis, int priority) {

    /** Reliable. */
    public static final int UNLIMITED = -1;

    /** The priority of a channel that has not been given one. */
    public static final int NORMAL_PRIORITY = 256;

    /**
     * Checks the values.
     *
     * @param label a name, at most 65535 bytes of UTF-8
     * @param protocol a subprotocol, at most 65535 bytes of UTF-8
     * @param ordered whether messages arrive in the order sent
     * @param maxRetransmits how often a message is sent again, or {@link #UNLIMITED}
     * @param maxPacketLifeTimeMillis how long a message is worth sending, in milliseconds, or {@link #UNLIMITED}
     * @param priority 0 to 65535
     * @throws IllegalArgumentException when a value is out of range, or both limits are given
     */
    public DataChannelParameters {
        if (maxRetransmits < UNLIMITED || maxPacketLifeTimeMillis < UNLIMITED || priority < 0 || priority > 65_535) {
            throw new IllegalArgumentException("value out of range");
        }
        if (maxRetransmits != UNLIMITED && maxPacketLifeTimeMillis != UNLIMITED) {
            throw new IllegalArgumentException("maxRetransmits and maxPacketLifeTime exclude each other");
        }
        if (Dcep.utf8Length(label) > 65_535 || Dcep.utf8Length(protocol) > 65_535) {
            throw new IllegalArgumentException("label or protocol too long");
        }
    }

    /**
     * Returns the parameters of a reliable, ordered channel of normal priority.
     *
     * @param label its name
     * @return the parameters
     */
    public static DataChannelParameters reliable(String label) {
        return new DataChannelParameters(label, "", true, UNLIMITED, UNLIMITED, NORMAL_PRIORITY);
    }
}
