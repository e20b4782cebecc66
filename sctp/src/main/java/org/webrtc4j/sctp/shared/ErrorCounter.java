package org.webrtc4j.sctp.shared;

import org.webrtc4j.sctp.SctpOptions;

/** Consecutive unanswered transmissions (RFC 9260 section 8.1: the association error counter). */
public final class ErrorCounter {

    private final int limit;
    private int errors;

    public ErrorCounter(int limit) {
        this.limit = limit;
    }

    /** Counts one more, and tells whether that is too many. */
    public boolean increment() {
        errors++;
        return limit != SctpOptions.UNLIMITED && errors > limit;
    }

    /** The peer has answered. */
    public void clear() {
        errors = 0;
    }
}
