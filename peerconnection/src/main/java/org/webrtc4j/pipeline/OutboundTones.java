package org.webrtc4j.pipeline;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.dtmf.DtmfSender;

/**
 * The keys that a sender of sound presses: while one is down its packets stand in place of the sound, in the same stream and
 * on the same clock (RFC 4733 sections 2.1 and 2.3). Confined to its connection's loop.
 */
public final class OutboundTones {

    private static final String EVENTS = "audio/telephone-event";
    private static final long NANOS = 1_000_000_000L;

    private final OutboundMedia outbound;

    private @Nullable DtmfSender keys;
    private @Nullable CodecDescription format;
    private long keyTimestamp;
    private long turnNanos;

    /** The clock of the stream: a timestamp with its time, of the last frame or, before the first one, of its own. */
    private boolean known;

    private boolean ofFrames;
    private int clockRate;
    private long lastTimestamp;
    private long lastNanos;

    /**
     * Creates it without a key down.
     *
     * @param outbound where packets leave
     */
    public OutboundTones(OutboundMedia outbound) {
        this.outbound = outbound;
    }

    /**
     * Tells whether a codec carries keys.
     *
     * @param codec any
     * @return true for telephone events
     */
    public static boolean isEvents(CodecDescription codec) {
        return codec.mimeType().equalsIgnoreCase(EVENTS);
    }

    /**
     * Takes note of a frame that is due.
     *
     * @param frame whose clock the stream runs by
     * @param nowNanos the time of this turn
     * @return false while a key is down: the frame is not to be sent
     */
    public boolean passes(EncodedFrame frame, long nowNanos) {
        if (isDown() && !ofFrames) {
            // The packets of one key have one timestamp: no other clock takes over meanwhile.
            return false;
        }
        if (known && !ofFrames) {
            outbound.restartTimestamps();
        }
        known = true;
        ofFrames = true;
        clockRate = frame.codec().clockRate();
        lastTimestamp = frame.timestamp();
        lastNanos = nowNanos;
        return !isDown();
    }

    /** Another source follows: its timestamps have nothing to do with those before. A key that is down is let go. */
    public void restart() {
        known = false;
        ofFrames = false;
        keys = null;
    }

    /**
     * Presses a key.
     *
     * @param key one of {@code 0123456789*#ABCD}
     * @param lengthNanos how long it is down
     * @param nowNanos the time of this turn
     * @return false when no telephone events may be sent, or another key is down
     */
    public boolean press(char key, long lengthNanos, long nowNanos) {
        CodecDescription events = events();
        if (events == null || isDown()) {
            return false;
        }
        if (!known) {
            known = true;
            clockRate = events.clockRate();
            lastTimestamp = 0;
            lastNanos = nowNanos;
        }
        long elapsed = Math.max(0, nowNanos - lastNanos);
        long ticks = elapsed / NANOS * clockRate + elapsed % NANOS * clockRate / NANOS;
        keyTimestamp = lastTimestamp + Math.max(1, ticks);
        format = events;
        keys = new DtmfSender(events.clockRate(), this::send);
        keys.press(key, nowNanos, lengthNanos);
        return true;
    }

    /** Of the same clock as the sound where there is one: a stream has one clock (RFC 7160 section 4.1). */
    private @Nullable CodecDescription events() {
        CodecDescription found = null;
        for (CodecDescription each : outbound.codecs()) {
            if (isEvents(each) && (found == null || each.clockRate() == clockOfSound())) {
                found = each;
            }
        }
        return found;
    }

    private int clockOfSound() {
        return ofFrames ? clockRate : outbound.codecs().get(0).clockRate();
    }

    private void send(byte[] payload, long ticks, long keyNanos, boolean marker) {
        CodecDescription events = Objects.requireNonNull(format);
        outbound.sendEvent(events, payload, keyTimestamp + ticks, marker, turnNanos);
    }

    /**
     * Lets time pass: tells of the key that is down.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        turnNanos = nowNanos;
        if (keys != null) {
            keys.handleTimeout(nowNanos);
        }
    }

    /**
     * Tells whether a key is down.
     *
     * @return true until its end has been told
     */
    public boolean isDown() {
        return keys != null && keys.isDown();
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return an absolute time in nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        return keys == null ? ProtocolEngine.NEVER : keys.nextTimeout();
    }
}
