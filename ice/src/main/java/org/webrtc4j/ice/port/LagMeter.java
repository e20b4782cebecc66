package org.webrtc4j.ice.port;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Keeps the largest timer lag in two neighbouring windows. Written by one loop without fences, read by anyone; costs a few
 * nanoseconds per expired timer.
 */
final class LagMeter {

    static final long WINDOW_NANOS = 1_000_000_000L;

    private static final int WINDOW_START = 0;
    private static final int CURRENT = 1;
    private static final int PREVIOUS = 2;
    private static final int MAX = 3;

    private final AtomicLongArray values = new AtomicLongArray(4);

    LagMeter(long nowNanos) {
        values.setPlain(WINDOW_START, nowNanos);
    }

    void record(long lagNanos, long nowNanos) {
        long age = nowNanos - values.getPlain(WINDOW_START);
        if (age >= WINDOW_NANOS) {
            values.setOpaque(PREVIOUS, age >= 2 * WINDOW_NANOS ? 0 : values.getPlain(CURRENT));
            values.setOpaque(CURRENT, 0);
            values.setOpaque(WINDOW_START, nowNanos);
        }
        if (lagNanos > values.getPlain(CURRENT)) {
            values.setOpaque(CURRENT, lagNanos);
        }
        if (lagNanos > values.getPlain(MAX)) {
            values.setOpaque(MAX, lagNanos);
        }
    }

    LoopLag read(long nowNanos) {
        long age = nowNanos - values.getOpaque(WINDOW_START);
        long recent = age >= 2 * WINDOW_NANOS
                ? 0
                : age >= WINDOW_NANOS
                        ? values.getOpaque(CURRENT)
                        : Math.max(values.getOpaque(CURRENT), values.getOpaque(PREVIOUS));
        return new LoopLag(recent, values.getOpaque(MAX));
    }
}
