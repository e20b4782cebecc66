package org.webrtc4j.ice.agent;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceStats.PairState;

/**
 * Decides, on the controlling side, which pair is nominated and when (RFC 8445 section 8.1.1): the best valid one at once,
 * unless a better one may still succeed within a moment.
 */
final class Nominator {

    /** How long a better pair in progress is waited for. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How long a direct pair by UDP is waited for when the best valid one is relayed or uses TCP. */
    static final long FALLBACK_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Checklist checklist;
    private @Nullable CandidatePair nominating;
    private @Nullable CandidatePair nominated;
    private long deadlineNanos = ProtocolEngine.NEVER;
    private int value;

    Nominator(Checklist checklist) {
        this.checklist = checklist;
    }

    /** The pair whose nomination the peer has confirmed. */
    @Nullable
    CandidatePair nominated() {
        return nominated;
    }

    /** The pair whose nomination is under way. */
    @Nullable
    CandidatePair nominating() {
        return nominating;
    }

    /** The NOMINATION value of the nomination under way (draft-thatcher-ice-renomination). */
    int value() {
        return value;
    }

    long nextTimeout() {
        return deadlineNanos;
    }

    /**
     * Looks for a pair to nominate.
     *
     * @param renomination whether the peer follows a later nomination
     * @param remoteComplete whether no candidate follows from the peer
     * @param lostNanos since when the nominated pair has not answered, or NEVER while it does
     * @param nowNanos the time of this turn
     * @return the pair to check with USE-CANDIDATE now, or null
     */
    @Nullable
    CandidatePair decide(boolean renomination, boolean remoteComplete, long lostNanos, long nowNanos) {
        deadlineNanos = ProtocolEngine.NEVER;
        if (nominating != null && nominating.state != PairState.SUCCEEDED) {
            nominating = null;
        }
        CandidatePair best = checklist.bestSucceeded();
        if (best == null) {
            return null;
        }
        if (lostNanos != ProtocolEngine.NEVER && (nominated != null || nominating != null)) {
            CandidatePair other = freshest();
            boolean settling = nominating != null && nominating.lastSuccessNanos - lostNanos > 0;
            boolean wanted = other != nominating && other != nominated && other.lastSuccessNanos - lostNanos > 0;
            return wanted && !settling ? begin(other) : null;
        }
        if (nominating != null) {
            return null;
        }
        if (nominated != null) {
            return renomination && best.priority > nominated.priority ? begin(best) : null;
        }
        boolean fallback = best.isFallback();
        if (checklist.isBetterInProgress(best) || (fallback && !remoteComplete)) {
            long until = best.firstSuccessNanos + (fallback ? FALLBACK_PATIENCE_NANOS : PATIENCE_NANOS);
            if (until - nowNanos > 0) {
                deadlineNanos = until;
                return null;
            }
        }
        return begin(best);
    }

    private CandidatePair begin(CandidatePair pair) {
        nominating = pair;
        value++;
        return pair;
    }

    private CandidatePair freshest() {
        CandidatePair freshest = null;
        for (CandidatePair pair : checklist.pairs()) {
            if (pair.state == PairState.SUCCEEDED
                    && (freshest == null || pair.lastSuccessNanos - freshest.lastSuccessNanos > 0)) {
                freshest = pair;
            }
        }
        if (freshest == null) {
            throw new IllegalStateException("called with a valid pair in the list");
        }
        return freshest;
    }

    void confirmed(CandidatePair pair) {
        if (pair != nominating) {
            return; // another took its place while the answer was under way
        }
        if (nominated != null) {
            nominated.nominated = false;
        }
        pair.nominated = true;
        nominated = pair;
        nominating = null;
    }

    void refused(CandidatePair pair) {
        if (nominating == pair) {
            nominating = null;
        }
    }

    /** The pair is not there any more. */
    void lost(CandidatePair pair) {
        refused(pair);
        if (nominated == pair) {
            reset();
        }
    }

    /** The role was lost, or the pairs are gone: nothing of what was nominated counts any more. */
    void reset() {
        if (nominated != null) {
            nominated.nominated = false;
        }
        nominated = null;
        nominating = null;
        deadlineNanos = ProtocolEngine.NEVER;
    }
}
