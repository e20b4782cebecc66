package org.webrtc4j;

/**
 * The state of a DTLS transport.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdtlstransportstate-enum">the specification</a>
 */
public enum RTCDtlsTransportState {
    /** Not begun. */
    NEW("new"),

    /** The handshake is under way. */
    CONNECTING("connecting"),

    /** The handshake is over and the peer proved its fingerprint. */
    CONNECTED("connected"),

    /** Closed by either side. */
    CLOSED("closed"),

    /** The handshake failed, or the peer proved no fingerprint. */
    FAILED("failed");

    private final String wireName;

    RTCDtlsTransportState(String wireName) {
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
    public static RTCDtlsTransportState fromWireName(String text) {
        for (RTCDtlsTransportState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCDtlsTransportState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
