package org.webrtc4j;

/**
 * Whether a track can still give media.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrackstate">the specification</a>
 */
public enum MediaStreamTrackState {
    /** Its source is there. */
    LIVE("live"),

    /** It gives nothing any more. */
    ENDED("ended");

    private final String wireName;

    MediaStreamTrackState(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Returns the value as the W3C text has it.
     *
     * @return the text
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds the value of a W3C text.
     *
     * @param text the text, in lower case
     * @return the value
     * @throws DOMException TypeError when there is none
     */
    public static MediaStreamTrackState fromWireName(String text) {
        for (MediaStreamTrackState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No MediaStreamTrackState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
