package org.webrtc4j.rtp.receive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.webrtc4j.common.ProtocolEngine;

/**
 * When packets arrived, stream by stream, until feedback has told their sender (RFC 8888). A packet that comes after it was
 * told of as missing is told of again, with those after it.
 *
 * <p>{@link #MAX_STREAMS} streams are remembered, with {@link #SIZE} packets each; of more streams the one heard longest ago is
 * forgotten.
 */
public final class CongestionRecord {

    /** Packets of a stream that are remembered. */
    public static final int SIZE = 1024;

    /** Streams that are remembered. */
    public static final int MAX_STREAMS = 64;

    /** The least time between two feedbacks. */
    public static final long MIN_INTERVAL_NANOS = 50_000_000L;

    /** The longest time that an arrival waits for feedback. */
    public static final long MAX_INTERVAL_NANOS = 250_000_000L;

    private static final int MASK = SIZE - 1;

    /** How far back a late packet takes a report: what is told again costs two bytes a packet. */
    private static final int MAX_BACK = 256;

    /** So that no number is negative, whatever comes before the first. */
    private static final long FIRST_CYCLE = 1L << 16;

    private static final long NANOS = 1_000_000_000L;

    /** Feedback may take so much of what is received: one part in twenty. */
    private static final int SHARE = 20;

    /** Bytes of a feedback without its reports, with what is around it. */
    private static final int FEEDBACK_BYTES = 68;

    private static final class Stream {

        final int ssrc;
        final long[] numbers = new long[SIZE];
        final long[] arrivals = new long[SIZE];
        long highest;
        long next;
        long heardNanos;

        Stream(int ssrc) {
            this.ssrc = ssrc;
            Arrays.fill(numbers, -1);
        }
    }

    private final List<Stream> streams = new ArrayList<>();
    private int latest;
    private long deadline = ProtocolEngine.NEVER;
    private long lastFeedback;
    private boolean started;
    private long bytes;

    /** Creates an empty record. */
    public CongestionRecord() {}

    /**
     * Notes an arrival. Of a packet that came twice the first counts (RFC 8888 section 3).
     *
     * @param ssrc its stream
     * @param wire its sequence number
     * @param arrivalNanos when it arrived
     * @param size bytes of the packet
     */
    public void onPacket(int ssrc, int wire, long arrivalNanos, int size) {
        Stream stream = stream(ssrc, wire, arrivalNanos);
        stream.heardNanos = arrivalNanos;
        bytes += size;
        long number = stream.highest + (short) (wire - (int) stream.highest);
        if (number > stream.highest) {
            stream.highest = number;
            // What is no longer remembered is no longer told of.
            stream.next = Math.max(stream.next, number - MASK);
        }
        int slot = (int) number & MASK;
        if (number <= stream.highest - SIZE || stream.numbers[slot] == number) {
            return;
        }
        stream.numbers[slot] = number;
        stream.arrivals[slot] = arrivalNanos;
        if (number >= stream.highest - MAX_BACK) {
            stream.next = Math.min(stream.next, number);
        }
        if (!started) {
            started = true;
            lastFeedback = arrivalNanos;
        }
        if (deadline == ProtocolEngine.NEVER) {
            deadline = lastFeedback + interval(arrivalNanos - lastFeedback);
            deadline = deadline - arrivalNanos < 0 ? arrivalNanos : deadline;
        }
    }

    private Stream stream(int ssrc, int wire, long nowNanos) {
        if (latest < streams.size() && streams.get(latest).ssrc == ssrc) {
            return streams.get(latest);
        }
        int silent = 0;
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).ssrc == ssrc) {
                latest = i;
                return streams.get(i);
            }
            silent = streams.get(i).heardNanos - streams.get(silent).heardNanos < 0 ? i : silent;
        }
        if (streams.size() == MAX_STREAMS) {
            streams.remove(silent);
        }
        Stream made = new Stream(ssrc);
        made.highest = FIRST_CYCLE + (wire & 0xffff);
        made.next = made.highest;
        made.heardNanos = nowNanos;
        latest = streams.size();
        streams.add(made);
        return made;
    }

    /** The less is received, the rarer feedback is. */
    private long interval(long elapsed) {
        if (bytes == 0 || elapsed >= MAX_INTERVAL_NANOS) {
            return MAX_INTERVAL_NANOS;
        }
        long bytesPerSecond = bytes * NANOS / Math.max(elapsed, MIN_INTERVAL_NANOS);
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
     * Everything was told.
     *
     * @param nowNanos the time of this turn
     */
    public void told(long nowNanos) {
        for (int i = 0; i < streams.size(); i++) {
            streams.get(i).next = streams.get(i).highest + 1;
        }
        deadline = ProtocolEngine.NEVER;
        lastFeedback = nowNanos;
        bytes = 0;
    }

    /**
     * Returns how many streams are remembered.
     *
     * @return at most {@link #MAX_STREAMS}
     */
    public int streamCount() {
        return streams.size();
    }

    /**
     * Returns a stream.
     *
     * @param stream from 0 to {@link #streamCount()} - 1
     * @return its SSRC
     */
    public int ssrc(int stream) {
        return streams.get(stream).ssrc;
    }

    /**
     * Returns the first packet that is to be told of.
     *
     * @param stream from 0 to {@link #streamCount()} - 1
     * @return unwrapped; above {@link #last} when there is nothing to tell
     */
    public long first(int stream) {
        return streams.get(stream).next;
    }

    /**
     * Returns the last packet that is to be told of.
     *
     * @param stream from 0 to {@link #streamCount()} - 1
     * @return unwrapped
     */
    public long last(int stream) {
        return streams.get(stream).highest;
    }

    /**
     * Tells whether a packet came.
     *
     * @param stream from 0 to {@link #streamCount()} - 1
     * @param number unwrapped, from the first to the last
     * @return true when it did
     */
    public boolean has(int stream, long number) {
        return streams.get(stream).numbers[(int) number & MASK] == number;
    }

    /**
     * Returns when a packet came.
     *
     * @param stream from 0 to {@link #streamCount()} - 1
     * @param number for which {@link #has} holds
     * @return absolute nanoseconds
     */
    public long arrivalNanos(int stream, long number) {
        return streams.get(stream).arrivals[(int) number & MASK];
    }
}
