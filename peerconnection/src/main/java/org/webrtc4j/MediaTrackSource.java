package org.webrtc4j;

/**
 * What feeds a track of this side: a microphone, a file, a generator. Any number of tracks may share one, as clones do.
 *
 * <p>Methods are called on the thread that made the call that led to them, and never under a lock of the library.
 */
public interface MediaTrackSource {

    /**
     * Returns what it gives.
     *
     * @return audio or video
     */
    String kind();

    /**
     * Returns a text for people.
     *
     * @return such as the name of a device; empty by default
     */
    default String label() {
        return "";
    }

    /** The last track that was fed by it has ended; it does nothing by default. */
    default void onUnused() {}
}
