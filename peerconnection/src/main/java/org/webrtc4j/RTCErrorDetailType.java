package org.webrtc4j;

/**
 * The kind of an {@link RTCError}.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcerrordetailtype-enum">the specification</a>
 */
public enum RTCErrorDetailType {
    /** A data channel failed. */
    DATA_CHANNEL_FAILURE("data-channel-failure"),

    /** The DTLS handshake failed, or an alert ended the transport. */
    DTLS_FAILURE("dtls-failure"),

    /** The certificate matches none of the fingerprints of the description. */
    FINGERPRINT_FAILURE("fingerprint-failure"),

    /** The association failed. */
    SCTP_FAILURE("sctp-failure"),

    /** A description cannot be read; the line is given. */
    SDP_SYNTAX_ERROR("sdp-syntax-error"),

    /** Reserved for media. */
    HARDWARE_ENCODER_NOT_AVAILABLE("hardware-encoder-not-available"),

    /** Reserved for media. */
    HARDWARE_ENCODER_ERROR("hardware-encoder-error");

    private final String wireName;

    RTCErrorDetailType(String wireName) {
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
    public static RTCErrorDetailType fromWireName(String text) {
        for (RTCErrorDetailType value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCErrorDetailType is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
