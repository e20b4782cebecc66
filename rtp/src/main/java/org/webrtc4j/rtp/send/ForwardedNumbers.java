package org.webrtc4j.rtp.send;

/**
 * Outgoing sequence numbers of packets that are forwarded: without a gap where packets are left out on purpose or the source
 * changes, and with the source's own gaps, so that the receiver asks for what was lost.
 */
public final class ForwardedNumbers {

    /** Packets left out that late packets can still be placed around. */
    public static final int MAX_OMITTED = 64;

    /** The number cannot be told. */
    public static final long NONE = -1;

    private final long[] omitted = new long[MAX_OMITTED];
    private int omittedCount;
    private long first;
    private long highest;
    private long offset;

    /** Creates numbers without a source. */
    public ForwardedNumbers() {}

    /**
     * Begins with a source.
     *
     * @param source the number of its first packet
     * @param outgoing the number that this packet goes out with
     */
    public void begin(long source, long outgoing) {
        first = source;
        highest = source - 1;
        offset = outgoing - source;
        omittedCount = 0;
    }

    /**
     * Tells the outgoing number of a packet.
     *
     * @param source its number at the source
     * @return unwrapped, or {@link #NONE} when it is from before the source began, was left out, or is too late to tell
     */
    public long map(long source) {
        if (source < first) {
            return NONE;
        }
        highest = Math.max(highest, source);
        int after = 0;
        for (int i = omittedCount - 1; i >= 0 && omitted[i] >= source; i--) {
            if (omitted[i] == source) {
                return NONE;
            }
            after++;
        }
        return source + offset + after;
    }

    /**
     * Leaves a packet out. A packet later than the highest cannot be: others went out with numbers after its own, and it
     * stays a gap.
     *
     * @param source its number at the source
     */
    public void omit(long source) {
        if (source <= highest) {
            return;
        }
        highest = source;
        if (omittedCount == MAX_OMITTED) {
            // What is older than the oldest packet left out can no longer be told.
            first = Math.max(first, omitted[0] + 1);
            System.arraycopy(omitted, 1, omitted, 0, MAX_OMITTED - 1);
            omittedCount--;
        }
        omitted[omittedCount++] = source;
        offset--;
    }
}
