package org.webrtc4j.rtp.extension;

/** When a packet left, as 24 bits of 6.18 fixed point seconds that wrap after 64 s. */
public final class AbsoluteSendTime {

    /** Bytes of the element. */
    public static final int SIZE = 3;

    private static final long WRAP_NANOS = 64_000_000_000L;
    private static final int FRACTION_BITS = 18;
    private static final long NANOS = 1_000_000_000L;

    private AbsoluteSendTime() {}

    /**
     * Turns a time into the element's value.
     *
     * @param nanos on any clock that moves on
     * @return 24 bits
     */
    public static int ofNanos(long nanos) {
        long within = Math.floorMod(nanos, WRAP_NANOS);
        return (int) (((within << FRACTION_BITS) + NANOS / 2) / NANOS) & 0xff_ffff;
    }

    /**
     * Turns a value into a time.
     *
     * @param value 24 bits
     * @return nanoseconds from 0 to 64 s
     */
    public static long toNanos(int value) {
        return ((value & 0xff_ffffL) * NANOS) >> FRACTION_BITS;
    }
}
