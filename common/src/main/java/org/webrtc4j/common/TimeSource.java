package org.webrtc4j.common;

/**
 * The clock of a connection, given at construction. It is read once per turn; everything below gets {@code nowNanos}.
 */
public interface TimeSource {

    /**
     * Reads the monotonic clock.
     *
     * @return nanoseconds since an arbitrary origin; the difference of two readings is a duration
     */
    long nanoTime();

    /**
     * Translates a reading of {@link #nanoTime} into wall time.
     *
     * @param nowNanos a reading of this source
     * @return microseconds since 1970-01-01T00:00:00Z
     */
    long epochMicros(long nowNanos);

    /**
     * Returns the clock of the machine.
     *
     * @return a source on {@link System#nanoTime}, with its wall time taken once and carried on monotonically
     */
    static TimeSource system() {
        return SystemTimeSource.create();
    }
}
