package org.webrtc4j;

/**
 * The state of one ICE transport.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicetransportstate">the specification</a>
 */
public enum RTCIceTransportState {
    /** Ended. */
    CLOSED("closed"),

    /** No pair is usable; only a restart helps. */
    FAILED("failed"),

    /** Consent is missing; may recover by itself. */
    DISCONNECTED("disconnected"),

    /** Nothing to check yet. */
    NEW("new"),

    /** Checks run and no pair is usable yet. */
    CHECKING("checking"),

    /** Checks and gathering are over and a pair is usable. */
    COMPLETED("completed"),

    /** A pair is usable. */
    CONNECTED("connected");

    private final String wireName;

    RTCIceTransportState(String wireName) {
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
    public static RTCIceTransportState fromWireName(String text) {
        for (RTCIceTransportState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceTransportState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
