package org.webrtc4j;

/**
 * The role of a TCP candidate (RFC 6544).
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicetcpcandidatetype-enum">the specification</a>
 */
public enum RTCIceTcpCandidateType {
    /** Opens connections. */
    ACTIVE("active"),

    /** Accepts connections. */
    PASSIVE("passive"),

    /** Opens simultaneously. */
    SO("so");

    private final String wireName;

    RTCIceTcpCandidateType(String wireName) {
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
    public static RTCIceTcpCandidateType fromWireName(String text) {
        for (RTCIceTcpCandidateType value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCIceTcpCandidateType is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
