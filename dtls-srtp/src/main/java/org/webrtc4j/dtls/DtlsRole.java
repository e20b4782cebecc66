package org.webrtc4j.dtls;

/** Who sends the first flight (RFC 5763 section 5). */
public enum DtlsRole {
    /** Sends the ClientHello: a=setup:active. */
    CLIENT,
    /** Waits for it: a=setup:passive. */
    SERVER
}
