package org.webrtc4j.ice.memory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.ice.agent.IceListeners;

/** One agent in memory. Two of them meet by a check and its answer, each a task on the other's loop. */
final class InMemoryIceAgent implements IceAgent {

    /** How long a path whose peer is gone stays DISCONNECTED, as RFC 7675 lets consent live. */
    private static final long CONSENT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final InMemoryIceAgents agents;
    private final EventLoop loop;
    private final IceAgentOptions options;
    private final int maxPayload;
    private final LoopTimer consentTimer;
    private final IceListeners listeners = new IceListeners();
    private final MemoryTraffic traffic = new MemoryTraffic();
    private final MemoryReader reader;
    private final Signalled signalled;
    private final long tieBreaker;

    private @Nullable Check earlyCheck;
    private @Nullable MemoryLink link;
    private @Nullable SelectedPair selected;
    private IceRole role = IceRole.UNKNOWN;
    private IceState state = IceState.NEW;
    private String linkedRemoteUfrag = "";
    private boolean started;
    private int selectedPairChanges;

    /** A connectivity check: who sends it, and which credentials it claims. */
    private record Check(
            InMemoryIceAgent from, String fromUfrag, String toUfrag, String toPwd, IceRole role, long tieBreaker) {}

    InMemoryIceAgent(InMemoryIceAgents agents, EventLoop loop, IceAgentOptions options, int maxPayload) {
        this.agents = agents;
        this.loop = loop;
        this.options = options;
        this.maxPayload = maxPayload;
        this.tieBreaker = agents.drawTieBreaker();
        this.consentTimer = loop.newTimer(this::onConsentExpired);
        this.reader = new MemoryReader(loop, traffic);
        this.signalled = new Signalled(agents, this, options.parameters().orElseGet(() -> agents.draw(options.lite())));
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public IceParameters localParameters() {
        return signalled.local();
    }

    @Override
    public void setRemoteParameters(IceParameters parameters) {
        if (state != IceState.CLOSED && signalled.remote(parameters)) {
            check();
        }
    }

    @Override
    public void setRole(IceRole role) {
        this.role = role;
        check();
    }

    @Override
    public IceRole role() {
        return role;
    }

    @Override
    public void gather(GatherPolicy policy) {
        if (state == IceState.CLOSED || signalled.gathering() != IceGatheringState.NEW) {
            return;
        }
        gatheringState(IceGatheringState.GATHERING);
        for (IceServer server : options.servers()) {
            for (String url : server.urls()) {
                IceCandidateError error = new IceCandidateError(null, -1, url, 701, "No network in memory.");
                listeners.onCandidateError(error);
            }
        }
        if (policy == GatherPolicy.ALL) {
            listeners.onCandidate(signalled.candidate());
        }
        gatheringState(IceGatheringState.COMPLETE);
        complete();
    }

    @Override
    public IceGatheringState gatheringState() {
        return signalled.gathering();
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
        if (state != IceState.CLOSED && signalled.add(candidate)) {
            check();
        }
    }

    @Override
    public void endOfRemoteCandidates(String ufrag) {
        if (signalled.endOfCandidates(ufrag)) {
            complete();
        }
    }

    @Override
    public IceParameters restart() {
        restart(agents.draw(options.lite()));
        return signalled.local();
    }

    @Override
    public void restart(IceParameters parameters) {
        if (state == IceState.CLOSED) {
            return;
        }
        signalled.restart(parameters, linkedRemoteUfrag);
        if (state == IceState.COMPLETED) {
            state(IceState.CONNECTED);
        } else if (state == IceState.DISCONNECTED || state == IceState.FAILED) {
            state(IceState.CHECKING);
        }
    }

    @Override
    public void cancelRestart() {
        if (state != IceState.CLOSED) {
            signalled.cancelRestart();
        }
    }

    @Override
    public void start() {
        started = true;
        check();
    }

    @Override
    public String explain() {
        IceParameters remote = signalled.remote();
        String checks = remote == null
                ? "no remote parameters came"
                : agents.find(remote.ufrag()) == null ? "no agent has the remote ufrag" : "the peer has not answered";
        return selected == null ? "In memory, " + checks + "." : "In memory, one pair connected.";
    }

    @Override
    public void close() {
        if (state == IceState.CLOSED) {
            return;
        }
        flush();
        signalled.end();
        consentTimer.cancel();
        reader.end();
        earlyCheck = null;
        MemoryLink old = link;
        link = null;
        if (old != null) {
            InMemoryIceAgent peer = old.peer();
            peer.post(() -> peer.onPeerGone(this));
        }
        SelectedPair before = selected;
        selected = null;
        if (before != null) {
            listeners.onSelectedPairChange(before, null);
        }
        writability();
        state(IceState.CLOSED);
    }

    @Override
    public boolean send(ByteBuffer packet) {
        MemoryLink path = link;
        if (path == null) {
            traffic.drop("no-usable-pair");
            return false;
        }
        if (packet.remaining() > maxPayload) {
            traffic.drop("too-large");
            return false;
        }
        int size = packet.remaining();
        if (!path.append(packet)) {
            writability();
            traffic.drop("run-full");
            return false;
        }
        traffic.sent(size);
        return true;
    }

    @Override
    public void flush() {
        if (link != null && !link.flush()) {
            onPeerGone(link.peer());
        }
    }

    @Override
    public int maxPayload() {
        return maxPayload;
    }

    @Override
    public boolean isWritable() {
        return link != null && link.isWritable();
    }

    @Override
    public void setReceiver(PacketReceiver receiver) {
        reader.receiver(receiver);
    }

    @Override
    public void addListener(IceListener listener) {
        listeners.add(listener);
    }

    @Override
    public IceState state() {
        return state;
    }

    @Override
    public Optional<SelectedPair> selectedPair() {
        return Optional.ofNullable(selected);
    }

    @Override
    public IceStats stats() {
        return traffic.stats(
                selected,
                selectedPairChanges,
                signalled.gathering() == IceGatheringState.NEW ? List.of() : List.of(signalled.candidate()),
                signalled.remoteCandidates());
    }

    /** Runs a task on this agent's loop; dropped when that loop has ended. */
    void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            // Whoever posts here is told by the silence that follows, as on a network.
            return;
        }
    }

    void deliver(PacketBatch batch) {
        if (state != IceState.CLOSED) {
            reader.deliver(batch);
        }
    }

    void onLinkDrained() {
        writability();
    }

    /** Sends a check when everything for one is known (RFC 8445 section 6.1.4.2), and answers one that came too early. */
    private void check() {
        IceParameters theirs = signalled.remote();
        if (!started || theirs == null || role == IceRole.UNKNOWN || state == IceState.CLOSED) {
            return;
        }
        Check kept = earlyCheck;
        if (kept != null && kept.fromUfrag().equals(theirs.ufrag())) {
            earlyCheck = null;
            onCheck(kept);
            return;
        }
        if (signalled.remoteCandidates().isEmpty() || linkedRemoteUfrag.equals(theirs.ufrag())) {
            return;
        }
        if (state == IceState.NEW) {
            state(IceState.CHECKING);
        }
        InMemoryIceAgent peer = agents.find(theirs.ufrag());
        if (peer != null) {
            String ours = signalled.local().ufrag();
            Check check = new Check(this, ours, theirs.ufrag(), theirs.pwd(), role, tieBreaker);
            peer.post(() -> peer.onCheck(check));
        }
    }

    private void onCheck(Check check) {
        if (state == IceState.CLOSED) {
            return;
        }
        IceParameters local = signalled.local();
        IceParameters remote = signalled.remote();
        if (!check.toUfrag().equals(local.ufrag()) || !check.toPwd().equals(local.pwd())) {
            traffic.drop("wrong-credentials");
            return;
        }
        if (!started
                || role == IceRole.UNKNOWN
                || remote == null
                || !remote.ufrag().equals(check.fromUfrag())) {
            earlyCheck = check;
            return;
        }
        if (check.role() == role) {
            // The larger tie-breaker controls (RFC 8445 section 7.3.1.1).
            role = tieBreaker >= check.tieBreaker() ? IceRole.CONTROLLING : IceRole.CONTROLLED;
        }
        IceRole theirRole = role == IceRole.CONTROLLING ? IceRole.CONTROLLED : IceRole.CONTROLLING;
        connect(check.from(), check.fromUfrag());
        InMemoryIceAgent peer = check.from();
        peer.post(() -> peer.onAnswer(this, check, theirRole));
    }

    private void onAnswer(InMemoryIceAgent peer, Check check, IceRole newRole) {
        IceParameters remote = signalled.remote();
        if (state != IceState.CLOSED && remote != null && remote.ufrag().equals(check.toUfrag())) {
            role = newRole;
            connect(peer, check.toUfrag());
        }
    }

    private void connect(InMemoryIceAgent peer, String remoteUfrag) {
        if (linkedRemoteUfrag.equals(remoteUfrag) && link != null) {
            return;
        }
        flush();
        linkedRemoteUfrag = remoteUfrag;
        if (link == null || link.peer() != peer) {
            link = new MemoryLink(this, peer);
        }
        consentTimer.cancel();
        SelectedPair before = selected;
        List<IceCandidate> candidates = signalled.remoteCandidates();
        SelectedPair current = new SelectedPair(
                signalled.candidate(),
                candidates.isEmpty()
                        ? agents.candidate(IceCandidateType.PEER_REFLEXIVE, remoteUfrag)
                        : candidates.get(0));
        selected = current;
        selectedPairChanges++;
        listeners.onSelectedPairChange(before, current);
        if (state == IceState.NEW) {
            state(IceState.CHECKING);
        }
        if (state != IceState.CONNECTED) {
            state(IceState.CONNECTED);
        }
        complete();
        writability();
    }

    private void onPeerGone(InMemoryIceAgent peer) {
        if (link == null || link.peer() != peer) {
            return;
        }
        link = null;
        linkedRemoteUfrag = "";
        state(IceState.DISCONNECTED);
        consentTimer.arm(loop.clock().nanoTime() + CONSENT_NANOS);
        writability();
    }

    private void onConsentExpired() {
        if (state == IceState.DISCONNECTED) {
            state(IceState.FAILED);
        }
    }

    private void complete() {
        if (state == IceState.CONNECTED && signalled.isComplete()) {
            state(IceState.COMPLETED);
        }
    }

    private void writability() {
        reader.writability(isWritable());
    }

    private void state(IceState next) {
        state = next;
        listeners.onStateChange(next);
    }

    private void gatheringState(IceGatheringState next) {
        signalled.gathering(next);
        listeners.onGatheringStateChange(next);
    }
}
