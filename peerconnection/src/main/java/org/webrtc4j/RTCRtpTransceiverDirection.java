package org.webrtc4j;

import org.webrtc4j.sdp.Direction;

/**
 * In which directions a transceiver carries media.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcrtptransceiverdirection">the specification</a>
 */
public enum RTCRtpTransceiverDirection {
    /** Sends and receives. */
    SENDRECV("sendrecv"),

    /** Sends. */
    SENDONLY("sendonly"),

    /** Receives. */
    RECVONLY("recvonly"),

    /** Neither, for now. */
    INACTIVE("inactive"),

    /** Neither, for good. */
    STOPPED("stopped");

    private final String wireName;

    RTCRtpTransceiverDirection(String wireName) {
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
    public static RTCRtpTransceiverDirection fromWireName(String text) {
        for (RTCRtpTransceiverDirection value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCRtpTransceiverDirection is called " + text);
    }

    /** The direction as descriptions write it; a stopped transceiver is inactive there. */
    Direction toSdp() {
        return Direction.of(this == SENDRECV || this == SENDONLY, this == SENDRECV || this == RECVONLY);
    }

    static RTCRtpTransceiverDirection of(Direction direction) {
        return fromWireName(direction.attributeName());
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
