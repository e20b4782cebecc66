package org.webrtc4j;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.file.FileOpener;
import org.webrtc4j.media.file.MediaContainer;
import org.webrtc4j.media.file.MediaFileReader;
import org.webrtc4j.media.file.MediaTrackFormat;
import org.webrtc4j.recording.Playback;

/**
 * Plays a file of encoded frames to senders, as they lie there; not of the W3C.
 *
 * <pre>{@code
 * FilePlayer player = FilePlayer.open(Path.of("film.webm"));
 * player.tracks().forEach(track -> pc.addTrack(track));
 * player.play();
 * }</pre>
 *
 * <p>Sound and pictures are paced together by a clock of the player, which reads ahead of no loop: the file is read on a
 * thread of its own. Nothing is encoded: a track is heard or seen where its codec was negotiated, pictures from the next key
 * frame of the file on; who needs one earlier has to wait for it.
 *
 * <p>Every method may be called from any thread.
 */
public final class FilePlayer implements AutoCloseable {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final Playback playback;
    private final List<MediaTrackFormat> formats;
    private final @Nullable Duration duration;
    private final CompletableFuture<@Nullable Void> failed = new CompletableFuture<>();
    private volatile Runnable onEnded = () -> {};

    private FilePlayer(MediaFileReader reader) {
        formats = reader.tracks();
        long micros = reader.durationMicros();
        duration =
                micros < 0 ? null : Duration.ofSeconds(micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND * 1_000);
        playback = new Playback(reader, new Playback.Listener() {
            @Override
            public void onEnded() {
                onEnded.run();
            }

            @Override
            public void onFailed(IOException cause) {
                failed.completeExceptionally(cause);
            }
        });
    }

    /**
     * Opens a file, paused at its beginning.
     *
     * @param file its name ends with webm, mkv, ogg or ivf
     * @return the player, which is to be closed
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException for another name
     */
    public static FilePlayer open(Path file) throws IOException {
        MediaContainer container = MediaContainer.of(file.toString());
        if (container == null) {
            throw new IllegalArgumentException("No container is known for " + file);
        }
        return open(container, position -> {
            InputStream stream = Files.newInputStream(file);
            try {
                stream.skipNBytes(Math.min(position, Files.size(file)));
            } catch (IOException e) {
                stream.close();
                throw e;
            }
            return stream;
        });
    }

    /**
     * Opens anything else, paused at its beginning.
     *
     * @param container what it is
     * @param opener opens it, now on the calling thread, later on that of the player
     * @return the player, which is to be closed
     * @throws IOException when it cannot be read
     */
    public static FilePlayer open(MediaContainer container, FileOpener opener) throws IOException {
        return new FilePlayer(container.read(opener));
    }

    /**
     * Makes a track for each one of the file.
     *
     * @return new ones, in the order of the file
     */
    public List<MediaStreamTrack> tracks() {
        List<MediaStreamTrack> tracks = new ArrayList<>();
        for (int i = 0; i < formats.size(); i++) {
            tracks.add(new MediaStreamTrack(new Source(i)));
        }
        return tracks;
    }

    /**
     * Returns what the file holds.
     *
     * @return the format of each track
     */
    public List<MediaTrackFormat> formats() {
        return formats;
    }

    /**
     * Returns how long the file says that it is.
     *
     * @return null when it does not say
     */
    public @Nullable Duration duration() {
        return duration;
    }

    /**
     * Tells how far it is.
     *
     * @return the time of the last frame that was given
     */
    public Duration position() {
        return Duration.ofNanos(playback.positionMicros() * 1_000);
    }

    /** Plays on. */
    public void play() {
        playback.play();
    }

    /** Stops in between: nothing is sent until {@link #play}. */
    public void pause() {
        playback.pause();
    }

    /**
     * Jumps to the key frame before a time, soon after this call; a file that cannot seek goes on where it is.
     *
     * @param time from the beginning
     */
    public void seek(Duration time) {
        playback.seek(time.toNanos() / 1_000);
    }

    /**
     * Sets who hears that all was played.
     *
     * @param handler called on the thread of the player, after each end; replaces the previous one
     * @return this
     */
    public FilePlayer onEnded(Runnable handler) {
        onEnded = handler;
        return this;
    }

    /**
     * Tells when the file cannot be read any further.
     *
     * @return fails then with the cause, and never completes otherwise
     */
    public CompletableFuture<@Nullable Void> failed() {
        return failed.copy();
    }

    /** Ends playing for good and closes the file. */
    @Override
    public void close() {
        playback.close();
    }

    private final class Source implements MediaTrackSource {

        private final int track;

        Source(int track) {
            this.track = track;
        }

        @Override
        public String kind() {
            return formats.get(track).kind().text();
        }

        @Override
        public String label() {
            return "file, " + formats.get(track);
        }

        @Override
        public Feed open(Consumer consumer) {
            return playback.open(track, consumer);
        }
    }
}
