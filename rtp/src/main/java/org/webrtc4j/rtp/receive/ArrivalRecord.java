package org.webrtc4j.rtp.receive;

import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.rtp.rtcp.TransportFeedbackBuilder;

/**
 * When packets arrived, by their number over all streams of the transport, until feedback has told their sender
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01). A packet that comes after its loss was told is told of again.
 */
public final class ArrivalRecord {

    /** Numbers that are remembered. */
    public static final int SIZE = 8192;

    /** The least time between two feedbacks. */
    public static final long MIN_INTERVAL_NANOS = 50_000_000L;

    /** The longest time that an arrival waits for feedback. */
    public static final long MAX_INTERVAL_NANOS = 250_000_000L;

    private static final int MASK = SIZE - 1;

    /** So that no number is negative, whatever comes before the first. */
    private static final long FIRST_CYCLE = 1L << 16;

    private static final long NANOS = 1_000_000_000L;

    /** Feedback may take so much of what is received: one part in twenty, as libwebrtc has it. */
    private static final int SHARE = 20;

    /** Bytes of a feedback with what is around it. */
    private static final int FEEDBACK_BYTES = 68;

    private final long[] numbers = new long[SIZE];
    private final long[] arrivals = new long[SIZE];
    private boolean started;
    private long highest;
    private long next;
    private long deadline = ProtocolEngine.NEVER;
    private long lastFeedback;
    private long bytes;
    private int feedbackCount;

    /** Creates an empty record. */
    public ArrivalRecord() {}

    /**
     * Notes an arrival.
     *
     * @param wire the number on the wire
     * @param arrivalNanos when it arrived
     * @param size bytes of the packet
     */
    public void onPacket(int wire, long arrivalNanos, int size) {
        bytes += size;
        long number;
        if (!started) {
            started = true;
            number = FIRST_CYCLE + (wire & 0xffff);
            highest = number;
            next = number;
            lastFeedback = arrivalNanos;
        } else {
            number = highest + (short) (wire - (int) highest);
        }
        if (number > highest) {
            highest = number;
            // What is no longer remembered is no longer told of.
            next = Math.max(next, highest - MASK);
        }
        int slot = (int) number & MASK;
        if (number <= highest - SIZE || number < 0 || numbers[slot] == number) {
            return;
        }
        numbers[slot] = number;
        arrivals[slot] = arrivalNanos;
        next = Math.min(next, number);
        if (deadline == ProtocolEngine.NEVER) {
            deadline = lastFeedback + interval(arrivalNanos - lastFeedback);
            if (deadline - arrivalNanos < 0) {
                deadline = arrivalNanos;
            }
        }
    }

    /** The less is received, the rarer feedback is. */
    private long interval(long elapsed) {
        if (bytes == 0 || elapsed >= MAX_INTERVAL_NANOS) {
            return MAX_INTERVAL_NANOS;
        }
        long measured = Math.max(elapsed, MIN_INTERVAL_NANOS);
        long bytesPerSecond = bytes * NANOS / measured;
        long nanos = FEEDBACK_BYTES * SHARE * NANOS / Math.max(1, bytesPerSecond);
        return Math.max(MIN_INTERVAL_NANOS, Math.min(MAX_INTERVAL_NANOS, nanos));
    }

    /**
     * Returns when feedback is due.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        return deadline;
    }

    /**
     * Tells whether feedback is due.
     *
     * @param nowNanos the time of this turn
     * @return true when there are arrivals to tell of and it is time
     */
    public boolean isDue(long nowNanos) {
        return deadline != ProtocolEngine.NEVER && deadline - nowNanos <= 0;
    }

    /**
     * Fills one feedback with what was not told.
     *
     * @param builder begun and filled here
     * @param nowNanos the time of this turn
     * @return false when nothing was left to tell
     */
    public boolean fill(TransportFeedbackBuilder builder, long nowNanos) {
        long number = next;
        while (number <= highest && numbers[(int) number & MASK] != number) {
            number++;
        }
        if (!started || number > highest) {
            next = highest + 1;
            deadline = ProtocolEngine.NEVER;
            lastFeedback = nowNanos;
            bytes = 0;
            return false;
        }
        // A gap before the first arrival is told as lost, unless it alone would fill the feedback.
        long base = number - next > SIZE / 2 ? number : next;
        builder.begin(feedbackCount++, base, arrivals[(int) number & MASK]);
        while (number <= highest) {
            int slot = (int) number & MASK;
            if (numbers[slot] == number && !builder.add(number, arrivals[slot])) {
                break;
            }
            number++;
        }
        next = number;
        return true;
    }
}
