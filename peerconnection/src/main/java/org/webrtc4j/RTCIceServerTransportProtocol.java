package org.webrtc4j;

/**
 * How a TURN server is reached.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtciceservertransportprotocol-enum">the specification</a>
 */
public enum RTCIceServerTransportProtocol {
    /** UDP. */
    UDP("udp"),

    /** TCP. */
    TCP("tcp"),

    /** TLS over TCP. */
    TLS("tls");

    private final String wireName;

    RTCIceServerTransportProtocol(String wireName) {
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
    public static RTCIceServerTransportProtocol fromWireName(String text) {
        for (RTCIceServerTransportProtocol value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceServerTransportProtocol is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
