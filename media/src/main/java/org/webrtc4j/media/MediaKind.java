package org.webrtc4j.media;

/** What a stream carries. */
public enum MediaKind {
    /** Sound, and what travels beside it (telephone events, comfort noise). */
    AUDIO("audio"),
    /** Pictures. */
    VIDEO("video");

    private final String text;

    MediaKind(String text) {
        this.text = text;
    }

    /**
     * Returns the word used in media types and in session descriptions.
     *
     * @return {@code audio} or {@code video}
     */
    public String text() {
        return text;
    }
}
