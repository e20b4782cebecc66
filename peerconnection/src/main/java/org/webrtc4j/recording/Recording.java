package org.webrtc4j.recording;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RecorderListener;
import org.webrtc4j.RecorderOptions;
import org.webrtc4j.RecorderStats;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.file.FileOutput;
import org.webrtc4j.media.file.MediaContainer;

/**
 * The way of frames from the loops of their receivers to a file: a bounded queue, and one task at a time that writes. When
 * the queue is full, frames are dropped; of pictures all up to the next key frame, which is asked for.
 */
public final class Recording {

    private final Object monitor = new Object();
    private final Executor disk;
    private final RecorderOptions options;
    private final RecorderListener listener;
    private final FrameWriter writer;
    private final CompletableFuture<RecorderStats> finished = new CompletableFuture<>();

    private volatile Runnable onEnd = () -> {};

    // Guarded by the monitor.
    private final List<Intake> tracks = new ArrayList<>();
    private final ArrayDeque<Arrival> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean writing;
    private boolean stopping;
    private boolean failed;

    /** As of the last frame that was written; guarded by the monitor. */
    private RecorderStats written = RecorderStats.NONE;

    /**
     * Begins a recording without tracks.
     *
     * @param output where the file goes
     * @param container its kind
     * @param options limits
     * @param disk runs what writes, one task at a time
     * @param listener hears of it
     */
    public Recording(
            FileOutput output,
            MediaContainer container,
            RecorderOptions options,
            Executor disk,
            RecorderListener listener) {
        this.disk = disk;
        this.options = options;
        this.listener = listener;
        this.writer = new FrameWriter(output, container, options, listener);
    }

    /**
     * Adds a track; after the first frame was written it is too late.
     *
     * @param kind audio or video
     * @param sender equal for tracks whose reports have one clock
     * @param keyFrameRequest asks for a key frame; called on the threads that offer
     * @return the index by which frames are offered
     */
    public int add(MediaKind kind, Object sender, Runnable keyFrameRequest) {
        synchronized (monitor) {
            tracks.add(new Intake(kind, keyFrameRequest));
            int index = tracks.size() - 1;
            writer.add(kind, sender);
            return index;
        }
    }

    /**
     * Takes a frame; never blocks.
     *
     * @param arrival of a track that was added
     */
    public void offer(Arrival arrival) {
        Runnable after;
        boolean begins = false;
        synchronized (monitor) {
            if (stopping) {
                return;
            }
            Intake track = tracks.get(arrival.track());
            boolean full = queuedBytes + arrival.cost() > limit(track.kind);
            boolean unusable = track.waitsForKey && !arrival.frame().key();
            if (full || unusable) {
                after = drop(track, arrival, full);
            } else {
                after = () -> {};
                track.waitsForKey = false;
                track.inGap = false;
                queue.add(arrival);
                queuedBytes += arrival.cost();
                begins = !writing;
                writing = true;
            }
        }
        after.run();
        if (begins) {
            begin();
        }
    }

    /** Sound may use what pictures must leave: it is little, and missed most. */
    private long limit(MediaKind kind) {
        return kind == MediaKind.AUDIO ? options.maxQueuedBytes() : options.maxQueuedBytes() / 8 * 7;
    }

    private Runnable drop(Intake track, Arrival arrival, boolean full) {
        track.dropped++;
        track.waitsForKey |= track.kind == MediaKind.VIDEO;
        if (!full) {
            return track.request(arrival.arrivalNanos());
        }
        boolean told = track.inGap;
        track.inGap = true;
        track.gaps += told ? 0 : 1;
        return told ? () -> {} : () -> listener.onDropping(track.kind);
    }

    private void begin() {
        try {
            disk.execute(this::drain);
        } catch (RejectedExecutionException e) {
            fail(new IOException("Nothing runs what writes the file", e));
        }
    }

    private void drain() {
        try {
            while (true) {
                Arrival next = take();
                if (next == null) {
                    return;
                }
                long released = writer.write(next);
                synchronized (monitor) {
                    queuedBytes -= released;
                    written = writer.stats(tracks);
                }
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** The next frame; null when there is none for now, or the file was finished. */
    private @Nullable Arrival take() throws IOException {
        synchronized (monitor) {
            Arrival next = queue.poll();
            if (next != null) {
                return next;
            }
            if (!stopping) {
                writing = false;
                return null;
            }
        }
        writer.finish();
        onEnd.run();
        RecorderStats last;
        synchronized (monitor) {
            written = writer.stats(tracks);
            last = written;
        }
        finished.complete(last);
        return null;
    }

    private void fail(Exception cause) {
        synchronized (monitor) {
            if (failed) {
                return;
            }
            failed = true;
            stopping = true;
            queue.clear();
        }
        try {
            onEnd.run();
            listener.onFailed(cause);
        } finally {
            finished.completeExceptionally(cause);
        }
    }

    /**
     * Takes no more frames, and makes the file whole.
     *
     * @return completes when it is, on the thread that writes
     */
    public CompletableFuture<RecorderStats> stop() {
        boolean begins;
        synchronized (monitor) {
            begins = !stopping && !writing;
            stopping = true;
            writing |= begins;
        }
        if (begins) {
            begin();
        }
        return finished.copy();
    }

    /**
     * Says what to close when nothing more is written.
     *
     * @param end run on the thread that writes, before the future of {@link #stop} completes
     */
    public void whenEnded(Runnable end) {
        onEnd = end;
    }

    /**
     * Counts.
     *
     * @return as of the last frame that was written
     */
    public RecorderStats stats() {
        synchronized (monitor) {
            return written;
        }
    }
}
