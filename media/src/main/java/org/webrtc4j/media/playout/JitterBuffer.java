package org.webrtc4j.media.playout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.audio.TimeStretch;
import org.webrtc4j.media.codec.AudioDecoder;

/**
 * Packets of sound in any order in, an even stream of samples out: kept back as long as their jitter needs, decoded in order,
 * concealed where one is missing.
 *
 * <p>A missing packet is made up from the FEC of the next or by the decoder's concealment. When nothing comes any more, the
 * decoder falls silent, and after {@link #GIVE_UP_NANOS} playing begins anew with the next packet; so it does after a jump
 * of the timestamp. When the delay is another than jitter needs, sound is played a little slower or faster until it is right;
 * sound that cannot be, and is kept back too long for a second, loses a packet. Time is given; one thread at a time.
 */
public final class JitterBuffer {

    /** Concealment without any packet ends after this long. */
    public static final long GIVE_UP_NANOS = 200_000_000;

    private static final long SECOND = 1_000_000_000;

    /** So far the delay may be from its target: as much as the times of packets and calls differ by themselves. */
    private static final long TOO_SHORT_NANOS = 10_000_000;

    private static final long TOO_LONG_NANOS = 30_000_000;

    private record Waiting(EncodedFrame frame, long arrivalNanos) {}

    private final AudioDecoder decoder;
    private final int clockRate;
    private final PlayoutOptions options;
    private final DelayTarget target;
    private final TimeStretch stretch;
    private final List<Waiting> waiting = new ArrayList<>();
    private final short[] decoded;
    private final short[] ready;
    private int readySamples;

    private boolean playing;
    private long playTimestamp;
    private int packetSamples;
    private long dryNanos;
    private long stretched;
    private long tooMuchNanos;
    private boolean concealing;

    private long samplesPlayed;
    private long concealedSamples;
    private long silentConcealedSamples;
    private long concealmentEvents;
    private long recoveredSamples;
    private long removedSamples;
    private long insertedSamples;
    private long framesLate;
    private long framesDiscarded;
    private long framesRefused;
    private double delaySeconds;
    private double targetDelaySeconds;
    private double minimumDelaySeconds;
    private long samplesEmitted;
    private long framesEmitted;

    /**
     * Creates a buffer.
     *
     * @param decoder of the stream; belongs to the buffer from now on
     * @param clockRate ticks of the RTP timestamp in a second
     * @param options limits
     */
    public JitterBuffer(AudioDecoder decoder, int clockRate, PlayoutOptions options) {
        this.decoder = decoder;
        this.clockRate = clockRate;
        this.options = options;
        target = new DelayTarget(options, clockRate);
        stretch = new TimeStretch(decoder.sampleRate(), decoder.channels());
        decoded = new short[(decoder.maxSamples() + stretch.maxChange()) * decoder.channels()];
        ready = new short[2 * decoded.length];
        packetSamples = decoder.sampleRate() / 50;
    }

    /**
     * Takes a packet in, in whatever order.
     *
     * @param frame one packet of sound
     * @param nowNanos when it arrived
     */
    public void put(EncodedFrame frame, long nowNanos) {
        if (playing && frame.timestamp() < playTimestamp) {
            framesLate++;
            // So many behind are no stragglers: the source has begun anew.
            if (playTimestamp - frame.timestamp() > ticks(target.limitNanos() + SECOND)) {
                restart();
            } else {
                return;
            }
        }
        int position = waiting.size();
        while (position > 0 && waiting.get(position - 1).frame.timestamp() >= frame.timestamp()) {
            position--;
        }
        if (position < waiting.size() && waiting.get(position).frame.timestamp() == frame.timestamp()) {
            framesDiscarded++;
            return;
        }
        waiting.add(position, new Waiting(frame, nowNanos));
        target.arrived(frame.timestamp(), nowNanos);
        if (waiting.size() > options.maxFrames()) {
            waiting.remove(0);
            framesDiscarded++;
        }
    }

    /**
     * Keeps sound back at least so long, whatever its jitter: for a page's {@code jitterBufferTarget}, or to stay in step
     * with a picture. More packets than {@link PlayoutOptions#maxFrames} do not wait for that either.
     *
     * @param nanos behind the fastest of the last packets; 0 for as long as jitter needs
     */
    public void delayAtLeast(long nanos) {
        target.atLeast(nanos);
    }

    /**
     * Tells when a timestamp would be heard if nothing were kept back: as the fastest of the last packets came.
     *
     * @param timestamp unwrapped
     * @return a time on the clock of {@link #put}; 0 before the first packet
     */
    public long earliestNanos(long timestamp) {
        return target.isKnown() ? target.earliest(timestamp) : 0;
    }

    /**
     * Returns the timestamp of what is decoded next.
     *
     * @return unwrapped; 0 before playing begins
     */
    public long position() {
        return playTimestamp;
    }

    /**
     * Gives out the next samples, always as many as asked for: silence before the first packet and where nothing comes.
     *
     * @param samples how many of one channel; at most what one packet may hold
     * @param out where they go, interleaved, from the beginning
     * @param nowNanos the time of this call; calls come as often as the samples last
     * @return false when all of it is silence because nothing plays
     */
    public boolean pull(int samples, short[] out, long nowNanos) {
        int channels = decoder.channels();
        if (samples > decoder.maxSamples() || out.length < samples * channels) {
            throw new IllegalArgumentException(samples + " samples into " + out.length);
        }
        if (!playing) {
            start(nowNanos);
        }
        while (playing && readySamples < samples) {
            next(nowNanos);
        }
        samplesPlayed += samples;
        if (!playing && readySamples < samples) {
            Arrays.fill(out, 0, samples * channels, (short) 0);
            System.arraycopy(ready, 0, out, 0, readySamples * channels);
            boolean any = readySamples > 0;
            readySamples = 0;
            return any;
        }
        System.arraycopy(ready, 0, out, 0, samples * channels);
        readySamples -= samples;
        System.arraycopy(ready, samples * channels, ready, 0, readySamples * channels);
        return true;
    }

    /**
     * Returns what has been counted.
     *
     * @return a snapshot
     */
    public PlayoutStats stats() {
        return new PlayoutStats(
                samplesPlayed,
                concealedSamples,
                silentConcealedSamples,
                concealmentEvents,
                recoveredSamples,
                removedSamples,
                insertedSamples,
                framesLate,
                framesDiscarded,
                framesRefused,
                delaySeconds,
                targetDelaySeconds,
                minimumDelaySeconds,
                samplesEmitted,
                framesEmitted,
                target.nanos(),
                target.jitterNanos());
    }

    private void start(long nowNanos) {
        if (waiting.isEmpty() || nowNanos - waiting.get(0).arrivalNanos < target.nanos()) {
            return;
        }
        playing = true;
        playTimestamp = waiting.get(0).frame.timestamp();
        decoder.reset();
        concealing = false;
        stretched = 0;
        dryNanos = nowNanos;
        tooMuchNanos = nowNanos;
    }

    /** Makes the next packet's samples ready: decoded, recovered, concealed, or none because playing ends. */
    private void next(long nowNanos) {
        if (waiting.isEmpty()) {
            if (nowNanos - dryNanos > GIVE_UP_NANOS) {
                restart();
                return;
            }
            // Played again from here when the packet is only late: the delay grows by what is made up.
            long resume = playTimestamp;
            conceal(null, packetSamples);
            stretched += playTimestamp - resume;
            playTimestamp = resume;
            return;
        }
        dryNanos = nowNanos;
        catchUp(nowNanos);
        Waiting first = waiting.get(0);
        long missing = first.frame.timestamp() - playTimestamp;
        // What was made up while nothing came stands for what is lost indeed.
        long covered = Math.max(0, Math.min(missing, stretched));
        stretched = 0;
        playTimestamp += covered;
        missing -= covered;
        if (missing > ticks(target.limitNanos() + SECOND)) {
            // No loss lasts so long: the source went on elsewhere.
            playTimestamp = first.frame.timestamp();
            missing = 0;
        }
        if (missing > 0) {
            int gap = (int) Math.min(missing * decoder.sampleRate() / clockRate, packetSamples);
            boolean nextIsLost = missing <= ticksOf(packetSamples);
            conceal(nextIsLost ? first.frame : null, Math.max(1, gap));
            return;
        }
        waiting.remove(0);
        play(first, nowNanos);
    }

    private void play(Waiting packet, long nowNanos) {
        byte[] bytes = packet.frame.bytes();
        int samples = decoder.decode(bytes, 0, bytes.length, decoded);
        if (samples <= 0) {
            framesRefused++;
            conceal(null, packetSamples);
            return;
        }
        concealing = false;
        packetSamples = samples;
        framesEmitted++;
        samplesEmitted += samples;
        delaySeconds += (double) (nowNanos - packet.arrivalNanos) * samples / SECOND;
        targetDelaySeconds += (double) target.nanos() * samples / SECOND;
        minimumDelaySeconds += (double) target.jitterNanos() * samples / SECOND;
        long delay = delay(nowNanos);
        playTimestamp = packet.frame.timestamp() + ticksOf(samples);
        append(samples + change(samples, delay - target.nanos()));
    }

    /** Plays what was decoded faster or slower where the delay is off its target; returns by how many samples. */
    private int change(int samples, long off) {
        if (off > TOO_LONG_NANOS && !waiting.isEmpty()) {
            int removed = samples - stretch.shorten(decoded, samples);
            removedSamples += removed;
            return -removed;
        }
        if (off < -TOO_SHORT_NANOS) {
            int inserted = stretch.lengthen(decoded, samples) - samples;
            insertedSamples += inserted;
            return inserted;
        }
        return 0;
    }

    /** How long after the fastest way here the next sample will be heard. */
    private long delay(long nowNanos) {
        return nowNanos + (long) readySamples * SECOND / decoder.sampleRate() - target.earliest(playTimestamp);
    }

    private void conceal(@Nullable EncodedFrame after, int samples) {
        if (!concealing) {
            concealmentEvents++;
            concealing = true;
        }
        int made = after == null
                ? decoder.conceal(samples, decoded)
                : decoder.recover(after.bytes(), 0, after.bytes().length, samples, decoded);
        if (made <= 0) {
            made = samples;
            Arrays.fill(decoded, 0, samples * decoder.channels(), (short) 0);
        }
        concealedSamples += made;
        recoveredSamples += after == null ? 0 : made;
        silentConcealedSamples += isSilent(made * decoder.channels()) ? made : 0;
        playTimestamp += ticksOf(made);
        append(made);
    }

    /** What is kept back for nothing is given up, a packet at a time: delay is what a caller hears first. */
    private void catchUp(long nowNanos) {
        long kept = ticksToNanos(waiting.get(waiting.size() - 1).frame.timestamp() - playTimestamp);
        if (kept <= target.nanos() + 3 * ticksToNanos(ticksOf(packetSamples))) {
            tooMuchNanos = nowNanos;
        }
        boolean tooOld = kept > target.limitNanos();
        if (waiting.size() > 1 && (tooOld || nowNanos - tooMuchNanos > SECOND)) {
            waiting.remove(0);
            removedSamples += packetSamples;
            playTimestamp = waiting.get(0).frame.timestamp();
            tooMuchNanos = nowNanos;
        }
    }

    private void restart() {
        playing = false;
        waiting.clear();
        target.reset();
    }

    private void append(int samples) {
        int channels = decoder.channels();
        System.arraycopy(decoded, 0, ready, readySamples * channels, samples * channels);
        readySamples += samples;
    }

    private boolean isSilent(int count) {
        for (int i = 0; i < count; i++) {
            if (decoded[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private long ticksOf(int samples) {
        return (long) samples * clockRate / decoder.sampleRate();
    }

    private long ticks(long nanos) {
        return nanos / 1_000 * clockRate / 1_000_000;
    }

    private long ticksToNanos(long ticks) {
        return ticks * 1_000_000 / clockRate * 1_000;
    }
}
