package org.webrtc4j.voice;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.PcmSink;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.media.playout.PlayoutSync;
import org.webrtc4j.pipeline.SyncGroups;
import org.webrtc4j.rtp.InboundTap;
import org.webrtc4j.rtp.ReceiveStream;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.stage.CodecStage;

/**
 * Plays the packets of a receiver to a sink. Packets and the clock are on the loop of the connection; everything after that
 * is in a stage of the codec executor.
 */
public final class PcmPlayer implements InboundTap, SyncGroups.Player, PlayoutSync.Member {

    /** Sinks and decoders may fall behind by 200 ms. */
    static final int MAX_WAITING_BLOCKS = 10;

    /** Packets on their way to the stage; the oldest gives way. */
    static final int MAX_WAITING_PACKETS = 100;

    /** Another stream takes over when the one that plays has been silent for so long. */
    private static final long STREAM_GONE_NANOS = 100_000_000;

    /**
     * What a player is given.
     *
     * @param loop of the connection
     * @param executor for decoding and the sink
     * @param codecs finds decoders
     * @param formats finds the codec of a payload type; called on the loop
     * @param groups the MediaStreams that its track is in; called on the loop
     * @param ended tells whether nothing more will come
     */
    public record Surroundings(
            EventLoop loop,
            Executor executor,
            CodecFactory codecs,
            IntFunction<@Nullable CodecDescription> formats,
            Supplier<Set<String>> groups,
            BooleanSupplier ended) {}

    private record Arrival(EncodedFrame frame, long arrivalNanos, long ssrc) {}

    private final Surroundings surroundings;
    private final CodecStage stage;
    private final LoopTimer timer;
    private final VoiceDecoder decoder;
    private final PcmSink sink;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(MAX_WAITING_PACKETS);

    // On the loop.
    private final SoundFrames frames;
    private @Nullable ReceiveStream playing;
    private long lastArrivalNanos;
    private long nextNanos;
    private boolean running;
    private long targetNanos;
    private long waitNanos;

    private volatile long leastDelayNanos;
    private volatile boolean closed;
    private volatile @Nullable Playout playout;

    /**
     * Creates a player; the first packet starts it.
     *
     * @param surroundings where it lives
     * @param sampleRate of the sink, a multiple of 50
     * @param channels of the sink, 1 or 2
     * @param sink takes the samples
     */
    public PcmPlayer(Surroundings surroundings, int sampleRate, int channels, PcmSink sink) {
        this.surroundings = surroundings;
        this.sink = sink;
        stage = new CodecStage(surroundings.executor(), MAX_WAITING_BLOCKS);
        timer = surroundings.loop().newTimer(this::tick);
        frames = new SoundFrames(surroundings.formats());
        decoder = new VoiceDecoder(surroundings.codecs(), sampleRate, channels);
    }

    @Override
    public boolean onPacket(ReceiveStream stream, RtpPacket packet) {
        if (packet.payloadLength() == 0 || surroundings.formats().apply(packet.payloadType()) == null) {
            return true;
        }
        long arrivalNanos = packet.arrivalNanos();
        if (stream != playing) {
            if (playing != null && arrivalNanos - lastArrivalNanos < STREAM_GONE_NANOS) {
                return true;
            }
            playing = stream;
            frames.clear();
        }
        lastArrivalNanos = arrivalNanos;
        frames.take(packet, frame -> {
            Arrival arrival = new Arrival(frame, arrivalNanos, stream.ssrc());
            while (!arrivals.offer(arrival)) {
                arrivals.poll();
            }
        });
        if (!running) {
            running = true;
            nextNanos = surroundings.loop().clock().nanoTime();
            timer.arm(nextNanos);
        }
        return true;
    }

    /**
     * Tells how it goes; from any thread.
     *
     * @return as of the last block; null before anything was played
     */
    public @Nullable Playout playout() {
        return playout;
    }

    /** Nothing is played any more; on the loop. A call of the sink that runs is not waited for. */
    public void close() {
        closed = true;
        timer.cancel();
        stage.end();
        arrivals.clear();
    }

    /**
     * Keeps sound back at least so long; on the loop.
     *
     * @param nanos 0 for as long as jitter and step need
     */
    public void target(long nanos) {
        targetNanos = nanos;
        delayAtLeast(waitNanos);
    }

    @Override
    public void delayAtLeast(long nanos) {
        waitNanos = nanos;
        leastDelayNanos = Math.max(nanos, targetNanos);
    }

    @Override
    public long ownDelayNanos() {
        Playout current = playout;
        return Math.max(targetNanos, current == null ? 0 : current.stats().jitterDelayNanos());
    }

    @Override
    public long lagNanos() {
        ReceiveStream stream = playing;
        Playout current = playout;
        return stream == null || current == null || current.ssrc() != stream.ssrc()
                ? PlayoutSync.UNKNOWN
                : SyncGroups.lagNanos(stream, current.position(), current.earliestNanos());
    }

    @Override
    public Set<String> groups() {
        return surroundings.groups().get();
    }

    @Override
    public List<PlayoutSync.Member> members() {
        return List.of(this);
    }

    private void tick() {
        if (closed || surroundings.ended().getAsBoolean()) {
            close();
            return;
        }
        long nowNanos = surroundings.loop().clock().nanoTime();
        long behind = (nowNanos - nextNanos) / SoundPacer.BLOCK_NANOS;
        if (behind > MAX_WAITING_BLOCKS) {
            nextNanos += behind * SoundPacer.BLOCK_NANOS;
        }
        while (nowNanos - nextNanos >= 0) {
            long due = nextNanos;
            stage.submit(() -> play(due));
            nextNanos += SoundPacer.BLOCK_NANOS;
        }
        timer.arm(nextNanos);
    }

    private void play(long nowNanos) {
        for (Arrival each = arrivals.poll(); each != null; each = arrivals.poll()) {
            decoder.put(each.frame, each.ssrc, each.arrivalNanos);
        }
        decoder.delayAtLeast(leastDelayNanos);
        decoder.pull(nowNanos);
        playout = decoder.playout();
        for (short[] block = decoder.next(); block != null && !closed; block = decoder.next()) {
            sink.onSamples(block);
        }
    }
}
