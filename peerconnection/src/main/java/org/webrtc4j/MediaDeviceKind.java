package org.webrtc4j;

/**
 * What a device gives.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#dom-mediadevicekind">the specification</a>
 */
public enum MediaDeviceKind {
    /** Sound. */
    AUDIOINPUT("audioinput"),

    /** Nothing: it plays sound. */
    AUDIOOUTPUT("audiooutput"),

    /** Pictures. */
    VIDEOINPUT("videoinput");

    private final String wireName;

    MediaDeviceKind(String wireName) {
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
    public static MediaDeviceKind fromWireName(String text) {
        for (MediaDeviceKind value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No MediaDeviceKind is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
