package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/**
 * Takes STUN messages: decides whether one counts, answers requests (RFC 8445 section 7.3), and hands what is authentic to
 * its generation. Nothing but a counter changes for what is not.
 */
final class Inbound {

    private final IceEnvironment environment;
    private final Role role;
    private final Generations generations;
    private final DropCounters<DropReason> drops;
    private final IceEngine.Sink sink;
    private final Answerer answerer;
    private final AnswerLimiter limiter;
    private final StunReader reader = new StunReader();
    private final List<EarlyCheck> earlyChecks = new ArrayList<>();
    private long requests;

    Inbound(
            IceEnvironment environment,
            Role role,
            Generations generations,
            DropCounters<DropReason> drops,
            IceEngine.Sink sink,
            StunWriter writer) {
        this.environment = environment;
        this.role = role;
        this.generations = generations;
        this.drops = drops;
        this.sink = sink;
        answerer = new Answerer(sink, writer);
        limiter = new AnswerLimiter(environment.limits().answersPerSecond());
    }

    /** Authentic requests so far. */
    long requests() {
        return requests;
    }

    void take(LocalPort port, InetSocketAddress from, ByteBuffer packet, long nowNanos) {
        if (!reader.read(packet)) {
            drops.count(DropReason.MALFORMED);
            return;
        }
        switch (reader.type()) {
            case Stun.BINDING_REQUEST -> onRequest(port, from, nowNanos);
            case Stun.BINDING_SUCCESS, Stun.BINDING_ERROR -> onResponse(port, from, nowNanos);
            case Stun.BINDING_INDICATION -> {
                // A keepalive (RFC 8445 section 11): it has done its work on the way.
            }
            default -> drops.count(DropReason.UNSUPPORTED);
        }
    }

    private void onRequest(LocalPort port, InetSocketAddress from, long nowNanos) {
        if (!reader.hasFingerprint() || !reader.hasIntegrity()) {
            drops.count(DropReason.UNAUTHENTICATED);
            return;
        }
        Generation generation = generations.ofRequest(reader);
        if (generation == null) {
            drops.count(DropReason.UNKNOWN_UFRAG);
            return;
        }
        if (!reader.isAuthentic(generation.local().key())) {
            drops.count(DropReason.WRONG_INTEGRITY);
            return;
        }
        if (!limiter.tryAnswer(nowNanos)) {
            drops.count(DropReason.ANSWER_LIMIT);
            return;
        }
        requests++;
        if (!answer(port, from, generation)) {
            return;
        }
        if (generation.remote() != null && reader.isUsername(generation.expectedUsername())) {
            generation.onRequest(port, from, reader.priority(), reader.useCandidate(), reader.nomination(), nowNanos);
        } else if (generation == generations.current()) {
            keep(port, from);
        }
    }

    /** Answers; false when the answer was an error and the request has no further effect. */
    private boolean answer(LocalPort port, InetSocketAddress from, Generation generation) {
        if (reader.unknownCount() > 0) {
            answerer.refuseUnknown(port, from, reader, generation.local().key());
            return false;
        }
        if (reader.priority() < 1) {
            answerer.refuse(port, from, reader, generation.local().key());
            return false;
        }
        switch (role.judge(reader, environment.lite())) {
            case CONFLICT -> {
                answerer.refuseRole(port, from, reader, generation.local().key());
                return false;
            }
            case SWITCHED -> generations.roleChanged();
            case AGREES -> {
                // Nothing to repair.
            }
        }
        answerer.succeed(port, from, reader, generation.local().key());
        return true;
    }

    /**
     * A check of a generation whose parameters have not come yet. It is answered at once, as RFC 8445 section 7.3 asks; the
     * check that it triggers waits for the parameters.
     */
    private void keep(LocalPort port, InetSocketAddress from) {
        String senderUfrag = reader.senderUfrag();
        if (senderUfrag == null || earlyChecks.size() >= environment.limits().earlyChecks()) {
            return;
        }
        earlyChecks.add(
                new EarlyCheck(port, from, senderUfrag, reader.priority(), reader.useCandidate(), reader.nomination()));
        sink.onEvent(new IceEvent.RemoteVerified(port.id(), from));
    }

    /** The parameters of a remote generation have come: what its early checks asked for is done now. */
    void replay(Generation generation, String senderUfrag, long nowNanos) {
        List<EarlyCheck> checks = List.copyOf(earlyChecks);
        earlyChecks.clear();
        for (EarlyCheck early : checks) {
            if (early.senderUfrag().equals(senderUfrag)) {
                generation.onRequest(
                        early.port(),
                        early.from(),
                        early.priority(),
                        early.useCandidate(),
                        early.nomination(),
                        nowNanos);
            }
        }
    }

    boolean isEarlyPeer(int port, InetSocketAddress from) {
        for (EarlyCheck early : earlyChecks) {
            if (early.port().id() == port && early.from().equals(from)) {
                return true;
            }
        }
        return false;
    }

    /** Its connection has ended: the check that it would trigger has no way to leave. */
    void forget(int port, InetSocketAddress from) {
        earlyChecks.removeIf(early -> early.port().id() == port && early.from().equals(from));
    }

    /** The port is gone. */
    void forget(int port) {
        earlyChecks.removeIf(early -> early.port().id() == port);
    }

    void forget() {
        earlyChecks.clear();
    }

    private void onResponse(LocalPort port, InetSocketAddress from, long nowNanos) {
        Generation generation = generations.ofResponse(reader);
        CheckTransaction transaction = generation == null
                ? null
                : generation.transactions().find(reader.transactionHigh(), reader.transactionLow());
        if (generation == null || transaction == null) {
            drops.count(DropReason.UNEXPECTED_RESPONSE);
            return;
        }
        // RFC 8445 section 7.2.5.2.1 would fail the pair; but the addresses are not authenticated, so that anybody
        // could.
        if (!transaction.pair.joins(port.id(), from)) {
            drops.count(DropReason.ASYMMETRIC_RESPONSE);
            return;
        }
        Credentials remote = Objects.requireNonNull(generation.remote(), "a transaction needs remote credentials");
        if (!reader.isAuthentic(remote.key())) {
            drops.count(DropReason.WRONG_INTEGRITY);
            return;
        }
        if (reader.type() == Stun.BINDING_ERROR) {
            onError(generation, transaction);
            return;
        }
        InetSocketAddress mapped = reader.mappedAddress();
        if (mapped == null || reader.unknownCount() > 0) {
            drops.count(DropReason.MALFORMED);
            return;
        }
        generation.onSuccess(transaction, mapped, nowNanos);
    }

    private void onError(Generation generation, CheckTransaction transaction) {
        if (reader.errorCode() != Stun.ERROR_ROLE_CONFLICT) {
            generation.onError(transaction);
            return;
        }
        // A 487 to a request from before a switch is stale: switching again would undo the repair.
        boolean stale = transaction.controlling != role.isControlling();
        if (!stale && !environment.lite()) {
            role.switchRole();
            generations.roleChanged();
        }
        generation.onRoleConflict(transaction);
    }
}
