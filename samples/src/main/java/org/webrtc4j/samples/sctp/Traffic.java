package org.webrtc4j.samples.sctp;

/** What the application has sent and received, counted by whole messages. */
final class Traffic {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    long sentMessages;
    long sentBytes;
    long receivedMessages;
    long receivedBytes;
    private long firstNanos;
    private long lastNanos;

    void sent(int bytes) {
        sentMessages++;
        sentBytes += bytes;
    }

    void received(int bytes, long nowNanos) {
        if (receivedMessages == 0) {
            firstNanos = nowNanos;
        }
        lastNanos = nowNanos;
        receivedMessages++;
        receivedBytes += bytes;
    }

    /** From the first message received to the last. */
    long receivedMillis() {
        return (lastNanos - firstNanos) / NANOS_PER_MILLI;
    }
}
