package org.webrtc4j.rtp;

/** Why something received was dropped or ignored; counted, never thrown. */
public enum RtpDrop {
    /** Fewer than the 12 bytes of a fixed header (RFC 3550 section 5.1). */
    SHORT_PACKET,
    /** More than {@link RtpPacket#MAX_SIZE} bytes. */
    OVERSIZED_PACKET,
    /** A version other than 2. */
    BAD_VERSION,
    /** A payload type in the range of RTCP's packet types (RFC 5761 section 4). */
    RTCP_PAYLOAD_TYPE,
    /** CSRCs past the end. */
    BAD_CSRC,
    /** A header extension past the end. */
    BAD_EXTENSION,
    /** A padding count of zero, or above what follows the header. */
    BAD_PADDING,
    /** Elements of a header extension that contradict its length; the packet is used without them. */
    BAD_EXTENSION_ELEMENT,
    /** A payload type that no section receives. */
    UNKNOWN_PAYLOAD_TYPE,
    /** An SSRC that belongs to no section (RFC 8843 section 9.2). */
    UNKNOWN_SSRC,
    /** A new SSRC beyond the limit of the session. */
    TOO_MANY_SSRCS,
    /** A new SSRC that names a stream of a simulcast which another SSRC has only just taken. */
    RID_TAKEN,
    /** A packet of an SSRC that has not yet proved itself (RFC 3550 appendix A.1). */
    PROBATION,
    /** A sequence number far from what was expected, not yet confirmed by the next (RFC 3550 appendix A.1). */
    SEQUENCE_JUMP,
    /** A packet received before. */
    DUPLICATE,
    /** A packet older than the receive window remembers. */
    TOO_OLD,
    /** A retransmission shorter than its original sequence number (RFC 4588 section 4). */
    RTX_TOO_SHORT,
    /** A retransmission of a payload type or stream that is not known. */
    RTX_UNASSOCIATED,
    /** A retransmission of a packet outside the window. */
    RTX_OUT_OF_WINDOW,
    /** Repair packets of a stream that is not received, or was not named. */
    FEC_UNASSOCIATED,
    /** A packet of RED with no block, with several, or with one whose payload type is not known. */
    RED_MALFORMED,
    /** A repair packet that is not well-formed, or would give back what is no packet. */
    FEC_UNUSABLE,
    /** A tap kept the packet for itself. */
    REFUSED_BY_TAP,
    /** RTCP shorter than a header. */
    RTCP_SHORT,
    /** An RTCP packet whose version is not 2, or whose length goes past the end. */
    RTCP_MALFORMED,
    /** A compound that does not begin with SR or RR where reduced size is not negotiated (RFC 3550 section 6.1). */
    RTCP_NOT_COMPOUND,
    /** More blocks claimed than an RTCP packet has room for. */
    RTCP_BAD_COUNT,
    /** An RTCP packet type or feedback format not known here; skipped by its length. */
    RTCP_UNKNOWN_TYPE,
    /** More RTCP packets in one compound than the limit of the session. */
    RTCP_TOO_MANY,
    /** Feedback about an SSRC that is not sent here. */
    FEEDBACK_UNKNOWN_SSRC,
    /** A NACK for a packet no longer or never in the history. */
    NACK_NOT_IN_HISTORY,
    /** A retransmission not sent: asked for again too soon, too many waiting, or above the share of RTX. */
    NACK_LIMITED,
    /** A packet not sent, for too many wait for the pacer; it can be asked for again. */
    PACER_FULL,
    /** A key frame request repeated with the same number, or too soon after the last. */
    KEY_FRAME_REQUEST_REPEATED,
    /** Transport feedback whose statuses or deltas do not fit, or which speaks of packets not sent. */
    BAD_TRANSPORT_FEEDBACK,
    /** A report that speaks of another's stream, or a BYE of an SSRC not received. */
    REPORT_UNKNOWN_SSRC
}
