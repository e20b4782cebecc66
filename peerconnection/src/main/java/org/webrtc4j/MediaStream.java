package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks that belong together and are played in step.
 *
 * <p>Every method may be called from any thread. addtrack and removetrack fire for what the other side does, in the event
 * place of its connection; not for calls of {@link #addTrack} and {@link #removeTrack}.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#mediastream">the specification</a>
 */
public final class MediaStream extends EventTarget {

    private final String id;
    private final Object monitor = new Object();
    private final List<MediaStreamTrack> tracks = new ArrayList<>();

    /**
     * Creates a stream.
     *
     * @param tracks its tracks, each once
     */
    public MediaStream(MediaStreamTrack... tracks) {
        this(UUID.randomUUID().toString());
        for (MediaStreamTrack each : tracks) {
            addTrack(each);
        }
    }

    MediaStream(String id) {
        this.id = id;
    }

    /**
     * Returns the identification of the stream, which both sides know it by.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Tells whether a track of it can still give media.
     *
     * @return true when one is live
     */
    public boolean active() {
        return getTracks().stream().anyMatch(each -> each.readyState() == MediaStreamTrackState.LIVE);
    }

    /**
     * Returns the tracks.
     *
     * @return those of now, in the order in which they were added
     */
    public List<MediaStreamTrack> getTracks() {
        synchronized (monitor) {
            return List.copyOf(tracks);
        }
    }

    /**
     * Returns the audio tracks.
     *
     * @return those of now
     */
    public List<MediaStreamTrack> getAudioTracks() {
        return getTracks().stream().filter(each -> each.kind().equals("audio")).toList();
    }

    /**
     * Returns the video tracks.
     *
     * @return those of now
     */
    public List<MediaStreamTrack> getVideoTracks() {
        return getTracks().stream().filter(each -> each.kind().equals("video")).toList();
    }

    /**
     * Finds a track.
     *
     * @param trackId its id
     * @return the track, or null when it is not in this stream
     */
    public @Nullable MediaStreamTrack getTrackById(String trackId) {
        for (MediaStreamTrack each : getTracks()) {
            if (each.id().equals(trackId)) {
                return each;
            }
        }
        return null;
    }

    /**
     * Adds a track; one that is there stays once.
     *
     * @param track the track
     */
    public void addTrack(MediaStreamTrack track) {
        add(track);
    }

    /**
     * Removes a track; one that is not there is ignored.
     *
     * @param track the track
     */
    public void removeTrack(MediaStreamTrack track) {
        remove(track);
    }

    /**
     * Makes a stream of clones of the tracks.
     *
     * @return a stream with another id
     */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // the W3C's clone, which clones the tracks too
    public MediaStream clone() {
        return new MediaStream(getTracks().stream().map(MediaStreamTrack::clone).toArray(MediaStreamTrack[]::new));
    }

    /**
     * Sets the handler of addtrack.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public MediaStream onAddTrack(@Nullable Consumer<? super MediaStreamTrackEvent> handler) {
        setHandler(EventType.ADDTRACK, handler);
        return this;
    }

    /**
     * Sets the handler of removetrack.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public MediaStream onRemoveTrack(@Nullable Consumer<? super MediaStreamTrackEvent> handler) {
        setHandler(EventType.REMOVETRACK, handler);
        return this;
    }

    /** Returns the id. */
    @Override
    public String toString() {
        return "MediaStream[" + id + "]";
    }

    boolean add(MediaStreamTrack track) {
        synchronized (monitor) {
            return !tracks.contains(track) && tracks.add(track);
        }
    }

    boolean remove(MediaStreamTrack track) {
        synchronized (monitor) {
            return tracks.remove(track);
        }
    }
}
