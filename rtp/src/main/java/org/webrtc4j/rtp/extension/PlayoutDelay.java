package org.webrtc4j.rtp.extension;

import org.webrtc4j.rtp.wire.Bytes;

/** Between which delays a picture may be shown: two numbers of 12 bits in steps of 10 ms. */
public final class PlayoutDelay {

    /** Bytes of the element. */
    public static final int SIZE = 3;

    private static final int STEP_MILLIS = 10;
    private static final int MAX_STEPS = 0xfff;

    private PlayoutDelay() {}

    /**
     * Reads the least delay.
     *
     * @param array the array
     * @param at where the element starts
     * @return milliseconds
     */
    public static int minMillis(byte[] array, int at) {
        return (Bytes.u24(array, at) >>> 12) * STEP_MILLIS;
    }

    /**
     * Reads the largest delay.
     *
     * @param array the array
     * @param at where the element starts
     * @return milliseconds
     */
    public static int maxMillis(byte[] array, int at) {
        return (Bytes.u24(array, at) & MAX_STEPS) * STEP_MILLIS;
    }

    /**
     * Writes both.
     *
     * @param array the array
     * @param at where the element starts
     * @param minMillis the least delay, to 40950
     * @param maxMillis the largest delay, to 40950
     */
    public static void write(byte[] array, int at, int minMillis, int maxMillis) {
        Bytes.setU24(array, at, steps(minMillis) << 12 | steps(maxMillis));
    }

    private static int steps(int millis) {
        return Math.max(0, Math.min(MAX_STEPS, millis / STEP_MILLIS));
    }
}
