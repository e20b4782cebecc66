package org.webrtc4j;

/**
 * What an encoded picture is.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-encoded-transform/#enumdef-rtcencodedvideoframetype">the specification</a>
 */
public enum RTCEncodedVideoFrameType {
    /** No picture. */
    EMPTY("empty"),

    /** Decoded without any other. */
    KEY("key"),

    /** Refers to others. */
    DELTA("delta");

    private final String wireName;

    RTCEncodedVideoFrameType(String wireName) {
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
    public static RTCEncodedVideoFrameType fromWireName(String text) {
        for (RTCEncodedVideoFrameType value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCEncodedVideoFrameType is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
