package org.webrtc4j.common;

/** Wall time is anchored once, so that it never jumps back while a connection lives. */
record SystemTimeSource(long originNanos, long originEpochMicros) implements TimeSource {

    static SystemTimeSource create() {
        return new SystemTimeSource(System.nanoTime(), System.currentTimeMillis() * 1_000);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochMicros(long nowNanos) {
        return originEpochMicros + (nowNanos - originNanos) / 1_000;
    }
}
