package org.webrtc4j.media.dtmf;

import org.webrtc4j.common.ProtocolEngine;

/**
 * Packets of telephone events for keys (RFC 4733 section 2.5.1): one each 20 ms while a key is down, its end three times,
 * then a gap. Time is given; not thread-safe.
 */
public final class DtmfSender {

    /** Takes the packets. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes one packet.
         *
         * @param payload given for good
         * @param ticks when the event began, in ticks since {@link DtmfSender#press} of its key was due: to be added to the
         *     RTP timestamp of that moment
         * @param keyNanos that moment
         * @param marker true for the first packet of an event
         */
        void packet(byte[] payload, long ticks, long keyNanos, boolean marker);
    }

    /** How often a key that is down is told. */
    private static final long INTERVAL_NANOS = 20_000_000;

    private static final int END_PACKETS = 3;
    private static final int VOLUME = 10;
    private static final int MAX_TICKS = 0xffff;

    private final int clockRate;
    private final Sink sink;

    private int event;
    private long startNanos;
    private long durationNanos;
    private long nextNanos = ProtocolEngine.NEVER;
    private int segment;
    private boolean first;

    /**
     * Creates a sender.
     *
     * @param clockRate of the telephone-event format, 8000 or 48000
     * @param sink takes the packets
     */
    public DtmfSender(int clockRate, Sink sink) {
        this.clockRate = clockRate;
        this.sink = sink;
    }

    /**
     * Presses a key.
     *
     * @param key one of {@code 0123456789*#ABCD}
     * @param nowNanos the time of this turn
     * @param length how long it is down
     * @throws IllegalArgumentException when it is no key
     * @throws IllegalStateException while another is down
     */
    public void press(char key, long nowNanos, long length) {
        int number = TelephoneEvent.event(key);
        if (number < 0) {
            throw new IllegalArgumentException("No key: " + key);
        }
        if (isDown()) {
            throw new IllegalStateException("A key is down");
        }
        event = number;
        startNanos = nowNanos;
        durationNanos = Math.max(length, INTERVAL_NANOS);
        segment = 0;
        first = true;
        nextNanos = nowNanos + INTERVAL_NANOS;
    }

    /**
     * Tells whether a key is down.
     *
     * @return true until its end has been sent
     */
    public boolean isDown() {
        return nextNanos != ProtocolEngine.NEVER;
    }

    /**
     * Lets time pass: sends what is due.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        while (isDown() && nextNanos <= nowNanos) {
            long elapsed = Math.min(nextNanos - startNanos, durationNanos);
            long ticks = elapsed * clockRate / 1_000_000_000L;
            while (ticks - (long) segment * MAX_TICKS > MAX_TICKS) {
                // Section 2.5.1.3: a long event is told in segments, each ended by the largest duration.
                emit(false, MAX_TICKS);
                segment++;
            }
            int duration = (int) (ticks - (long) segment * MAX_TICKS);
            if (elapsed < durationNanos) {
                emit(false, duration);
                nextNanos = Math.min(nextNanos + INTERVAL_NANOS, startNanos + durationNanos);
            } else {
                for (int i = 0; i < END_PACKETS; i++) {
                    emit(true, duration);
                }
                nextNanos = ProtocolEngine.NEVER;
            }
        }
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return an absolute time in nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        return nextNanos;
    }

    private void emit(boolean end, int duration) {
        byte[] payload = new TelephoneEvent(event, end, VOLUME, duration).toBytes();
        sink.packet(payload, (long) segment * MAX_TICKS, startNanos, first);
        first = false;
    }
}
