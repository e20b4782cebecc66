package org.webrtc4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.playout.PlayoutOptions;
import org.webrtc4j.media.playout.PlayoutSync;
import org.webrtc4j.media.playout.VideoJitterBuffer;
import org.webrtc4j.media.playout.VideoPlayoutStats;
import org.webrtc4j.rtp.ReceiveStream;

/** Gives the frames of a receiver when they are to be shown, each stream at a pace of its own. Confined to the loop. */
public final class FramePlayer implements FrameTap, SyncGroups.Player {

    /** A stream from which nothing came for so long has ended. */
    private static final long GONE_NANOS = 10_000_000_000L;

    private final class Line implements PlayoutSync.Member {

        private final ReceiveStream stream;
        private final VideoJitterBuffer buffer = new VideoJitterBuffer(PlayoutOptions.video(), sink);
        private long lastTimestamp;
        private long lastNanos;
        private long waitNanos;

        Line(ReceiveStream stream) {
            this.stream = stream;
            buffer.delayAtLeast(targetNanos);
        }

        @Override
        public long lagNanos() {
            return SyncGroups.lagNanos(stream, lastTimestamp, buffer.earliestNanos(lastTimestamp));
        }

        @Override
        public long ownDelayNanos() {
            return Math.max(targetNanos, buffer.stats().jitterDelayNanos());
        }

        @Override
        public void delayAtLeast(long nanos) {
            waitNanos = nanos;
            buffer.delayAtLeast(Math.max(nanos, targetNanos));
        }
    }

    private final EventLoop loop;
    private final BooleanSupplier ended;
    private final Supplier<Set<String>> groups;
    private final VideoJitterBuffer.Sink sink;
    private final LoopTimer timer;
    private final List<Line> lines = new ArrayList<>();
    private long targetNanos;

    /**
     * Creates a player without streams.
     *
     * @param loop of the connection
     * @param groups the streams of tracks that it belongs to, for {@link SyncGroups}
     * @param ended tells whether nothing more will come
     * @param sink takes the frames
     */
    public FramePlayer(
            EventLoop loop, Supplier<Set<String>> groups, BooleanSupplier ended, VideoJitterBuffer.Sink sink) {
        this.loop = loop;
        this.groups = groups;
        this.ended = ended;
        this.sink = sink;
        timer = loop.newTimer(this::tick);
    }

    @Override
    public void onFrame(ReceiveStream stream, EncodedFrame frame, long arrivalNanos) {
        Line line = find(stream);
        if (line == null) {
            lines.removeIf(each -> arrivalNanos - each.lastNanos > GONE_NANOS);
            line = new Line(stream);
            lines.add(line);
        }
        line.lastTimestamp = frame.timestamp();
        line.lastNanos = arrivalNanos;
        line.buffer.handleFrame(frame, arrivalNanos);
        arm();
    }

    /**
     * Keeps frames back at least so long.
     *
     * @param nanos 0 for as long as jitter and step need
     */
    public void target(long nanos) {
        targetNanos = nanos;
        lines.forEach(each -> each.delayAtLeast(each.waitNanos));
    }

    @Override
    public @Nullable VideoPlayoutStats playout(ReceiveStream stream) {
        Line line = find(stream);
        return line == null ? null : line.buffer.stats();
    }

    /** Nothing is given out any more. */
    public void close() {
        timer.cancel();
        lines.clear();
    }

    @Override
    public Set<String> groups() {
        return groups.get();
    }

    @Override
    public List<? extends PlayoutSync.Member> members() {
        return lines;
    }

    private @Nullable Line find(ReceiveStream stream) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).stream == stream) {
                return lines.get(i);
            }
        }
        return null;
    }

    private void tick() {
        if (ended.getAsBoolean()) {
            close();
            return;
        }
        long nowNanos = loop.clock().nanoTime();
        for (Line each : List.copyOf(lines)) {
            each.buffer.handleTimeout(nowNanos);
        }
        arm();
    }

    private void arm() {
        long next = ProtocolEngine.NEVER;
        for (int i = 0; i < lines.size(); i++) {
            next = Math.min(next, lines.get(i).buffer.nextTimeout());
        }
        if (next == ProtocolEngine.NEVER) {
            timer.cancel();
        } else {
            timer.arm(next);
        }
    }
}
