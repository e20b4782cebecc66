package org.webrtc4j;

/**
 * How a candidate was obtained (RFC 8445).
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicecandidatetype-enum">the specification</a>
 */
public enum RTCIceCandidateType {
    /** An address of this machine, or one advertised for it. */
    HOST("host"),

    /** Seen by a STUN server. */
    SRFLX("srflx"),

    /** Seen by the peer. */
    PRFLX("prflx"),

    /** Allocated on a TURN server. */
    RELAY("relay");

    private final String wireName;

    RTCIceCandidateType(String wireName) {
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
    public static RTCIceCandidateType fromWireName(String text) {
        for (RTCIceCandidateType value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceCandidateType is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
