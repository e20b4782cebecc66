package org.webrtc4j.media.playout;

import java.util.ArrayDeque;
import java.util.Deque;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.media.EncodedFrame;

/**
 * Pictures as they come in, in decode order; pictures at an even pace out: kept back as long as their jitter needs, so that
 * the pauses between them are those of the camera. The time that a retransmission takes counts as jitter, as a frame comes
 * when it is complete.
 *
 * <p>Nothing is dropped, as each picture may be needed to decode the next: when too much waits, the oldest is given out
 * before its time. Delays change by at most a tenth of the time that passes. Time is given; one thread at a time.
 */
public final class VideoJitterBuffer {

    /** How many bytes may wait; the oldest frames go before their time for others. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int CLOCK_RATE = 90_000;
    private static final long SECOND = 1_000_000_000;
    private static final long SLOWNESS = 10;

    /** Takes pictures when it is their time. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes the next picture.
         *
         * @param frame in decode order
         */
        void onFrame(EncodedFrame frame);
    }

    private record Waiting(EncodedFrame frame, long arrivalNanos) {}

    private final PlayoutOptions options;
    private final Sink sink;
    private final DelayTarget target;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private long delay;
    private long changedNanos;
    private long position;

    private long framesLate;
    private long framesHurried;
    private long framesEmitted;
    private double delaySeconds;
    private double targetDelaySeconds;
    private double minimumDelaySeconds;

    /**
     * Creates a buffer for one stream.
     *
     * @param options limits
     * @param sink takes the frames
     */
    public VideoJitterBuffer(PlayoutOptions options, Sink sink) {
        this.options = options;
        this.sink = sink;
        target = new DelayTarget(options, CLOCK_RATE);
    }

    /**
     * Takes the next frame in decode order.
     *
     * @param frame complete
     * @param arrivalNanos when it was; not before the one before
     */
    public void handleFrame(EncodedFrame frame, long arrivalNanos) {
        if (target.isKnown() && isElsewhere(frame, arrivalNanos)) {
            // RFC 3550 says nothing of clocks that jump; sources that begin anew do.
            hurry(0, arrivalNanos);
            target.reset();
        }
        boolean first = !target.isKnown();
        target.arrived(frame.timestamp(), arrivalNanos);
        if (first) {
            delay = target.nanos();
            changedNanos = arrivalNanos;
        }
        waiting.add(new Waiting(frame, arrivalNanos));
        waitingBytes += frame.bytes().length;
        handleTimeout(arrivalNanos);
        hurry(options.maxFrames(), arrivalNanos);
    }

    /**
     * Keeps pictures back at least so long, whatever their jitter.
     *
     * @param nanos behind the fastest of the last frames; 0 for as long as jitter needs
     */
    public void delayAtLeast(long nanos) {
        target.atLeast(nanos);
    }

    /**
     * Tells when a timestamp would be shown if nothing were kept back: as the fastest of the last frames came.
     *
     * @param timestamp unwrapped
     * @return a time on the clock of {@link #handleFrame}; 0 before the first frame
     */
    public long earliestNanos(long timestamp) {
        return target.isKnown() ? target.earliest(timestamp) : 0;
    }

    /**
     * Returns the timestamp of what was given out last.
     *
     * @return unwrapped; 0 before the first frame
     */
    public long position() {
        return position;
    }

    /**
     * Gives out what is due.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        approach(nowNanos);
        for (Waiting next = waiting.peek(); next != null && due(next) - nowNanos <= 0; next = waiting.peek()) {
            emit(nowNanos);
        }
        assert waitingBytes >= 0 && (waitingBytes == 0 || !waiting.isEmpty());
    }

    /**
     * Returns when the next frame is due.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER} when none waits
     */
    public long nextTimeout() {
        Waiting next = waiting.peek();
        return next == null ? ProtocolEngine.NEVER : due(next);
    }

    /**
     * Returns what has been counted.
     *
     * @return a snapshot
     */
    public VideoPlayoutStats stats() {
        return new VideoPlayoutStats(
                framesEmitted,
                framesLate,
                framesHurried,
                delaySeconds,
                targetDelaySeconds,
                minimumDelaySeconds,
                target.nanos(),
                target.jitterNanos());
    }

    private long due(Waiting frame) {
        return target.earliest(frame.frame.timestamp()) + delay;
    }

    /** A timestamp so far from where it is expected is of another time line. */
    private boolean isElsewhere(EncodedFrame frame, long nowNanos) {
        return Math.abs(nowNanos - target.earliest(frame.timestamp())) > target.limitNanos() + SECOND;
    }

    /** Brings the delay nearer to its target, slowly enough that nobody sees it. */
    private void approach(long nowNanos) {
        long step = Math.max(0, nowNanos - changedNanos) / SLOWNESS;
        changedNanos = Math.max(changedNanos, nowNanos);
        long missing = target.nanos() - delay;
        delay += Math.max(-step, Math.min(step, missing));
    }

    private void hurry(int most, long nowNanos) {
        while (waiting.size() > most || waitingBytes > MAX_BYTES) {
            framesHurried++;
            emit(nowNanos);
        }
    }

    private void emit(long nowNanos) {
        Waiting next = waiting.remove();
        waitingBytes -= next.frame.bytes().length;
        position = next.frame.timestamp();
        framesEmitted++;
        framesLate += due(next) - next.arrivalNanos < 0 ? 1 : 0;
        delaySeconds += (double) (nowNanos - next.arrivalNanos) / SECOND;
        targetDelaySeconds += (double) target.nanos() / SECOND;
        minimumDelaySeconds += (double) target.jitterNanos() / SECOND;
        sink.onFrame(next.frame);
    }
}
