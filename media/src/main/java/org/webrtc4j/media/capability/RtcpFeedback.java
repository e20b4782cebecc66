package org.webrtc4j.media.capability;

/**
 * A kind of RTCP feedback as an {@code a=rtcp-fb} line names it (RFC 4585 section 4.2).
 *
 * @param type {@code nack}, {@code ccm}, {@code transport-cc}, ...
 * @param parameter what follows the type, {@code pli}; empty for none
 */
public record RtcpFeedback(String type, String parameter) {

    /** Single packets are asked for again. */
    public static final RtcpFeedback NACK = new RtcpFeedback("nack", "");

    /** A picture was lost: a key frame is asked for. */
    public static final RtcpFeedback NACK_PLI = new RtcpFeedback("nack", "pli");

    /** A key frame is asked for (RFC 5104). */
    public static final RtcpFeedback CCM_FIR = new RtcpFeedback("ccm", "fir");

    /** Arrival times of all packets of the transport (draft-holmer-rmcat-transport-wide-cc-extensions). */
    public static final RtcpFeedback TRANSPORT_CC = new RtcpFeedback("transport-cc", "");

    /** Arrival times stream by stream (RFC 8888); answered where it is offered. */
    public static final RtcpFeedback CCFB = new RtcpFeedback("ack", "ccfb");

    /** The bitrate that a receiver estimates (draft-alvestrand-rmcat-remb). */
    public static final RtcpFeedback GOOG_REMB = new RtcpFeedback("goog-remb", "");

    /**
     * Reads the value of an {@code a=rtcp-fb} line after its payload type.
     *
     * @param text {@code nack pli}
     * @return the feedback
     */
    public static RtcpFeedback parse(String text) {
        String stripped = text.strip();
        int space = stripped.indexOf(' ');
        return space < 0
                ? new RtcpFeedback(stripped, "")
                : new RtcpFeedback(
                        stripped.substring(0, space),
                        stripped.substring(space + 1).strip());
    }

    /**
     * Returns the feedback as a session description has it.
     *
     * @return {@code nack pli}
     */
    @Override
    public String toString() {
        return parameter.isEmpty() ? type : type + " " + parameter;
    }
}
