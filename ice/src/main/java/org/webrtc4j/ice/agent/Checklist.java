package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceStats.PairState;

/** The pairs of one generation and the order in which they are checked (RFC 8445 section 6.1.2). */
final class Checklist {

    private final IceLimits limits;
    private final DropCounters<DropReason> drops;
    private final List<CandidatePair> pairs = new ArrayList<>();
    private final List<RemoteCandidate> remotes = new ArrayList<>();
    private final Deque<CandidatePair> triggered = new ArrayDeque<>();
    private int peerReflexives;

    Checklist(IceLimits limits, DropCounters<DropReason> drops) {
        this.limits = limits;
        this.drops = drops;
    }

    List<CandidatePair> pairs() {
        return pairs;
    }

    List<RemoteCandidate> remotes() {
        return remotes;
    }

    @Nullable
    RemoteCandidate remote(IceProtocol protocol, InetSocketAddress address) {
        for (RemoteCandidate remote : remotes) {
            if (remote.protocol() == protocol && remote.address().equals(address)) {
                return remote;
            }
        }
        return null;
    }

    @Nullable
    CandidatePair pair(int port, InetSocketAddress address) {
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).joins(port, address)) {
                return pairs.get(i);
            }
        }
        return null;
    }

    /** Adds a remote candidate; false when the limit for its kind is reached. */
    boolean add(RemoteCandidate remote) {
        if (remote.isPeerReflexive()) {
            if (peerReflexives >= limits.peerReflexiveCandidates()) {
                drops.count(DropReason.PEER_REFLEXIVE_LIMIT);
                return false;
            }
            peerReflexives++;
        } else if (!hasRoomForSignalled()) {
            return false;
        }
        remotes.add(remote);
        return true;
    }

    /** Makes a peer-reflexive candidate the signalled one that it is; beyond the limit for these it stays what it was. */
    void signalled(RemoteCandidate remote, IceCandidate candidate) {
        if (hasRoomForSignalled()) {
            remote.signalled(candidate);
            peerReflexives--;
        }
    }

    private boolean hasRoomForSignalled() {
        boolean room = remotes.size() - peerReflexives < limits.remoteCandidates();
        if (!room) {
            drops.count(DropReason.CANDIDATE_LIMIT);
        }
        return room;
    }

    /** Adds a pair; when the list is full the worst one that never answered gives way, to a better one or one asked for. */
    boolean add(CandidatePair pair, @Nullable CandidatePair selected, boolean asked) {
        if (pairs.size() >= limits.pairs()) {
            drops.count(DropReason.PAIR_LIMIT);
            CandidatePair worst = worst(selected);
            if (worst == null || (worst.priority > pair.priority && !asked)) {
                return false;
            }
            pairs.remove(worst);
            triggered.remove(worst);
        }
        pairs.add(pair);
        return true;
    }

    private @Nullable CandidatePair worst(@Nullable CandidatePair selected) {
        CandidatePair worst = null;
        for (CandidatePair pair : pairs) {
            if (pair != selected && !pair.verified && (worst == null || pair.priority < worst.priority)) {
                worst = pair;
            }
        }
        return worst;
    }

    void rank(boolean controlling) {
        pairs.forEach(pair -> pair.rank(controlling));
    }

    /** Queues a check that leaves before ordinary ones (RFC 8445 section 6.1.4.1); a full queue leaves it an ordinary one. */
    void trigger(CandidatePair pair) {
        if (!pair.triggered && triggered.size() < limits.triggeredChecks()) {
            pair.triggered = true;
            triggered.addLast(pair);
        }
    }

    /** Queues a nominating check before all others. */
    void nominate(CandidatePair pair) {
        pair.nominate = true;
        if (pair.triggered) {
            triggered.remove(pair);
        }
        pair.triggered = true;
        triggered.addFirst(pair);
    }

    void cancelTriggered(CandidatePair pair) {
        if (pair.triggered) {
            triggered.remove(pair);
            pair.triggered = false;
        }
    }

    void remove(CandidatePair pair) {
        cancelTriggered(pair);
        pairs.remove(pair);
    }

    /** Forgets connections that a peer opened and that have ended: it never comes from the same address again. */
    void forgetEnded() {
        pairs.removeIf(pair -> {
            boolean ended = pair.end != null && pair.remote.isPeerReflexive() && !pair.localPort.isActive();
            if (ended && remotes.remove(pair.remote)) {
                peerReflexives--;
            }
            return ended;
        });
    }

    boolean hasTriggered() {
        return !triggered.isEmpty();
    }

    @Nullable
    CandidatePair pollTriggered() {
        CandidatePair pair = triggered.pollFirst();
        if (pair != null) {
            pair.triggered = false;
        }
        return pair;
    }

    void clearTriggered() {
        triggered.forEach(pair -> pair.triggered = false);
        triggered.clear();
    }

    /** The next ordinary check: what was tried least first, then by priority; only above a floor. */
    @Nullable
    CandidatePair nextWaiting(long floorPriority, long nowNanos) {
        CandidatePair best = null;
        for (int i = 0; i < pairs.size(); i++) {
            CandidatePair pair = pairs.get(i);
            if (isWaiting(pair, floorPriority)
                    && !(pair.deferred && pair.notBeforeNanos - nowNanos > 0)
                    && (best == null || isBefore(pair, best))) {
                best = pair;
            }
        }
        return best;
    }

    private static boolean isBefore(CandidatePair pair, CandidatePair other) {
        return pair.attempts != other.attempts ? pair.attempts < other.attempts : pair.priority > other.priority;
    }

    private static boolean isWaiting(CandidatePair pair, long floorPriority) {
        return pair.state == PairState.WAITING && !pair.triggered && pair.priority > floorPriority;
    }

    /** When the next ordinary check may leave, pacing apart: now, the end of a deferral, or NEVER. */
    long nextWaitingNanos(long floorPriority, long nowNanos) {
        long next = ProtocolEngine.NEVER;
        for (int i = 0; i < pairs.size(); i++) {
            CandidatePair pair = pairs.get(i);
            if (isWaiting(pair, floorPriority)) {
                boolean later = pair.deferred && pair.notBeforeNanos - nowNanos > 0;
                next = Math.min(next, later ? pair.notBeforeNanos : nowNanos);
            }
        }
        return next;
    }

    @Nullable
    CandidatePair bestSucceeded() {
        CandidatePair best = null;
        for (CandidatePair pair : pairs) {
            if (pair.state == PairState.SUCCEEDED && (best == null || pair.priority > best.priority)) {
                best = pair;
            }
        }
        return best;
    }

    /** Tells whether a pair of higher priority may still succeed soon: its first check is out or about to leave. */
    boolean isBetterInProgress(CandidatePair than) {
        for (CandidatePair pair : pairs) {
            if (pair.priority > than.priority
                    && (pair.state == PairState.IN_PROGRESS || pair.state == PairState.WAITING)
                    && pair.attempts <= 1) {
                return true;
            }
        }
        return false;
    }

    int count(PairState state) {
        int count = 0;
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).state == state) {
                count++;
            }
        }
        return count;
    }
}
