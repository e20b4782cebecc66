package org.webrtc4j;

/**
 * Which candidates a connection may use.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicetransportpolicy-enum">the specification</a>
 */
public enum RTCIceTransportPolicy {
    /** Relayed candidates only. */
    RELAY("relay"),

    /** Any candidate. */
    ALL("all");

    private final String wireName;

    RTCIceTransportPolicy(String wireName) {
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
    public static RTCIceTransportPolicy fromWireName(String text) {
        for (RTCIceTransportPolicy value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceTransportPolicy is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
