package org.webrtc4j;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One track of audio or video: of a source of this side, or received from the other.
 *
 * <p>Every method may be called from any thread. Events of a received track fire in the event place of its connection.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#mediastreamtrack">the specification</a>
 */
public final class MediaStreamTrack extends EventTarget {

    private final String id;
    private final String kind;
    private final String label;
    private final Feed feed;

    private final Object monitor = new Object();

    private volatile boolean enabled = true;
    private volatile boolean muted;
    private volatile MediaStreamTrackState readyState = MediaStreamTrackState.LIVE;
    private volatile String contentHint = "";

    /** A source with the number of live tracks it feeds. */
    private record Feed(MediaTrackSource source, AtomicInteger tracks) {}

    /**
     * Creates a track of this side.
     *
     * @param source what feeds it
     * @throws DOMException TypeError for a source that is neither audio nor video
     */
    public MediaStreamTrack(MediaTrackSource source) {
        this(newId(), checkedKind(source.kind()), source.label(), false, new Feed(source, new AtomicInteger()));
    }

    private MediaStreamTrack(String id, String kind, String label, boolean muted, Feed feed) {
        this.id = id;
        this.kind = kind;
        this.label = label;
        this.muted = muted;
        this.feed = feed;
        feed.tracks.incrementAndGet();
    }

    /** A track of the other side: muted until its first packet (webrtc-pc section 5.3). */
    static MediaStreamTrack received(MediaTrackSource source) {
        return new MediaStreamTrack(
                newId(), source.kind(), source.label(), true, new Feed(source, new AtomicInteger()));
    }

    static String checkedKind(String kind) {
        if (!kind.equals("audio") && !kind.equals("video")) {
            throw DOMException.typeError("A track is audio or video, not " + kind);
        }
        return kind;
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /**
     * Returns the identification of the track.
     *
     * @return unique in this process
     */
    public String id() {
        return id;
    }

    /**
     * Returns what the track carries.
     *
     * @return audio or video
     */
    public String kind() {
        return kind;
    }

    /**
     * Returns a text for people.
     *
     * @return the label of the source
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether the track gives media, or silence and black pictures.
     *
     * @return true unless it was switched off
     */
    public boolean enabled() {
        return enabled;
    }

    /**
     * Switches the track on or off.
     *
     * @param value false for silence and black pictures
     */
    public void enabled(boolean value) {
        enabled = value;
    }

    /**
     * Tells whether the source gives nothing for now.
     *
     * @return true for a received track before its first packet, and while the other side sends nothing
     */
    public boolean muted() {
        return muted;
    }

    /**
     * Returns whether the track can still give media.
     *
     * @return live or ended
     */
    public MediaStreamTrackState readyState() {
        return readyState;
    }

    /**
     * Returns what the content is like.
     *
     * @return empty, or a hint such as speech, music, motion, detail, text
     */
    public String contentHint() {
        return contentHint;
    }

    /**
     * Says what the content is like, for encoders. A hint that does not fit the kind is ignored, as in a page.
     *
     * @param hint empty, speech, speech-recognition or music for audio; empty, motion, detail or text for video
     */
    public void contentHint(String hint) {
        boolean fits =
                switch (hint) {
                    case "" -> true;
                    case "speech", "speech-recognition", "music" -> kind.equals("audio");
                    case "motion", "detail", "text" -> kind.equals("video");
                    default -> false;
                };
        if (fits) {
            contentHint = hint;
        }
    }

    /**
     * Makes another track of the same source.
     *
     * @return a track with another id; live as long as neither it nor the source has ended
     */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod") // the W3C's clone, which makes a new track of the same source
    public MediaStreamTrack clone() {
        MediaStreamTrack copy = new MediaStreamTrack(newId(), kind, label, muted, feed);
        copy.enabled = enabled;
        copy.contentHint = contentHint;
        if (readyState == MediaStreamTrackState.ENDED) {
            copy.stop();
        }
        return copy;
    }

    /** Ends the track for good; no event fires, for the caller knows. */
    public void stop() {
        synchronized (monitor) {
            if (readyState == MediaStreamTrackState.ENDED) {
                return;
            }
            readyState = MediaStreamTrackState.ENDED;
        }
        if (feed.tracks.decrementAndGet() == 0) {
            feed.source.onUnused();
        }
    }

    /**
     * Sets the handler of mute.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public MediaStreamTrack onMute(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.MUTE, handler);
        return this;
    }

    /**
     * Sets the handler of unmute.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public MediaStreamTrack onUnmute(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.UNMUTE, handler);
        return this;
    }

    /**
     * Sets the handler of ended.
     *
     * @param handler replaces the previous one; null removes it
     * @return this
     */
    public MediaStreamTrack onEnded(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.ENDED, handler);
        return this;
    }

    /** Returns kind and id. */
    @Override
    public String toString() {
        return "MediaStreamTrack[" + kind + " " + id + ", " + readyState + "]";
    }

    /** What feeds it: for a track of the other side the media of its receiver. */
    MediaTrackSource source() {
        return feed.source;
    }

    void muted(boolean value) {
        muted = value;
    }

    boolean isEnded() {
        return readyState == MediaStreamTrackState.ENDED;
    }
}
