package org.webrtc4j.driver;

/** Why the driver itself drops a packet. */
enum DriverDrop {
    /** RTP or RTCP, and no media was negotiated. */
    RTP_NOT_NEGOTIATED("rtp-not-negotiated"),
    /** A first byte that RFC 7983 gives to nobody here. */
    UNKNOWN_CLASS("unknown-class"),
    /** ICE had no usable pair or no room. */
    NOT_SENT_BY_ICE("not-sent-by-ice"),
    /** DTLS was not connected. */
    NOT_SENT_BY_DTLS("not-sent-by-dtls");

    final String text;

    DriverDrop(String text) {
        this.text = text;
    }
}
