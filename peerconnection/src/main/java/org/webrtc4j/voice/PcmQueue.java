package org.webrtc4j.voice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.DOMException;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.driver.ConfinedFuture;

/**
 * Samples that a program has written and that wait to be played, with what was played of them. Safe from any thread; futures
 * complete outside of the monitor, on the loop of the clock or on the thread whose call completed them.
 */
public final class PcmQueue implements SoundSupply {

    /**
     * At the second block without sound the time of the last one with sound is over, and so is that of the first one without,
     * which has carried what codecs keep back, less than 20 ms.
     */
    private static final int SENT_AFTER_BLOCKS = 2;

    private final int sampleRate;
    private final int channels;
    private final long maxQueued;
    private final BooleanSupplier inClock;
    private final Object monitor = new Object();

    private final Deque<short[]> chunks = new ArrayDeque<>();
    private int headUsed;

    /** Of one channel, as all counts here. */
    private long queued;

    private long playedBefore;
    private int playing;
    private long playingSinceNanos;
    private @Nullable TimeSource clock;
    private int silentBlocks;
    private long lastSoundIndex;
    private boolean sent = true;
    private final List<CompletableFuture<@Nullable Void>> writers = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Void>> drainers = new ArrayList<>();
    private @Nullable String refusal;
    private boolean closed;

    /**
     * Creates an empty queue.
     *
     * @param sampleRate samples in a second
     * @param channels 1 or 2
     * @param maxQueued samples of one channel that are enough
     * @param inClock tells whether waiting here would stop the clock
     */
    public PcmQueue(int sampleRate, int channels, long maxQueued, BooleanSupplier inClock) {
        this.inClock = inClock;
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.maxQueued = maxQueued;
    }

    /**
     * Adds samples.
     *
     * @param samples interleaved; copied
     * @return completes when no more than enough is queued
     * @throws DOMException OperationError when more than enough is queued already
     */
    public CompletableFuture<@Nullable Void> write(short[] samples) {
        if (samples.length % channels != 0) {
            throw new IllegalArgumentException(samples.length + " samples of " + channels + " channels");
        }
        short[] copy = samples.clone();
        synchronized (monitor) {
            String refused = refusal;
            if (refused != null) {
                return CompletableFuture.failedFuture(new DOMException(refused, "InvalidStateError"));
            }
            if (queued > maxQueued) {
                throw new DOMException(
                        "Wait for the future of the last write: " + millis(queued) + " ms are queued, "
                                + millis(maxQueued) + " are enough",
                        "OperationError");
            }
            if (copy.length > 0) {
                chunks.add(copy);
                queued += copy.length / channels;
            }
            if (queued <= maxQueued) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<@Nullable Void> room = new ConfinedFuture<>(inClock);
            writers.add(room);
            return room;
        }
    }

    /** Throws away what is queued: writers have room. */
    public void clear() {
        List<CompletableFuture<@Nullable Void>> done;
        synchronized (monitor) {
            chunks.clear();
            headUsed = 0;
            queued = 0;
            done = take(writers);
        }
        done.forEach(each -> each.complete(null));
    }

    /**
     * Waits for the end.
     *
     * @return completes when nothing is queued and the last sample has been sent
     */
    public CompletableFuture<@Nullable Void> drained() {
        synchronized (monitor) {
            String refused = refusal;
            if (refused != null) {
                return CompletableFuture.failedFuture(new DOMException(refused, "InvalidStateError"));
            }
            CompletableFuture<@Nullable Void> end = new ConfinedFuture<>(inClock);
            if (isPlayedOut()) {
                end.complete(null);
            } else {
                drainers.add(end);
            }
            return end;
        }
    }

    /**
     * Tells how much has been played.
     *
     * @return milliseconds of what was written
     */
    public long playedMillis() {
        synchronized (monitor) {
            TimeSource time = clock;
            long current = 0;
            if (time != null && playing > 0) {
                long sinceNanos = Math.max(0, time.nanoTime() - playingSinceNanos);
                current = Math.min(playing, sinceNanos / 1_000 * sampleRate / 1_000_000);
            }
            return millis(playedBefore + current);
        }
    }

    /**
     * Tells how much waits.
     *
     * @return milliseconds of what was written and neither played nor thrown away
     */
    public long queuedMillis() {
        synchronized (monitor) {
            return millis(queued);
        }
    }

    /** Ends it for good. */
    public void close() {
        end("The source was closed", true);
    }

    @Override
    public void onBegun() {
        synchronized (monitor) {
            if (!closed) {
                refusal = null;
            }
        }
    }

    @Override
    public void onEnded() {
        end("The connection that played it was closed", false);
    }

    @Override
    public void next(short[] block, Turn turn) {
        List<CompletableFuture<@Nullable Void>> done = new ArrayList<>();
        synchronized (monitor) {
            playedBefore += playing;
            playing = take(block);
            playingSinceNanos = turn.startNanos();
            clock = turn.clock();
            if (playing > 0) {
                silentBlocks = 0;
                lastSoundIndex = turn.index();
                sent = false;
            } else if (!sent) {
                silentBlocks++;
                sent = silentBlocks >= SENT_AFTER_BLOCKS && turn.encodedIndex() > lastSoundIndex;
            }
            if (queued <= maxQueued) {
                done.addAll(take(writers));
            }
            if (isPlayedOut()) {
                done.addAll(take(drainers));
            }
        }
        done.forEach(each -> each.complete(null));
    }

    @Override
    public boolean isIdle() {
        synchronized (monitor) {
            return isPlayedOut();
        }
    }

    private boolean isPlayedOut() {
        return queued == 0 && sent;
    }

    private int take(short[] block) {
        int filled = 0;
        while (filled < block.length) {
            short[] head = chunks.peek();
            if (head == null) {
                break;
            }
            int count = Math.min(block.length - filled, head.length - headUsed);
            System.arraycopy(head, headUsed, block, filled, count);
            filled += count;
            headUsed += count;
            if (headUsed == head.length) {
                chunks.remove();
                headUsed = 0;
            }
        }
        queued -= filled / channels;
        return filled / channels;
    }

    private void end(String why, boolean forGood) {
        List<CompletableFuture<@Nullable Void>> failed;
        synchronized (monitor) {
            closed |= forGood;
            refusal = why;
            chunks.clear();
            headUsed = 0;
            queued = 0;
            playedBefore += playing;
            playing = 0;
            sent = true;
            failed = take(writers);
            failed.addAll(take(drainers));
        }
        failed.forEach(each -> each.completeExceptionally(new DOMException(why, "InvalidStateError")));
    }

    private static List<CompletableFuture<@Nullable Void>> take(List<CompletableFuture<@Nullable Void>> from) {
        List<CompletableFuture<@Nullable Void>> taken = new ArrayList<>(from);
        from.clear();
        return taken;
    }

    private long millis(long samples) {
        return samples * 1_000 / sampleRate;
    }
}
