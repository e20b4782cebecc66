package org.webrtc4j.benchmarks.goodput;

/** Counts complete messages from the first on that is delivered after a mark. */
final class Progress {

    private boolean begun;
    private long firstNanos;
    private long lastNanos;
    private long bytes;
    private long messages;

    /** Counts from now on. */
    void mark() {
        begun = false;
        bytes = 0;
        messages = 0;
    }

    void delivered(int length, long nowNanos) {
        if (begun) {
            bytes += length;
            messages++;
        } else {
            begun = true;
            firstNanos = nowNanos;
        }
        lastNanos = nowNanos;
    }

    /** Since the first. */
    long bytes() {
        return bytes;
    }

    /** Since the first. */
    long messages() {
        return messages;
    }

    /** Bytes per second between the first and the last. */
    double goodput() {
        return bytes == 0 ? 0 : bytes / ((lastNanos - firstNanos) / 1e9);
    }
}
