package org.webrtc4j.ice.agent;

import java.util.List;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceStats.PairState;

/**
 * What a generation does when the way of a pair is gone: a TCP connection has ended, a local address is not this machine's any
 * more, or a connection is not needed.
 */
final class LostPaths {

    /** How many checks a pair may have had when its connection breaks, to have it made again. */
    private static final int MAX_CONNECTS = 7;

    private final Checklist checklist;
    private final TransactionTable transactions;
    private final Nominator nominator;
    private final Selection selection;
    private final Patience patience;
    private final IceEngine.Sink sink;
    /** The way that carried data is gone, and nothing has taken its place yet. */
    private boolean pathLost;

    LostPaths(
            Checklist checklist,
            TransactionTable transactions,
            Nominator nominator,
            Selection selection,
            Patience patience,
            IceEngine.Sink sink) {
        this.checklist = checklist;
        this.transactions = transactions;
        this.nominator = nominator;
        this.selection = selection;
        this.patience = patience;
        this.sink = sink;
    }

    boolean isPathLost() {
        return pathLost;
    }

    /** Follows the selection. */
    void follow() {
        pathLost &= selection.selected() == null;
        releaseConnections();
    }

    void connectionEnded(CandidatePair pair, ConnectionEnd end, boolean checking, long nowNanos) {
        boolean worked = pair.verified;
        if (worked && nowNanos - pair.firstSuccessNanos >= Patience.NANOS) {
            pair.attempts = 0; // it had held: only what breaks again and again is given up
        }
        pair.end = end;
        lost(pair, nowNanos);
        if (worked && checking && pair.localPort.isActive() && pair.attempts < MAX_CONNECTS) {
            pair.state = PairState.WAITING;
        }
    }

    void portRemoved(int port, long nowNanos) {
        for (CandidatePair pair : List.copyOf(checklist.pairs())) {
            if (pair.port() == port) {
                checklist.remove(pair);
                lost(pair, nowNanos);
            }
        }
    }

    private void lost(CandidatePair pair, long nowNanos) {
        fail(pair);
        checklist.cancelTriggered(pair);
        nominator.lost(pair);
        if (pair == selection.selected()) {
            selection.lost();
            pathLost = true;
            patience.extend(nowNanos);
            retryOthers(pair, nowNanos);
        }
    }

    private void fail(CandidatePair pair) {
        pair.cancelCheck();
        transactions.removeIf(transaction -> transaction.pair == pair);
        pair.state = PairState.FAILED;
        pair.verified = false;
    }

    /** What was valid a moment ago may go on at once, all else is tried again. */
    private void retryOthers(CandidatePair lost, long nowNanos) {
        for (CandidatePair other : checklist.pairs()) {
            boolean fresh = other.state == PairState.SUCCEEDED
                    && nowNanos - other.lastSuccessNanos < Consent.DISCONNECTED_NANOS;
            if (other != lost && other.state != PairState.IN_PROGRESS && !fresh && other.mayBeChecked()) {
                other.state = PairState.WAITING;
            }
        }
    }

    /**
     * Once both sides have settled on a pair, connections of worse pairs are given up (RFC 6544 section 8.1): nobody would
     * keep them alive, and they cost the side that accepts them a descriptor each.
     */
    private void releaseConnections() {
        CandidatePair selected = selection.selected();
        if (selected == null || !selection.isSettled()) {
            return;
        }
        for (CandidatePair pair : checklist.pairs()) {
            if (pair.localPort.isActive()
                    && pair != selected
                    && pair.priority < selected.priority
                    && (pair.state == PairState.IN_PROGRESS || pair.state == PairState.SUCCEEDED)) {
                fail(pair);
                sink.onEvent(new IceEvent.RemoteForgotten(pair.port(), pair.remoteAddress()));
            }
        }
    }
}
