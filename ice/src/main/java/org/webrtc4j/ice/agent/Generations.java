package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/**
 * The current generation and the one before it. After a restart (RFC 8445 section 9) the older one keeps its pair until the
 * newer one has a pair of its own, and then lingers a moment for what is under way.
 */
final class Generations {

    /** How long packets of the generation before are taken after the current one has connected. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final IceEnvironment environment;
    private final Role role;
    private final Pacer pacer;
    private final DropCounters<DropReason> drops;
    private final IceEngine.Sink sink;
    private final StunWriter writer;
    private final List<LocalPort> ports = new ArrayList<>();
    private Generation current;
    private @Nullable Generation previous;
    /** The previous generation has been replaced and only lingers. */
    private boolean retired;

    private long lingerNanos;

    Generations(
            IceEnvironment environment,
            Role role,
            Pacer pacer,
            DropCounters<DropReason> drops,
            IceEngine.Sink sink,
            StunWriter writer,
            IceParameters parameters) {
        this.environment = environment;
        this.role = role;
        this.pacer = pacer;
        this.drops = drops;
        this.sink = sink;
        this.writer = writer;
        current = newGeneration(parameters);
    }

    private Generation newGeneration(IceParameters parameters) {
        return new Generation(environment, role, pacer, drops, sink, writer, new Credentials(parameters), ports);
    }

    Generation current() {
        return current;
    }

    @Nullable
    LocalPort port(int id) {
        for (LocalPort port : ports) {
            if (port.id() == id) {
                return port;
            }
        }
        return null;
    }

    void addPort(LocalPort port, long nowNanos) {
        ports.add(port);
        current.portAdded(port, nowNanos);
    }

    /** The port is gone, in whichever generations have pairs on it; its number may be given again. */
    void removePort(int id, long nowNanos) {
        ports.removeIf(port -> port.id() == id);
        current.portRemoved(id, nowNanos);
        if (previous != null) {
            previous.portRemoved(id, nowNanos);
        }
    }

    /** The ufrags for which requests are expected. */
    List<String> localUfrags() {
        String ufrag = ufragOf(current);
        String before = previous == null ? ufrag : ufragOf(previous);
        return ufrag.equals(before) ? List.of(ufrag) : List.of(ufrag, before);
    }

    /** The remote side restarted; until this side does, its credentials and candidates serve again. */
    void remoteRestarted() {
        Generation next = newGeneration(current.local().parameters());
        next.inheritLocal(current);
        supersede(next);
    }

    /**
     * Begins a local generation. Remote credentials that have met no local restart yet are its peer's, others are awaited.
     *
     * @return whether the new generation has its remote credentials already
     */
    boolean restart(IceParameters parameters, long nowNanos) {
        Generation before = current;
        boolean remoteIsAhead =
                previous != null && !retired && ufragOf(previous).equals(ufragOf(before));
        Generation next = newGeneration(parameters);
        supersede(next);
        Credentials remote = before.remote();
        if (!remoteIsAhead || remote == null) {
            return false;
        }
        next.setRemote(remote);
        for (RemoteCandidate candidate : before.checklist().remotes()) {
            if (!candidate.isPeerReflexive()) {
                next.addRemote(candidate.candidate(), candidate.address(), nowNanos);
            }
        }
        return true;
    }

    /** The current generation becomes the previous one, unless that still carries data and this one does not. */
    private void supersede(Generation next) {
        Generation old = current;
        Generation older = previous;
        current = next;
        if (older != null && !retired && old.selected() == null && older.selected() != null) {
            forget(old);
            return;
        }
        old.suspend();
        previous = old;
        retired = false;
        if (older != null) {
            forget(older);
        }
    }

    /** The generation before becomes the current one again; false when the peer has joined the restart, or there is none. */
    boolean cancelRestart() {
        Generation before = previous;
        if (before == null || retired || current.remote() != null) {
            return false;
        }
        Generation taken = current;
        current = before;
        previous = null;
        forget(taken);
        return true;
    }

    /** Ends a generation that is neither current nor previous any more, and what only it had bound. */
    private void forget(Generation ended) {
        ended.retire();
        for (CandidatePair pair : ended.checklist().pairs()) {
            if (pair.verified && verifiedPair(pair.port(), pair.remoteAddress()) == null) {
                sink.onEvent(new IceEvent.RemoteForgotten(pair.port(), pair.remoteAddress()));
            }
        }
        if (!localUfrags().contains(ufragOf(ended))) {
            sink.onEvent(new IceEvent.GenerationEnded(ufragOf(ended)));
        }
    }

    private static String ufragOf(Generation generation) {
        return generation.local().parameters().ufrag();
    }

    void roleChanged() {
        current.roleChanged();
        if (previous != null) {
            previous.roleChanged();
        }
    }

    /** Tells whether a ufrag is that of the remote generation before. */
    boolean isRemoteOfPrevious(@Nullable String ufrag) {
        Credentials remote = previous == null ? null : previous.remote();
        return remote != null && remote.parameters().ufrag().equals(ufrag);
    }

    /** Finds the generation of a request by local ufrag; where two share it, the sender's ufrag tells them apart. */
    @Nullable
    Generation ofRequest(StunReader request) {
        Generation before = previous;
        boolean forCurrent = request.isUsernameFor(current.local().ufrag());
        if (forCurrent && (current.remote() == null || request.isUsername(current.expectedUsername()))) {
            return current;
        }
        if (before != null && before.remote() != null && request.isUsername(before.expectedUsername())) {
            return before;
        }
        return forCurrent ? current : null;
    }

    /** Finds the generation to whose request this is a response. */
    @Nullable
    Generation ofResponse(StunReader response) {
        int high = response.transactionHigh();
        long low = response.transactionLow();
        if (current.transactions().find(high, low) != null) {
            return current;
        }
        return previous != null && previous.transactions().find(high, low) != null ? previous : null;
    }

    @Nullable
    CandidatePair verifiedPair(int port, InetSocketAddress from) {
        CandidatePair pair = current.checklist().pair(port, from);
        if ((pair == null || !pair.verified) && previous != null) {
            pair = previous.checklist().pair(port, from);
        }
        return pair != null && pair.verified ? pair : null;
    }

    /** A TCP connection has ended, of whichever generations use it. */
    void connectionEnded(int port, InetSocketAddress remote, ConnectionEnd end, long nowNanos) {
        current.onConnectionEnded(port, remote, end, nowNanos);
        if (previous != null) {
            previous.onConnectionEnded(port, remote, end, nowNanos);
        }
    }

    void handleTimeout(long nowNanos) {
        current.handleTimeout(nowNanos);
        Generation before = previous;
        if (before == null) {
            return;
        }
        before.handleTimeout(nowNanos);
        if (retired && lingerNanos - nowNanos <= 0) {
            previous = null;
            forget(before);
        }
    }

    /** Lets both decide and emit; returns the pair that carries data. */
    @Nullable
    CandidatePair step(long nowNanos) {
        current.step(nowNanos);
        Generation before = previous;
        if (before != null && !retired) {
            before.step(nowNanos);
            if (current.selected() != null) {
                before.retire();
                retired = true;
                lingerNanos = nowNanos + LINGER_NANOS;
            }
        }
        return current.selected() != null || before == null ? current.selected() : before.selected();
    }

    /** Tells whether the pair that carries data does not answer. */
    boolean isDisconnected() {
        Generation carrying = current.selected() == null && previous != null ? previous : current;
        return carrying.isDisconnected();
    }

    long nextTimeout(long nowNanos) {
        long next = current.nextTimeout(nowNanos);
        if (previous == null) {
            return next;
        }
        return Math.min(next, retired ? lingerNanos : previous.nextTimeout(nowNanos));
    }

    /** All pairs, of the generation before too while it carries data. */
    List<IceStats.Pair> stats() {
        List<IceStats.Pair> pairs = new ArrayList<>();
        current.checklist().pairs().forEach(pair -> pairs.add(pair.toStats()));
        if (previous != null && !retired) {
            previous.checklist().pairs().forEach(pair -> pairs.add(pair.toStats()));
        }
        return pairs;
    }

    void close() {
        current.retire();
        if (previous != null) {
            previous.retire();
        }
    }

    /** Nothing runs in a generation that has been replaced. */
    boolean consistent() {
        return !retired || previous == null || previous.nextTimeout(0) == ProtocolEngine.NEVER;
    }
}
