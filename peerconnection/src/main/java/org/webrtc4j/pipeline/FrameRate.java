package org.webrtc4j.pipeline;

/** How many frames there were within the last second; more than {@link #MAX_FRAMES} are not told apart. */
final class FrameRate {

    static final int MAX_FRAMES = 128;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long[] times = new long[MAX_FRAMES];
    private long frames;

    void onFrame(long nowNanos) {
        times[(int) (frames++ % MAX_FRAMES)] = nowNanos;
    }

    int within(long nowNanos) {
        int count = 0;
        for (int i = 0; i < Math.min(frames, MAX_FRAMES); i++) {
            count += nowNanos - times[i] < SECOND_NANOS ? 1 : 0;
        }
        return count;
    }
}
