package org.webrtc4j.ice.agent;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.webrtc4j.common.ProtocolEngine;

/**
 * Consent to send on the selected pair (RFC 7675), which is keepalive too. A full agent asks for it and counts what is not
 * answered; a lite one watches the checks of its peer.
 */
final class Consent {

    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(30);
    static final long DISCONNECTED_NANOS = TimeUnit.SECONDS.toNanos(5);
    static final int DISCONNECTED_UNANSWERED = 3;

    /** A pair that answered this moment is not asked again. */
    static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A lite agent sees a peer's consent checks every 4 to 6 seconds; three of them missing is what it can notice. */
    static final long LITE_DISCONNECTED_NANOS = 3 * INTERVAL_NANOS;

    private final RandomGenerator random;
    private final boolean lite;
    private boolean active;
    private boolean awaiting;
    private boolean disconnected;
    private int unanswered;
    private long renewedNanos;
    private long firstUnansweredNanos;
    private long disconnectedNanos;
    private long nextRequestNanos;
    private long retryNanos = RETRY_NANOS;

    Consent(RandomGenerator random, boolean lite) {
        this.random = random;
        this.lite = lite;
    }

    /** Begins for a pair whose latest answer is known; a check that succeeded gives consent (RFC 7675 section 5.1). */
    void begin(long renewedNanos, long roundTripNanos, long nowNanos) {
        active = true;
        renew(renewedNanos, roundTripNanos, nowNanos);
        if (nowNanos - renewedNanos >= FRESH_NANOS) {
            nextRequestNanos = nowNanos; // the peer learns at once where we are now
        }
    }

    void end() {
        active = false;
        disconnected = false;
    }

    /** An authentic answer came (for a lite agent: a request). */
    void renew(long answeredNanos, long roundTripNanos, long nowNanos) {
        renewedNanos = answeredNanos;
        awaiting = false;
        disconnected = false;
        unanswered = 0;
        // On a path slower than half a second an answer is not missing before its time.
        retryNanos = Math.max(RETRY_NANOS, 2 * roundTripNanos);
        // 0.8 to 1.2 of the interval, so that connections made together do not check together (RFC 7675 section 5.1).
        nextRequestNanos = nowNanos + INTERVAL_NANOS * 4 / 5 + random.nextLong(INTERVAL_NANOS * 2 / 5 + 1);
    }

    /** Lets time pass; true when a request is to leave now. */
    boolean pollRequest(long nowNanos) {
        if (!active) {
            return false;
        }
        if (lite) {
            markDisconnected(nowNanos - renewedNanos >= LITE_DISCONNECTED_NANOS, nowNanos);
            return false;
        }
        if (nextRequestNanos - nowNanos > 0) {
            markDisconnected(isMissing(nowNanos), nowNanos);
            return false;
        }
        if (awaiting) {
            unanswered++;
        } else {
            firstUnansweredNanos = nowNanos;
        }
        awaiting = true;
        nextRequestNanos = nowNanos + retryNanos;
        markDisconnected(isMissing(nowNanos), nowNanos);
        return true;
    }

    /** Asks now instead of in some seconds; of an answer that has just come, a moment later. */
    void hurry(long nowNanos) {
        if (active && !lite && !awaiting) {
            long at = Math.max(nowNanos, renewedNanos + FRESH_NANOS);
            nextRequestNanos = Math.min(nextRequestNanos, at);
        }
    }

    /**
     * After what moment another pair must have answered to take over.
     *
     * @param early true to say so after a few requests in a row, before the pair counts as disconnected
     * @return NEVER while answers come
     */
    long lostNanos(boolean early) {
        if (disconnected) {
            return disconnectedNanos;
        }
        return early && isDoubtful() ? renewedNanos : ProtocolEngine.NEVER;
    }

    /** So many requests in a row were not answered that loss alone is not likely. */
    boolean isDoubtful() {
        return active && (disconnected || unanswered >= DISCONNECTED_UNANSWERED);
    }

    private boolean isMissing(long nowNanos) {
        return unanswered >= DISCONNECTED_UNANSWERED && nowNanos - firstUnansweredNanos >= DISCONNECTED_NANOS;
    }

    private void markDisconnected(boolean missing, long nowNanos) {
        if (missing && !disconnected) {
            disconnected = true;
            disconnectedNanos = nowNanos;
        }
    }

    boolean isDisconnected() {
        return disconnected;
    }

    boolean isExpired(long nowNanos) {
        return active && nowNanos - renewedNanos >= EXPIRY_NANOS;
    }

    long nextTimeout() {
        if (!active) {
            return ProtocolEngine.NEVER;
        }
        long expiry = renewedNanos + EXPIRY_NANOS;
        if (lite) {
            return disconnected ? expiry : Math.min(expiry, renewedNanos + LITE_DISCONNECTED_NANOS);
        }
        return Math.min(expiry, nextRequestNanos);
    }
}
