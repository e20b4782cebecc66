package org.webrtc4j;

/**
 * The transport protocol of a candidate.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtciceprotocol-enum">the specification</a>
 */
public enum RTCIceProtocol {
    /** Datagrams. */
    UDP("udp"),

    /** TCP with the framing of RFC 4571. */
    TCP("tcp");

    private final String wireName;

    RTCIceProtocol(String wireName) {
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
    public static RTCIceProtocol fromWireName(String text) {
        for (RTCIceProtocol value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceProtocol is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
