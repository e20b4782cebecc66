package org.webrtc4j.ice.agent;

import java.util.concurrent.TimeUnit;

/** One request of ours and its retransmissions (RFC 8489 section 6.2.1). */
final class CheckTransaction {

    /** How often a request is sent (Rc). */
    static final int MAX_SENDS = 7;

    static final long MIN_RTO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * The timeout doubles no further than this. A pair that times out is tried again until patience ends, so that waiting
     * longer for one transaction would only make lossy paths slower to connect.
     */
    static final long MAX_RTO_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * Over TCP a request is sent once and waited for this long (Ti of RFC 8489 section 6.2.2, which RFC 6544 section 7.1
     * refers to).
     */
    static final long RELIABLE_NANOS = TimeUnit.MILLISECONDS.toNanos(39_500);

    /** What a transaction is for. */
    enum Purpose {
        /** An ordinary or triggered check. */
        CHECK,
        /** A check with USE-CANDIDATE. */
        NOMINATION,
        /** Consent freshness (RFC 7675): sent once, never retransmitted. */
        CONSENT
    }

    final CandidatePair pair;
    final int idHigh;
    final long idLow;
    final Purpose purpose;
    /** The role the request claims; a 487 about another role than the present one is stale. */
    final boolean controlling;

    final long startedNanos;
    private final int maxSends;
    private final long maxRtoNanos;
    private long rtoNanos;
    int sends;
    long deadlineNanos;
    /** Not retransmitted any more, but an answer still counts (RFC 8445 section 7.3.1.4). */
    boolean cancelled;

    CheckTransaction(
            CandidatePair pair,
            int idHigh,
            long idLow,
            Purpose purpose,
            boolean controlling,
            long rtoNanos,
            long startedNanos) {
        this.pair = pair;
        this.idHigh = idHigh;
        this.idLow = idLow;
        this.purpose = purpose;
        this.controlling = controlling;
        boolean reliable = pair.isTcp() && purpose != Purpose.CONSENT;
        maxSends = reliable ? 1 : MAX_SENDS;
        this.rtoNanos = reliable ? RELIABLE_NANOS : rtoNanos;
        maxRtoNanos = Math.max(this.rtoNanos, MAX_RTO_NANOS);
        this.startedNanos = startedNanos;
    }

    /** Counts a transmission and sets the deadline for the answer. */
    void sent(long nowNanos) {
        sends++;
        deadlineNanos = nowNanos + rtoNanos;
        rtoNanos = Math.min(2 * rtoNanos, maxRtoNanos);
    }

    boolean mayRetransmit() {
        return !cancelled && purpose != Purpose.CONSENT && sends < maxSends;
    }
}
