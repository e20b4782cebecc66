package org.webrtc4j;

import java.util.OptionalInt;

/**
 * An error of WebRTC with its details.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcerror-interface">the specification</a>
 */
public final class RTCError extends DOMException {

    private static final long serialVersionUID = 1L;

    private static final int ABSENT = -1;

    /** What failed. */
    private final RTCErrorDetailType errorDetail;

    /** The line of a description, or absent. */
    private final int sdpLineNumber;

    /** The cause code of SCTP, or absent. */
    private final int sctpCauseCode;

    /** The alert received, or absent. */
    private final int receivedAlert;

    /** The alert sent, or absent. */
    private final int sentAlert;

    private RTCError(
            String message,
            RTCErrorDetailType errorDetail,
            int sdpLineNumber,
            int sctpCauseCode,
            int receivedAlert,
            int sentAlert) {
        super(message, "OperationError");
        this.errorDetail = errorDetail;
        this.sdpLineNumber = sdpLineNumber;
        this.sctpCauseCode = sctpCauseCode;
        this.receivedAlert = receivedAlert;
        this.sentAlert = sentAlert;
    }

    /**
     * Creates an error without further numbers.
     *
     * @param errorDetail its kind
     * @param message one sentence for people
     */
    public RTCError(RTCErrorDetailType errorDetail, String message) {
        this(message, errorDetail, ABSENT, ABSENT, ABSENT, ABSENT);
    }

    static RTCError sdpSyntax(int line, String message) {
        return new RTCError(message, RTCErrorDetailType.SDP_SYNTAX_ERROR, line, ABSENT, ABSENT, ABSENT);
    }

    static RTCError sctp(String message, OptionalInt cause) {
        return new RTCError(message, RTCErrorDetailType.SCTP_FAILURE, ABSENT, cause.orElse(ABSENT), ABSENT, ABSENT);
    }

    static RTCError dtls(RTCErrorDetailType detail, String message, OptionalInt sent, OptionalInt received) {
        return new RTCError(message, detail, ABSENT, ABSENT, received.orElse(ABSENT), sent.orElse(ABSENT));
    }

    /**
     * Returns the kind of error.
     *
     * @return the kind
     */
    public RTCErrorDetailType errorDetail() {
        return errorDetail;
    }

    /**
     * Returns the line of the description that cannot be read.
     *
     * @return the line, from 1; empty unless this is an SDP syntax error
     */
    public OptionalInt sdpLineNumber() {
        return present(sdpLineNumber);
    }

    /**
     * Returns the cause code with which the association was aborted (RFC 9260 section 3.3.10).
     *
     * @return the code; empty unless this is an SCTP failure with one
     */
    public OptionalInt sctpCauseCode() {
        return present(sctpCauseCode);
    }

    /**
     * Returns the fatal alert received (RFC 5246 section 7.2).
     *
     * @return its description; empty when none was received
     */
    public OptionalInt receivedAlert() {
        return present(receivedAlert);
    }

    /**
     * Returns the fatal alert sent (RFC 5246 section 7.2).
     *
     * @return its description; empty when none was sent
     */
    public OptionalInt sentAlert() {
        return present(sentAlert);
    }

    private static OptionalInt present(int value) {
        return value == ABSENT ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
