package org.webrtc4j;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.file.FileOutput;
import org.webrtc4j.media.file.MediaContainer;
import org.webrtc4j.pipeline.FrameTap;
import org.webrtc4j.recording.Arrival;
import org.webrtc4j.recording.Recording;
import org.webrtc4j.rtp.ReceiveStream;

/**
 * Records what is received into a file, as it was encoded; not of the W3C.
 *
 * <pre>{@code
 * Recorder recorder = Recorder.to(Path.of("call.webm"));
 * pc.onTrack(event -> recorder.add(event.receiver()));
 * pc.whenClosed().thenCompose(cause -> recorder.stop());
 * }</pre>
 *
 * <p>A file begins with a key frame of each track of pictures, which is asked for, as it is after each gap. Sound and pictures
 * are laid side by side by the sender's reports, or, without any, by arrival. What is not sent, as while a track is muted, is
 * a gap in time. Pictures may change their size. Everything is written through: a file can be played up to there when its
 * process was killed; {@link #stop} adds duration and index.
 *
 * <p>No loop waits for the disk: frames go through a bounded queue to a thread of the recorder. A disk that is too slow costs
 * frames up to the next key frame, which is counted and told ({@link RecorderListener#onDropping}). Of a simulcast one stream
 * is recorded: the one that is named, or else the first, until it falls silent.
 *
 * <p>Every method may be called from any thread.
 */
public final class Recorder implements AutoCloseable {

    /** Another stream takes over when the one that is recorded has been silent for so long. */
    private static final long STREAM_GONE_NANOS = 1_000_000_000L;

    private static final int IDLE_SECONDS = 1;

    private record Added(ReceiverMedia media, FrameTap tap) {}

    private final MediaContainer container;
    private final Recording recording;
    private final List<Added> receivers = new ArrayList<>();
    private boolean stopped;

    private Recorder(
            FileOutput output,
            MediaContainer container,
            RecorderOptions options,
            Executor disk,
            RecorderListener listener) {
        this.container = container;
        this.recording = new Recording(output, container, options, disk, listener);
    }

    /**
     * Records into a file with the limits {@link RecorderOptions#DEFAULTS}.
     *
     * @param file made anew; its name ends with webm, mkv, ogg or ivf
     * @return a recorder without tracks
     * @throws IOException when the file cannot be made
     * @throws IllegalArgumentException for another name
     */
    public static Recorder to(Path file) throws IOException {
        return to(file, RecorderOptions.DEFAULTS, RecorderListener.NONE);
    }

    /**
     * Records into a file.
     *
     * @param file made anew; its name ends with webm, mkv, ogg or ivf
     * @param options limits
     * @param listener hears of it
     * @return a recorder without tracks
     * @throws IOException when the file cannot be made
     * @throws IllegalArgumentException for another name
     */
    public static Recorder to(Path file, RecorderOptions options, RecorderListener listener) throws IOException {
        MediaContainer container = MediaContainer.of(file.toString());
        if (container == null) {
            throw new IllegalArgumentException("No container is known for " + file);
        }
        RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        opened.setLength(0);
        Recorder recorder = to(new DiskFile(opened), container, options, listener);
        recorder.recording.whenEnded(() -> closeQuietly(opened));
        return recorder;
    }

    /**
     * Records to anything else, such as a store in the network.
     *
     * @param output called on the thread of this recorder, and may block
     * @param container what is written
     * @param options limits
     * @param listener hears of it
     * @return a recorder without tracks
     */
    public static Recorder to(
            FileOutput output, MediaContainer container, RecorderOptions options, RecorderListener listener) {
        ThreadPoolExecutor disk =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "webrtc4j-recorder");
                    thread.setDaemon(true);
                    return thread;
                });
        disk.allowCoreThreadTimeOut(true);
        return new Recorder(output, container, options, disk, listener);
    }

    private static void closeQuietly(RandomAccessFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * Adds a track, best before its connection is set up: once the file has begun it is too late.
     *
     * @param receiver of the track
     * @return this
     * @throws IllegalStateException after {@link #stop}
     */
    public Recorder add(RTCRtpReceiver receiver) {
        return add(receiver, null);
    }

    /**
     * Adds one stream of a simulcast.
     *
     * @param receiver of the track
     * @param rid which stream; null for the first that comes
     * @return this
     * @throws IllegalStateException after {@link #stop}
     */
    public synchronized Recorder add(RTCRtpReceiver receiver, @Nullable String rid) {
        if (stopped) {
            throw new IllegalStateException("The recorder was stopped");
        }
        MediaKind kind = receiver.track().kind().equals("audio") ? MediaKind.AUDIO : MediaKind.VIDEO;
        if (!container.holds(kind)) {
            return this;
        }
        ReceiverMedia media = receiver.media();
        int track = recording.add(kind, media.clockOwner(), receiver::requestKeyFrame);
        FrameTap tap = new Tap(track, rid);
        receivers.add(new Added(media, tap));
        media.addFrameTap(tap);
        return this;
    }

    /**
     * Counts.
     *
     * @return as of the last frame that was written
     */
    public RecorderStats stats() {
        return recording.stats();
    }

    /**
     * Ends the recording.
     *
     * @return completes when the file is whole and closed; fails when it could not be written. The same on each call
     */
    public CompletableFuture<RecorderStats> stop() {
        List<Added> added;
        synchronized (this) {
            stopped = true;
            added = List.copyOf(receivers);
            receivers.clear();
        }
        added.forEach(each -> each.media.removeFrameTap(each.tap));
        return recording.stop();
    }

    /** Ends the recording without waiting for it. */
    @Override
    public void close() {
        var unused = stop();
    }

    /** Frames of one receiver, on its loop. */
    private final class Tap implements FrameTap {

        private final int track;
        private final @Nullable String rid;
        private @Nullable ReceiveStream followed;
        private long lastNanos;

        Tap(int track, @Nullable String rid) {
            this.track = track;
            this.rid = rid;
        }

        @Override
        public boolean takes(ReceiveStream stream) {
            return rid == null || rid.equals(stream.rid());
        }

        @Override
        public void onFrame(ReceiveStream stream, EncodedFrame frame, long arrivalNanos) {
            if (stream != followed) {
                if (followed != null && arrivalNanos - lastNanos < STREAM_GONE_NANOS) {
                    return;
                }
                followed = stream;
            }
            lastNanos = arrivalNanos;
            recording.offer(new Arrival(
                    track, frame, arrivalNanos, stream.captureTimeMicros(frame.timestamp()), stream.ssrc()));
        }
    }

    /** A file that can be written over in places. */
    private record DiskFile(RandomAccessFile file) implements FileOutput {

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public boolean rewrite(long position, byte[] bytes) throws IOException {
            long end = file.getFilePointer();
            file.seek(position);
            file.write(bytes);
            file.seek(end);
            return true;
        }
    }
}
