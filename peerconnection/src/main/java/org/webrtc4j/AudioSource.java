package org.webrtc4j;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.voice.PcmQueue;
import org.webrtc4j.voice.SoundPacer;

/**
 * Sound that a program writes as samples, such as the voice of an agent; not of the W3C.
 *
 * <pre>{@code
 * AudioSource voice = AudioSource.pcm(24_000, 1, Duration.ofSeconds(2));
 * pc.addTrack(voice.track());
 * voice.write(samples).thenCompose(room -> voice.write(more));
 * }</pre>
 *
 * <p>It is played 20 ms every 20 ms by the clock of the connection's loop, resampled and encoded on the codec executor of the
 * runtime, in the codec negotiated first that there is an encoder for. Where nothing is written silence is sent. Any number
 * of senders may share a source; those with equal codecs share the encoding.
 *
 * <p>Before the first sender may send and its encoder is loaded, what is written waits. From then on the clock runs: while every sender is held
 * (direction inactive, track replaced) the sound passes unheard, as from a microphone. When the connection of the last
 * sender closes, what is queued is thrown away and pending futures fail with InvalidStateError, as does every write until
 * another sender opens the source.
 *
 * <p>Every method may be called from any thread. Futures complete on the loop that gives the clock, or within {@link #clear},
 * {@link #close} and the closing of the connection: what depends on them must not block, and goes elsewhere with the methods
 * named {@code Async}. To wait for one on that loop is refused with InvalidStateError.
 */
public final class AudioSource implements MediaTrackSource, AutoCloseable {

    private final PcmQueue queue;
    private final SoundPacer pacer;

    private AudioSource(int sampleRate, int channels, long maxQueued) {
        queue = new PcmQueue(sampleRate, channels, maxQueued, this::inClock);
        pacer = new SoundPacer(sampleRate, channels, queue);
    }

    private boolean inClock() {
        return pacer.inLoop();
    }

    /**
     * Makes a source of linear samples with 16 bits.
     *
     * @param sampleRate samples in a second, a multiple of 50 such as 8000, 16000, 24000, 44100 or 48000
     * @param channels 1 or 2
     * @param maxQueued how much may wait before {@link #write} asks for patience, 20 ms or more; at most one write more is
     *     held
     * @return the source
     * @throws IllegalArgumentException when a number is out of its range
     */
    public static AudioSource pcm(int sampleRate, int channels, Duration maxQueued) {
        if (maxQueued.toMillis() < 20 || maxQueued.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("maxQueued is 20 ms to an hour, not " + maxQueued);
        }
        return new AudioSource(sampleRate, channels, maxQueued.toMillis() * sampleRate / 1_000);
    }

    /**
     * Makes a track of this source.
     *
     * @return a new one
     */
    public MediaStreamTrack track() {
        return new MediaStreamTrack(this);
    }

    /**
     * Adds sound behind what is queued.
     *
     * @param samples the channels of a moment side by side; copied within this call
     * @return completes when no more than {@code maxQueued} waits: the time for the next write. Fails with InvalidStateError
     *     when the source, or the connection of its last sender, is or gets closed
     * @throws DOMException OperationError when the future of the last write has not completed: nothing of it is taken
     * @throws IllegalArgumentException when the samples are not a multiple of the channels
     */
    public CompletableFuture<@Nullable Void> write(short[] samples) {
        CompletableFuture<@Nullable Void> room = queue.write(samples);
        pacer.wake();
        return room;
    }

    /**
     * Throws away what is queued, because the other side interrupts: silence follows at once, that is after the at most 20 ms
     * under way. Pending writes complete, {@link #drained} shortly after.
     */
    public void clear() {
        queue.clear();
        pacer.clear();
    }

    /**
     * Waits until all has been said.
     *
     * @return completes when nothing is queued and the last sample has been sent, never early: by the clock its time is over,
     *     and so is that of what codecs keep back. What the other side keeps against jitter comes on top. Completes also
     *     when what remained was thrown away by {@link #clear}; fails as {@link #write} does
     */
    public CompletableFuture<@Nullable Void> drained() {
        return queue.drained();
    }

    /**
     * Tells how much of what was written has been played: what an agent was heard to say before it was interrupted.
     *
     * @return milliseconds in all; silence in between and what was thrown away do not count
     */
    public long playedMillis() {
        return queue.playedMillis();
    }

    /**
     * Tells how much waits.
     *
     * @return milliseconds written and not yet played
     */
    public long queuedMillis() {
        return queue.queuedMillis();
    }

    /** Ends the source: pending futures and later writes fail with InvalidStateError; its senders send silence. */
    @Override
    public void close() {
        queue.close();
    }

    @Override
    public String kind() {
        return "audio";
    }

    @Override
    public String label() {
        return "samples";
    }

    @Override
    public SoundLevels levels() {
        return pacer.levels();
    }

    @Override
    public Feed open(Consumer consumer) {
        return pacer.open(consumer);
    }
}
