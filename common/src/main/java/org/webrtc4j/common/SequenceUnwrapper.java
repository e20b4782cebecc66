package org.webrtc4j.common;

/**
 * Turns sequence numbers that wrap into {@code long}s that do not, each taken as the nearest to the highest seen.
 *
 * <p>Not thread-safe. {@link #peek} answers without moving, for numbers that are not yet trusted.
 */
public final class SequenceUnwrapper {

    private final int shift;
    private long last;
    private boolean started;

    private SequenceUnwrapper(int bits) {
        shift = Long.SIZE - bits;
    }

    /**
     * Makes an unwrapper of 16-bit numbers (RTP sequence numbers, SCTP stream sequence numbers).
     *
     * @return a fresh unwrapper
     */
    public static SequenceUnwrapper of16Bits() {
        return new SequenceUnwrapper(16);
    }

    /**
     * Makes an unwrapper of 32-bit numbers (SCTP TSNs, RTP timestamps).
     *
     * @return a fresh unwrapper
     */
    public static SequenceUnwrapper of32Bits() {
        return new SequenceUnwrapper(32);
    }

    /**
     * Unwraps a number and moves the reference forward to it when it is the highest.
     *
     * @param wrapped the number as on the wire; higher bits are ignored
     * @return the nearest unwrapped number; the first one is returned as it is, unsigned
     */
    public long unwrap(long wrapped) {
        long value = peek(wrapped);
        if (!started || value > last) {
            started = true;
            last = value;
        }
        return value;
    }

    /**
     * Unwraps a number without moving the reference.
     *
     * @param wrapped the number as on the wire
     * @return the nearest unwrapped number
     */
    public long peek(long wrapped) {
        long unsigned = wrapped << shift >>> shift;
        if (!started) {
            return unsigned;
        }
        // Sign-extending the wrapped difference picks the nearer way round the circle.
        return last + ((unsigned - last) << shift >> shift);
    }
}
