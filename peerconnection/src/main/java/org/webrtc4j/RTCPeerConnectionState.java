package org.webrtc4j;

/**
 * The state of a connection: ICE and DTLS together.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcpeerconnectionstate-enum">the specification</a>
 */
public enum RTCPeerConnectionState {
    /** The connection is closed. */
    CLOSED("closed"),

    /** A transport failed; an ICE restart may help, a DTLS failure is final. */
    FAILED("failed"),

    /** A transport is interrupted and may recover by itself. */
    DISCONNECTED("disconnected"),

    /** Nothing has begun. */
    NEW("new"),

    /** A transport connects. */
    CONNECTING("connecting"),

    /** Every transport is connected. */
    CONNECTED("connected");

    private final String wireName;

    RTCPeerConnectionState(String wireName) {
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
    public static RTCPeerConnectionState fromWireName(String text) {
        for (RTCPeerConnectionState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCPeerConnectionState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
