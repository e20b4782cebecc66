package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceStats.PairState;
import org.webrtc4j.ice.agent.CheckTransaction.Purpose;
import org.webrtc4j.ice.stun.StunWriter;

/**
 * One generation of an agent, from its credentials to its selected pair (RFC 8445 section 9 begins another). After a
 * restart two of them live side by side: the older keeps its pair until the newer has one.
 */
final class Generation {

    /**
     * After so many triggered checks an ordinary one that waits has its turn: two NATs that let everybody in and show every
     * address another port make the peers trigger checks without end, none of which can succeed.
     */
    private static final int TRIGGERED_IN_ROW = 3;

    /** An answer later than this renews nothing. */
    private static final long CONSENT_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final IceEnvironment environment;
    private final Role role;
    private final Pacer pacer;
    private final IceEngine.Sink sink;
    private final Credentials local;
    private final LocalCandidates localCandidates;
    private final List<LocalPort> ports;
    private int triggeredInRow;
    private final Checklist checklist;
    private final Nominator nominator;
    private final Consent consent;
    private final Selection selection;
    private final Patience patience = new Patience();
    private final LostPaths lostPaths;
    private final CheckSender sender;
    private final TransactionTable transactions;
    private @Nullable Credentials remote;
    private byte[] expectedUsername = new byte[0];
    private boolean checking;
    private boolean localComplete;
    private boolean remoteComplete;
    private boolean failed;

    Generation(
            IceEnvironment environment,
            Role role,
            Pacer pacer,
            DropCounters<DropReason> drops,
            IceEngine.Sink sink,
            StunWriter writer,
            Credentials local,
            List<LocalPort> ports) {
        this.environment = environment;
        this.role = role;
        this.pacer = pacer;
        this.sink = sink;
        this.local = local;
        this.ports = ports;
        localCandidates = new LocalCandidates(local.parameters().ufrag());
        checklist = new Checklist(environment.limits(), drops);
        nominator = new Nominator(checklist);
        consent = new Consent(environment.random(), environment.lite());
        selection = new Selection(role, environment.lite(), checklist, nominator, consent);
        sender = new CheckSender(environment, role, sink, writer);
        transactions = sender.transactions();
        lostPaths = new LostPaths(checklist, transactions, nominator, selection, patience, sink);
    }

    Credentials local() {
        return local;
    }

    @Nullable
    Credentials remote() {
        return remote;
    }

    LocalCandidates localCandidates() {
        return localCandidates;
    }

    Checklist checklist() {
        return checklist;
    }

    TransactionTable transactions() {
        return transactions;
    }

    @Nullable
    CandidatePair selected() {
        return selection.selected();
    }

    /** The USERNAME of requests from the peer of this generation. */
    byte[] expectedUsername() {
        return expectedUsername;
    }

    boolean isFailed() {
        return failed;
    }

    boolean isPathLost() {
        return lostPaths.isPathLost();
    }

    boolean isDisconnected() {
        return consent.isDisconnected();
    }

    boolean hasRemoteCandidates() {
        return !checklist.remotes().isEmpty();
    }

    /** The remote side restarted and this one has not: the same candidates serve again. */
    void inheritLocal(Generation before) {
        localCandidates.addAll(before.localCandidates);
        localComplete = before.localComplete;
    }

    void setLocalComplete() {
        localComplete = true;
    }

    void setRemoteComplete(long nowNanos) {
        beginPatience(nowNanos);
        remoteComplete = true;
    }

    /** Both sides have told all their candidates, and no check that could change the choice is left. */
    boolean isComplete() {
        return localComplete
                && remoteComplete
                && selection.selected() != null
                && nominator.nominating() == null
                && !checklist.hasTriggered()
                && checklist.nextWaitingNanos(selection.floorPriority(), 0) == ProtocolEngine.NEVER
                && checklist.count(PairState.IN_PROGRESS) == 0;
    }

    void setRemote(Credentials credentials) {
        remote = credentials;
        expectedUsername = local.usernameFrom(credentials);
        sender.setRemote(local, credentials);
    }

    /** Begins checks; called again it only makes sure that they run. */
    void begin(long nowNanos) {
        if (!checking) {
            checking = true;
            patience.extend(nowNanos);
        }
    }

    /** Another generation takes over: what was selected stays, nothing new is checked. */
    void suspend() {
        checking = false;
        checklist.clearTriggered();
        transactions.removeIf(transaction -> transaction.purpose != Purpose.CONSENT);
    }

    /** Stops sending; answers and data of the peer are still taken until the engine forgets this generation. */
    void retire() {
        suspend();
        transactions.clear();
        selection.end();
    }

    void roleChanged() {
        nominator.reset();
        checklist.rank(role.isControlling());
    }

    void portAdded(LocalPort port, long nowNanos) {
        for (RemoteCandidate candidate : checklist.remotes()) {
            pair(port, candidate);
        }
        patience.extend(nowNanos);
    }

    void addRemote(IceCandidate candidate, InetSocketAddress address, long nowNanos) {
        RemoteCandidate known = checklist.remote(candidate.protocol(), address);
        if (known != null) {
            if (known.isPeerReflexive()) {
                checklist.signalled(known, candidate);
                checklist.rank(role.isControlling());
            }
        } else {
            known = new RemoteCandidate(address, candidate);
            if (!checklist.add(known)) {
                return;
            }
        }
        for (LocalPort port : ports) {
            pair(port, known);
        }
        patience.extend(nowNanos);
    }

    /** Takes an authentic request of the peer of this generation, already answered (RFC 8445 section 7.3.1). */
    void onRequest(
            LocalPort port,
            InetSocketAddress from,
            long priority,
            boolean useCandidate,
            long nomination,
            long nowNanos) {
        RemoteCandidate candidate = checklist.remote(port.protocol(), from);
        if (candidate == null) {
            beginPatience(nowNanos);
            checklist.forgetEnded();
            candidate = RemoteCandidate.peerReflexive(
                    port, from, priority, checklist.remotes().size(), remote);
            if (!checklist.add(candidate)) {
                return;
            }
        }
        CandidatePair pair = checklist.pair(port.id(), from);
        if (pair == null) {
            pair = addPair(port, candidate, true);
            if (pair == null) {
                return;
            }
        }
        pair.requestsReceived++;
        pair.responsesSent++;
        pair.end = null;
        verify(pair);
        boolean elsewhere = pair != selection.selected() && selection.isSettled();
        if (elsewhere) {
            // The peer may have moved here from where it was: soon known, when the selected pair is asked now.
            consent.hurry(nowNanos);
        }
        if (useCandidate && !role.isControlling()) {
            pair.nominatedByPeer = true;
            pair.nominatedByPeerNanos = nowNanos;
            pair.peerNomination = Math.max(pair.peerNomination, nomination);
        }
        if (environment.lite()) {
            pair.succeeded(nowNanos);
            if (pair == selection.selected()) {
                consent.renew(nowNanos, 0, nowNanos);
            }
        } else if (checking && pair.state != PairState.SUCCEEDED) {
            pair.cancelCheck();
            pair.state = PairState.WAITING;
            pair.deferred = false;
            checklist.trigger(pair);
        } else if (checking
                && elsewhere
                && pair.check == null
                && nowNanos - pair.lastSuccessNanos >= Consent.FRESH_NANOS) {
            checklist.trigger(pair);
        }
    }

    /** Takes an authentic response that came from where the request went (RFC 8445 section 7.2.5). */
    void onSuccess(CheckTransaction transaction, InetSocketAddress mapped, long nowNanos) {
        CandidatePair pair = transaction.pair;
        transactions.remove(transaction);
        pair.responsesReceived++;
        // Which of several transmissions was answered is unknown (RFC 6298 section 3).
        if (transaction.sends == 1) {
            pair.measured(nowNanos - transaction.startedNanos);
        }
        verify(pair);
        pair.local = localCandidates.ofMapped(pair.localPort, mapped);
        if (pair.check != null && (pair.check == transaction || pair.check.purpose != Purpose.NOMINATION)) {
            // An answer to another check of this pair may be under way; it will do no harm. A nomination goes on.
            pair.cancelCheck();
        }
        pair.succeeded(nowNanos);
        if (transaction.purpose == Purpose.NOMINATION && role.isControlling()) {
            nominator.confirmed(pair);
        }
        if (pair == selection.selected()) {
            consent.renew(nowNanos, pair.roundTripNanos(), nowNanos);
        }
    }

    /** The peer refused for another reason than the role: this check is over, a request of the peer brings another. */
    void onError(CheckTransaction transaction) {
        transactions.remove(transaction);
        transaction.pair.responsesReceived++;
        if (transaction.purpose == Purpose.CONSENT) {
            return;
        }
        nominator.refused(transaction.pair);
        if (transaction.pair.check == transaction) {
            transaction.pair.check = null;
            transaction.pair.state = PairState.FAILED;
        }
    }

    /** The peer answered 487 (RFC 8445 section 7.2.5.1): the same pair is checked again at once, in the other role. */
    void onRoleConflict(CheckTransaction transaction) {
        CandidatePair pair = transaction.pair;
        transactions.remove(transaction);
        pair.responsesReceived++;
        pair.cancelCheck();
        if (pair.state != PairState.SUCCEEDED && checking) {
            pair.state = PairState.WAITING;
            checklist.trigger(pair);
        }
    }

    void handleTimeout(long nowNanos) {
        transactions.expire(nowNanos, transaction -> onDeadline(transaction, nowNanos));
        pollConsent(nowNanos);
        if (checking && selection.selected() == null && !failed && patience.isOver(nowNanos) && isPatienceRunning()) {
            fail();
        }
    }

    /** Decides and emits: nomination, checks that may leave now, and which pair carries data. */
    void step(long nowNanos) {
        if (checking && !failed && !environment.lite() && remote != null) {
            if (role.isControlling()) {
                long lost = consent.lostNanos(sender.renominates());
                CandidatePair pair = nominator.decide(sender.renominates(), remoteComplete, lost, nowNanos);
                if (pair != null) {
                    checklist.nominate(pair);
                }
            }
            sendChecks(nowNanos);
        }
        if (!failed) {
            selection.update(nowNanos);
            lostPaths.follow();
        }
    }

    long nextTimeout(long nowNanos) {
        long next = Math.min(transactions.nextDeadline(), consent.nextTimeout());
        if (!checking || failed || environment.lite()) {
            return next;
        }
        next = Math.min(next, nominator.nextTimeout());
        if (selection.selected() == null && isPatienceRunning()) {
            next = Math.min(next, patience.endNanos());
        }
        if (checklist.hasTriggered()) {
            return Math.min(next, pacer.nextAvailable(true, nowNanos));
        }
        long waiting = checklist.nextWaitingNanos(selection.floorPriority(), nowNanos);
        return waiting == ProtocolEngine.NEVER
                ? next
                : Math.min(next, Math.max(waiting, pacer.nextAvailable(false, nowNanos)));
    }

    private void sendChecks(long nowNanos) {
        while (true) {
            boolean urgent = checklist.hasTriggered();
            boolean ordinary = !urgent || triggeredInRow >= TRIGGERED_IN_ROW;
            CandidatePair next = ordinary ? checklist.nextWaiting(selection.floorPriority(), nowNanos) : null;
            if ((!urgent && next == null) || !pacer.tryTake(urgent, nowNanos)) {
                return;
            }
            triggeredInRow = next == null ? triggeredInRow + 1 : 0;
            CandidatePair pair = next == null ? checklist.pollTriggered() : next;
            if (pair != null) {
                check(pair, nowNanos);
            }
        }
    }

    private void check(CandidatePair pair, long nowNanos) {
        if (!pair.verified && !environment.budget().tryAddress(pair.remoteAddress(), nowNanos)) {
            pair.deferred = true;
            pair.notBeforeNanos = CheckBudget.nextWindow(nowNanos);
            return;
        }
        Purpose purpose = pair.nominate && role.isControlling() ? Purpose.NOMINATION : Purpose.CHECK;
        pair.nominate = false;
        int live = checklist.count(PairState.IN_PROGRESS) + checklist.count(PairState.WAITING);
        long rto = Math.max(CheckTransaction.MIN_RTO_NANOS, Pacer.TA_NANOS * live);
        pair.end = null;
        pair.check = sender.send(pair, purpose, rto, nominator.value(), nowNanos);
        pair.attempts++;
        if (pair.state != PairState.SUCCEEDED) {
            pair.state = PairState.IN_PROGRESS;
        }
    }

    private void onDeadline(CheckTransaction transaction, long nowNanos) {
        CandidatePair pair = transaction.pair;
        if (transaction.purpose == Purpose.CONSENT) {
            if (nowNanos - transaction.startedNanos >= CONSENT_ANSWER_NANOS) {
                transactions.remove(transaction);
            } else {
                transaction.deadlineNanos = transaction.startedNanos + CONSENT_ANSWER_NANOS;
            }
            return;
        }
        if (transaction.mayRetransmit()) {
            if (pair.verified || environment.budget().tryAddress(pair.remoteAddress(), nowNanos)) {
                sender.transmit(transaction, nominator.value(), nowNanos);
            } else {
                transaction.sent(nowNanos);
            }
            return;
        }
        transactions.remove(transaction);
        if (pair.check == transaction) {
            pair.check = null;
            nominator.refused(pair);
            if (pair != selection.selected()) {
                // Loss must not end a pair while there is time (RFC 8863 section 4).
                pair.state = selection.selected() == null && !patience.isOver(nowNanos)
                        ? PairState.WAITING
                        : PairState.FAILED;
            }
        }
    }

    /** The TCP connection of a pair has ended, or was never made: the pair fails at once, without waiting for answers. */
    void onConnectionEnded(int port, InetSocketAddress address, ConnectionEnd end, long nowNanos) {
        CandidatePair pair = checklist.pair(port, address);
        if (pair != null && !failed) {
            lostPaths.connectionEnded(pair, end, checking, nowNanos);
        }
    }

    /** A local port is gone, with all its pairs; what was selected there has no way any more. */
    void portRemoved(int port, long nowNanos) {
        lostPaths.portRemoved(port, nowNanos);
        localCandidates.remove(port);
    }

    private void pollConsent(long nowNanos) {
        CandidatePair pair = selection.selected();
        if (pair == null) {
            return;
        }
        boolean before = consent.isDisconnected();
        if (consent.isExpired(nowNanos)) {
            fail();
        } else if (consent.pollRequest(nowNanos)) {
            sender.send(pair, Purpose.CONSENT, Consent.RETRY_NANOS, nominator.value(), nowNanos);
        }
        if (consent.isDisconnected() && !before && checking) {
            // Another pair may still work: all are tried again, the selected one by consent.
            for (CandidatePair other : checklist.pairs()) {
                if (other != pair && other.state != PairState.IN_PROGRESS && other.mayBeChecked()) {
                    other.state = PairState.WAITING;
                }
            }
        }
    }

    private void fail() {
        failed = true;
        for (CandidatePair pair : checklist.pairs()) {
            pair.state = PairState.FAILED;
            pair.check = null;
        }
        checklist.clearTriggered();
        transactions.clear();
        selection.end();
        nominator.reset();
    }

    private @Nullable CandidatePair addPair(LocalPort port, RemoteCandidate candidate, boolean asked) {
        CandidatePair pair = new CandidatePair(port, localCandidates.ofBase(port), candidate);
        pair.rank(role.isControlling());
        return checklist.add(pair, selection.selected(), asked) ? pair : null;
    }

    private void pair(LocalPort port, RemoteCandidate candidate) {
        InetSocketAddress address = candidate.address();
        if (port.mayCheck(candidate.candidate(), address.getAddress()) && checklist.pair(port.id(), address) == null) {
            addPair(port, candidate, false);
        }
    }

    private void verify(CandidatePair pair) {
        if (!pair.verified) {
            pair.verified = true;
            sink.onEvent(new IceEvent.RemoteVerified(pair.port(), pair.remoteAddress()));
        }
    }

    private boolean isPatienceRunning() {
        return remoteComplete || hasRemoteCandidates();
    }

    private void beginPatience(long nowNanos) {
        if (!isPatienceRunning()) {
            patience.extend(nowNanos);
        }
    }
}
