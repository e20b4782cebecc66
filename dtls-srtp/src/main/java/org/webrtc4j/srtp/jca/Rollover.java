package org.webrtc4j.srtp.jca;

/**
 * The 48-bit packet index, of which the packet carries the lower 16 bits only (RFC 3711 section 3.3.1).
 *
 * <pre>
 *  index = 2^16 * ROC + SEQ
 * </pre>
 */
final class Rollover {

    /** The highest index of a key. */
    static final long MAX_INDEX = (1L << 48) - 1;

    private static final int HALF = 0x8000;

    private Rollover() {}

    /**
     * Finds the index nearest to the highest one seen.
     *
     * @param highest the highest index of the SSRC, or -1 before its first packet
     * @param sequence the sequence number
     * @return the index; negative when it lies before the first roll-over, above {@link #MAX_INDEX} behind the last
     */
    static long index(long highest, int sequence) {
        if (highest < 0) {
            return sequence;
        }
        long rollover = highest >>> 16;
        int highestSequence = (int) highest & 0xffff;
        if (highestSequence < HALF) {
            if (sequence - highestSequence > HALF) {
                rollover--;
            }
        } else if (highestSequence - HALF > sequence) {
            rollover++;
        }
        return rollover << 16 | sequence;
    }
}
