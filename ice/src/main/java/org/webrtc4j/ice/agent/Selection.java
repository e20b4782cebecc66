package org.webrtc4j.ice.agent;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceStats.PairState;

/** Which pair of a generation carries data: chosen among those that work and are nominated, kept while it has consent. */
final class Selection {

    private final Role role;
    private final boolean lite;
    private final Checklist checklist;
    private final Nominator nominator;
    private final Consent consent;
    private @Nullable CandidatePair selected;

    Selection(Role role, boolean lite, Checklist checklist, Nominator nominator, Consent consent) {
        this.role = role;
        this.lite = lite;
        this.checklist = checklist;
        this.nominator = nominator;
        this.consent = consent;
    }

    @Nullable
    CandidatePair selected() {
        return selected;
    }

    /** The selected pair is not there any more; what else works, or will, takes its place. */
    void lost() {
        CandidatePair pair = selected;
        if (pair != null) {
            pair.nominatedByPeer = false;
        }
        end();
    }

    /** Tells whether the selected pair is the one both sides agreed on, as far as this side can know. */
    boolean isSettled() {
        CandidatePair pair = selected;
        return pair != null && (role.isControlling() ? nominator.nominated() == pair : pair.nominatedByPeer);
    }

    /** Nothing carries data any more. */
    void end() {
        consent.end();
        selected = null;
    }

    /** Follows what checks and nominations have brought. */
    void update(long nowNanos) {
        CandidatePair best = choose();
        CandidatePair before = selected;
        if (best != null && best != before) {
            if (before != null && consent.isDoubtful()) {
                // It was left because it was silent: only another check that succeeds makes it a choice again.
                before.state = PairState.FAILED;
                before.nominatedByPeer = false;
            }
            selected = best;
            consent.begin(best.lastSuccessNanos, best.roundTripNanos(), nowNanos);
        }
    }

    /** Below the selected pair nothing is checked, unless its answers are missing. */
    long floorPriority() {
        boolean settled = nominator.nominated() != null || !role.isControlling();
        return selected != null && settled && !consent.isDisconnected() ? selected.priority : Long.MIN_VALUE;
    }

    /** The nominated pair; before there is one, any valid pair may carry data (RFC 8445 section 12.1). */
    private @Nullable CandidatePair choose() {
        if (role.isControlling() && !lite) {
            CandidatePair nominated = nominator.nominated();
            CandidatePair nominating = nominator.nominating();
            return nominated != null ? nominated : nominating != null ? nominating : checklist.bestSucceeded();
        }
        CandidatePair best = null;
        for (CandidatePair pair : checklist.pairs()) {
            if (pair.nominatedByPeer
                    && pair.state == PairState.SUCCEEDED
                    && (best == null || isBetterNomination(pair, best))) {
                best = pair;
            }
        }
        return best != null || lite ? best : selected != null ? selected : checklist.bestSucceeded();
    }

    private boolean isBetterNomination(CandidatePair pair, CandidatePair than) {
        if (pair.peerNomination != than.peerNomination) {
            return pair.peerNomination > than.peerNomination;
        }
        long lost = consent.lostNanos(true);
        if (lost != ProtocolEngine.NEVER && (pair == selected || than == selected)) {
            // The peer moved on while the selected pair was silent.
            CandidatePair other = pair == selected ? than : pair;
            boolean moved = other.nominatedByPeerNanos - lost > 0;
            return moved == (other == pair);
        }
        // Alike are only addresses that one candidate of the peer was seen at, one after the other.
        return pair.priority != than.priority
                ? pair.priority > than.priority
                : pair.nominatedByPeerNanos - than.nominatedByPeerNanos > 0;
    }
}
