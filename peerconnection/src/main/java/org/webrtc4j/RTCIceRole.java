package org.webrtc4j;

/**
 * The role of an ICE agent (RFC 8445).
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicerole">the specification</a>
 */
public enum RTCIceRole {
    /** Not yet known. */
    UNKNOWN("unknown"),

    /** Nominates the pair. */
    CONTROLLING("controlling"),

    /** Follows the nomination. */
    CONTROLLED("controlled");

    private final String wireName;

    RTCIceRole(String wireName) {
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
    public static RTCIceRole fromWireName(String text) {
        for (RTCIceRole value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceRole is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
