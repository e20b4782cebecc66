package org.webrtc4j.pipeline;

/** What a stream sends, by the last whole second and what followed. */
final class ByteRate {

    private static final long WINDOW_NANOS = 1_000_000_000L;
    private static final double BITS_PER_KILOBIT_NANO = 8e6;

    private boolean begun;
    private long beginNanos;
    private long bytes;
    private long kilobits;

    void onBytes(int count, long nowNanos) {
        if (!begun) {
            begun = true;
            beginNanos = nowNanos;
        }
        long elapsed = nowNanos - beginNanos;
        if (elapsed >= WINDOW_NANOS) {
            kilobits = Math.max(1, (long) (bytes * BITS_PER_KILOBIT_NANO / elapsed));
            bytes = 0;
            beginNanos = nowNanos;
        }
        bytes += count;
    }

    /** In kbit/s; 0 before the first second is over. */
    long kilobitsPerSecond() {
        return kilobits;
    }
}
