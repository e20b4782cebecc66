package org.webrtc4j.recording;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.capability.CodecMatching;
import org.webrtc4j.media.file.MediaFileReader;
import org.webrtc4j.media.file.TimedFrame;

/**
 * Plays a file to senders: a thread of its own reads, waits until each frame is due, and gives it to all senders of its
 * track. Timestamps follow the clock of the thread, over pauses and jumps, and are the same time for sound and pictures.
 */
public final class Playback {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_SECOND = 1e6;

    /** What is late by more, because the thread or the disk was, is not caught up with: the clock waits for it. */
    private static final long MAX_LATE_NANOS = 200_000_000;

    private static final long NO_SEEK = -1;

    /** What a player hears. */
    public interface Listener {

        /** All has been played; a seek goes on from elsewhere. */
        void onEnded();

        /**
         * The file cannot be read any further.
         *
         * @param cause why
         */
        void onFailed(IOException cause);
    }

    private final MediaFileReader reader;
    private final Listener listener;
    private final List<Outlet> outlets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private boolean started;
    private boolean playing;
    private boolean closed;
    private boolean anchored;
    private long anchorNanos;
    private long anchorMicros;
    private long seekMicros = NO_SEEK;
    private long positionMicros;
    private boolean ended;

    private final class Outlet implements MediaTrackSource.Feed {

        private final int track;
        private final MediaTrackSource.Consumer consumer;
        private volatile boolean waitsForKey;

        Outlet(int track, MediaTrackSource.Consumer consumer) {
            this.track = track;
            this.consumer = consumer;
            waitsForKey = reader.tracks().get(track).kind() == MediaKind.VIDEO;
        }

        /** The codec as it was negotiated with this side; null when the other does not take it. */
        @Nullable
        CodecDescription codec(CodecDescription of) {
            CodecDescription best = null;
            for (CodecDescription each : consumer.codecs()) {
                boolean same = each.is(of.mimeType());
                if (same && (best == null || CodecMatching.score(each, of) > CodecMatching.score(best, of))) {
                    best = each;
                }
            }
            return best;
        }

        @Override
        public void close() {
            outlets.remove(this);
        }
    }

    /**
     * Creates it, paused at the beginning.
     *
     * @param reader read and closed by the thread of the playback only
     * @param listener called on that thread
     */
    public Playback(MediaFileReader reader, Listener listener) {
        this.reader = reader;
        this.listener = listener;
    }

    /**
     * Feeds a sender.
     *
     * @param track of the file
     * @param consumer takes its frames; of pictures from the next key frame on
     * @return ends it
     */
    public MediaTrackSource.Feed open(int track, MediaTrackSource.Consumer consumer) {
        Outlet outlet = new Outlet(track, consumer);
        outlets.add(outlet);
        return outlet;
    }

    /** Plays on. */
    public void play() {
        change(() -> {
            playing = true;
            anchored = false;
            if (!started && !closed) {
                started = true;
                Thread thread = new Thread(this::run, "webrtc4j-player");
                thread.setDaemon(true);
                thread.start();
            }
        });
    }

    /** Stops in between. */
    public void pause() {
        change(() -> playing = false);
    }

    /**
     * Jumps, once the thread comes to it; where the file cannot seek nothing happens.
     *
     * @param micros from the beginning
     */
    public void seek(long micros) {
        change(() -> seekMicros = Math.max(0, micros));
    }

    /** Ends it, and closes the file. */
    public void close() {
        boolean never = locked(() -> !started && !closed);
        change(() -> closed = true);
        if (never) {
            closeReader();
        }
    }

    /**
     * Tells how far it is.
     *
     * @return the time of the last frame, microseconds
     */
    public long positionMicros() {
        lock.lock();
        try {
            return positionMicros;
        } finally {
            lock.unlock();
        }
    }

    private boolean locked(BooleanSupplier question) {
        lock.lock();
        try {
            return question.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            TimedFrame next = null;
            while (awaitWork()) {
                if (jump()) {
                    next = null;
                    continue;
                }
                next = next == null ? reader.next() : next;
                if (next == null) {
                    change(() -> ended = true);
                    listener.onEnded();
                } else if (awaitDue(next)) {
                    give(next);
                    next = null;
                }
            }
        } catch (IOException e) {
            listener.onFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeReader();
        }
    }

    private void closeReader() {
        try {
            reader.close();
        } catch (IOException e) {
            listener.onFailed(e);
        }
    }

    /** Waits while there is nothing to do; false at the end. */
    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && seekMicros == NO_SEEK && (!playing || ended)) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean jump() throws IOException {
        long target;
        lock.lock();
        try {
            target = seekMicros;
            seekMicros = NO_SEEK;
        } finally {
            lock.unlock();
        }
        if (target == NO_SEEK || !reader.seek(target)) {
            return false;
        }
        outlets.forEach(
                each -> each.waitsForKey = reader.tracks().get(each.track).kind() == MediaKind.VIDEO);
        change(() -> {
            anchored = false;
            ended = false;
            positionMicros = target;
        });
        return true;
    }

    /** Waits until a frame is due; false when something has changed meanwhile. */
    private boolean awaitDue(TimedFrame frame) throws InterruptedException {
        lock.lock();
        try {
            if (!anchored) {
                anchored = true;
                anchorNanos = System.nanoTime();
                anchorMicros = frame.timeMicros();
            }
            long wait = due(frame) - System.nanoTime();
            while (wait > 0 && playing && !closed && seekMicros == NO_SEEK && anchored) {
                wait = Math.min(changed.awaitNanos(wait), due(frame) - System.nanoTime());
            }
            if (wait < -MAX_LATE_NANOS) {
                anchorNanos -= wait;
            }
            boolean goesOn = playing && !closed && seekMicros == NO_SEEK && anchored;
            positionMicros = goesOn ? frame.timeMicros() : positionMicros;
            return goesOn;
        } finally {
            lock.unlock();
        }
    }

    private long due(TimedFrame frame) {
        return anchorNanos + (frame.timeMicros() - anchorMicros) * NANOS_PER_MICRO;
    }

    private void give(TimedFrame timed) {
        long dueMicros;
        lock.lock();
        try {
            dueMicros = due(timed) / NANOS_PER_MICRO;
        } finally {
            lock.unlock();
        }
        EncodedFrame frame = timed.frame();
        for (Outlet each : outlets) {
            CodecDescription codec = each.track == timed.track() ? each.codec(frame.codec()) : null;
            if (codec != null && (frame.key() || !each.waitsForKey)) {
                each.waitsForKey = false;
                long timestamp = Math.round(dueMicros / MICROS_PER_SECOND * codec.clockRate());
                each.consumer.frame(new EncodedFrame(codec, frame.key(), timestamp, frame.bytes(), frame.layers()));
            }
        }
    }
}
