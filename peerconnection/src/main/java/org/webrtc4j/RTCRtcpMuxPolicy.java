package org.webrtc4j;

/**
 * Whether RTP and RTCP share a transport.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtcpmuxpolicy-enum">the specification</a>
 */
public enum RTCRtcpMuxPolicy {
    /** They always do (RFC 5761). */
    REQUIRE("require");

    private final String wireName;

    RTCRtcpMuxPolicy(String wireName) {
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
    public static RTCRtcpMuxPolicy fromWireName(String text) {
        for (RTCRtcpMuxPolicy value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCRtcpMuxPolicy is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
