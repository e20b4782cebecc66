package org.webrtc4j;

/**
 * The component of a candidate.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicecomponent">the specification</a>
 */
public enum RTCIceComponent {
    /** RTP, RTCP and data: the only one where all are multiplexed. */
    RTP("rtp"),

    /** RTCP on a port of its own; never made here. */
    RTCP("rtcp");

    private final String wireName;

    RTCIceComponent(String wireName) {
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
    public static RTCIceComponent fromWireName(String text) {
        for (RTCIceComponent value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceComponent is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
