package org.webrtc4j.sctp;

/** The states of an association (RFC 9260 section 4). */
public enum SctpState {
    /** Not yet connected, or over. */
    CLOSED,
    /** INIT sent, INIT ACK awaited. */
    COOKIE_WAIT,
    /** COOKIE ECHO sent, COOKIE ACK awaited. */
    COOKIE_ECHOED,
    /** Data flows. */
    ESTABLISHED,
    /** A graceful end was asked for here; queued data goes out first. */
    SHUTDOWN_PENDING,
    /** SHUTDOWN sent. */
    SHUTDOWN_SENT,
    /** SHUTDOWN received; outstanding data goes out first. */
    SHUTDOWN_RECEIVED,
    /** SHUTDOWN ACK sent. */
    SHUTDOWN_ACK_SENT;

    /**
     * Tells whether the set-up is complete and the association not over.
     *
     * @return true from ESTABLISHED through SHUTDOWN_ACK_SENT
     */
    public boolean isOpen() {
        return compareTo(ESTABLISHED) >= 0;
    }
}
