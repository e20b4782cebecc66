package org.webrtc4j.dtls;

import java.util.OptionalInt;

/**
 * Why an association died.
 *
 * @param reason the kind of failure
 * @param message one sentence for people
 * @param sentAlert the description of the fatal alert we sent (RFC 5246 section 7.2), or empty
 * @param receivedAlert the description of the fatal alert we received, or empty
 */
public record DtlsFailure(Reason reason, String message, OptionalInt sentAlert, OptionalInt receivedAlert) {

    /** The kinds of failure. */
    public enum Reason {
        /** The peer's certificate matches none of the fingerprints of its description. */
        FINGERPRINT_MISMATCH,
        /** The handshake did not end in time. */
        TIMEOUT,
        /** No handshake worker was free: the limit of the process is reached. */
        OVERLOADED,
        /** A fatal alert or a protocol violation ended it. */
        PROTOCOL,
        /** Something inside this process failed. */
        INTERNAL
    }
}
