package org.webrtc4j.driver;

/** Why the driver itself drops a packet. */
enum DriverDrop {
    /** RTP or RTCP, and no media was negotiated. */
    RTP_NOT_NEGOTIATED("rtp-not-negotiated"),
    /** It came before the keys, and more than a few others too. */
    RTP_BEFORE_KEYS("rtp-before-keys"),
    /** Larger than any packet that SRTP is asked to read. */
    RTP_OVERSIZED("rtp-oversized"),
    /** A first byte that RFC 7983 gives to nobody here. */
    UNKNOWN_CLASS("unknown-class"),
    /** ICE had no usable pair or no room. */
    NOT_SENT_BY_ICE("not-sent-by-ice"),
    /** DTLS was not connected. */
    NOT_SENT_BY_DTLS("not-sent-by-dtls"),
    /** There were no keys, or its number was sent before. */
    NOT_SENT_BY_SRTP("not-sent-by-srtp");

    final String text;

    DriverDrop(String text) {
        this.text = text;
    }
}
