package org.webrtc4j;

/**
 * The state of gathering of a connection.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicegatheringstate-enum">the specification</a>
 */
public enum RTCIceGatheringState {
    /** Not begun. */
    NEW("new"),

    /** Candidates may follow. */
    GATHERING("gathering"),

    /** No candidate follows in this generation. */
    COMPLETE("complete");

    private final String wireName;

    RTCIceGatheringState(String wireName) {
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
    public static RTCIceGatheringState fromWireName(String text) {
        for (RTCIceGatheringState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceGatheringState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
