package org.webrtc4j.rtp.rtcp;

/** What an RTCP packet is, by its type and, for feedback, its format. */
public enum RtcpKind {
    /** SR (RFC 3550 section 6.4.1). */
    SENDER_REPORT(200, -1),
    /** RR (RFC 3550 section 6.4.2). */
    RECEIVER_REPORT(201, -1),
    /** SDES (RFC 3550 section 6.5). */
    SOURCE_DESCRIPTION(202, -1),
    /** BYE (RFC 3550 section 6.6). */
    BYE(203, -1),
    /** APP (RFC 3550 section 6.7). */
    APPLICATION(204, -1),
    /** Generic NACK (RFC 4585 section 6.2.1). */
    NACK(205, 1),
    /** Request for a largest bit rate (RFC 5104 section 4.2.1). */
    TMMBR(205, 3),
    /** Notification of the largest bit rate (RFC 5104 section 4.2.2). */
    TMMBN(205, 4),
    /** Congestion control feedback (RFC 8888). */
    CONGESTION_FEEDBACK(205, 11),
    /** Transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
    TRANSPORT_FEEDBACK(205, 15),
    /** Picture loss indication (RFC 4585 section 6.3.1). */
    PICTURE_LOSS(206, 1),
    /** Full intra request (RFC 5104 section 4.3.1). */
    FULL_INTRA_REQUEST(206, 4),
    /** Receiver estimated maximum bit rate (draft-alvestrand-rmcat-remb-03). */
    RECEIVER_ESTIMATED_BITRATE(206, 15),
    /** XR (RFC 3611). */
    EXTENDED_REPORT(207, -1),
    /** Anything else. */
    UNKNOWN(-1, -1);

    private final int type;
    private final int format;

    RtcpKind(int type, int format) {
        this.type = type;
        this.format = format;
    }

    /**
     * Returns the packet type.
     *
     * @return 200 to 207, or -1 for {@link #UNKNOWN}
     */
    public int type() {
        return type;
    }

    /**
     * Returns the feedback format.
     *
     * @return 0 to 31, or -1 for what is not feedback
     */
    public int format() {
        return format;
    }

    static RtcpKind of(int type, int format) {
        return switch (type) {
            case 200 -> SENDER_REPORT;
            case 201 -> RECEIVER_REPORT;
            case 202 -> SOURCE_DESCRIPTION;
            case 203 -> BYE;
            case 204 -> APPLICATION;
            case 205 -> ofTransportFeedback(format);
            case 206 -> ofPayloadFeedback(format);
            case 207 -> EXTENDED_REPORT;
            default -> UNKNOWN;
        };
    }

    private static RtcpKind ofTransportFeedback(int format) {
        return switch (format) {
            case 1 -> NACK;
            case 3 -> TMMBR;
            case 4 -> TMMBN;
            case 11 -> CONGESTION_FEEDBACK;
            case 15 -> TRANSPORT_FEEDBACK;
            default -> UNKNOWN;
        };
    }

    private static RtcpKind ofPayloadFeedback(int format) {
        return switch (format) {
            case 1 -> PICTURE_LOSS;
            case 4 -> FULL_INTRA_REQUEST;
            case 15 -> RECEIVER_ESTIMATED_BITRATE;
            default -> UNKNOWN;
        };
    }
}
