package org.webrtc4j.ice4j;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.ice4j.ice.CandidatePair;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.ice.agent.EarlyPackets;
import org.webrtc4j.ice.agent.IceListeners;

/** An agent whose generations are agents of ice4j. Confined to its loop. */
final class Ice4jAgent implements IceAgent, Inbox.Reader {

    /** What any path carries (RFC 8831 section 5 assumes as much), said while none is selected. */
    private static final int MAX_PAYLOAD_UNSELECTED = 1_200;

    private final Ice4jAgents factory;
    private final EventLoop loop;
    private final IceAgentOptions options;
    private final ConsentWatch consent;
    private final Inbox inbox;
    private final IceListeners listeners = new IceListeners();
    private final EarlyPackets early = new EarlyPackets();
    private final SharedDrops drops = new SharedDrops();

    private Generation current;
    private RemoteSide remote;
    private @Nullable Replaced replaced;
    private @Nullable Generation carrier;
    private @Nullable SelectedPath path;
    private @Nullable SelectedPair selected;
    private @Nullable PacketReceiver receiver;
    private @Nullable String broken;
    private IceState state = IceState.NEW;
    private IceRole role = IceRole.UNKNOWN;
    private boolean started;
    private boolean writable;
    private int selectedPairChanges;
    private long packetsSent;
    private long packetsReceived;
    private long bytesSent;
    private long bytesReceived;

    /** What a restart replaced, until the peer joins it. */
    private record Replaced(Generation generation, RemoteSide remote) {}

    Ice4jAgent(Ice4jAgents factory, EventLoop loop, IceAgentOptions options) {
        this.factory = factory;
        this.loop = loop;
        this.options = options;
        consent = new ConsentWatch(loop, this::disconnected);
        inbox = new Inbox(loop, this);
        remote = new RemoteSide(factory.limits().remoteCandidates(), factory.filter(options.includeLoopback()), drops);
        current = generation(options.parameters().map(Ice4jAgents::plain).orElseGet(factory::draw));
    }

    private Generation generation(IceParameters parameters) {
        return new Generation(this, factory, parameters, drops, inbox);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public IceParameters localParameters() {
        return current.local();
    }

    @Override
    public void setRemoteParameters(IceParameters parameters) {
        if (isClosed() || parameters.equals(remote.parameters())) {
            return;
        }
        remote.parameters(parameters);
        joined();
        check();
    }

    /** The peer is in the current generation, or has restarted before us: what was replaced is not taken back any more. */
    private void joined() {
        Replaced before = replaced;
        replaced = null;
        if (before != null && before.generation() != carrier) {
            before.generation().release();
        }
    }

    @Override
    public void setRole(IceRole wanted) {
        if (isClosed()) {
            return;
        }
        role = wanted;
        current.role(wanted);
        check();
    }

    @Override
    public IceRole role() {
        return role;
    }

    @Override
    public void gather(GatherPolicy policy) {
        if (isClosed() || current.gathering() != IceGatheringState.NEW) {
            return;
        }
        List<ServerLookup> servers = new ArrayList<>();
        for (IceServer server : options.servers()) {
            server.urls().forEach(url -> servers.add(ServerLookup.of(url, server)));
        }
        current.gather(policy, servers, options.includeLoopback());
        if (role != IceRole.UNKNOWN) {
            current.role(role);
        }
    }

    @Override
    public IceGatheringState gatheringState() {
        return current.gathering();
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
        if (isClosed() || !remote.add(candidate)) {
            return;
        }
        if (current.remote() != null && current.remote().equals(remote.parameters())) {
            RemoteSide.Reachable reachable = remote.reachable(candidate);
            if (reachable != null) {
                checking();
                current.addRemote(reachable);
            }
        }
    }

    @Override
    public void endOfRemoteCandidates(String ufrag) {
        if (remote.end(ufrag)) {
            complete();
        }
    }

    @Override
    public IceParameters restart() {
        restart(factory.draw());
        return current.local();
    }

    @Override
    public void restart(IceParameters parameters) {
        if (isClosed()) {
            return;
        }
        Generation before = current;
        RemoteSide next = remote.next(Objects.equals(remote.parameters(), before.remote()));
        if (replaced == null) {
            replaced = new Replaced(before, remote);
        } else if (before != carrier) {
            before.release();
        }
        remote = next;
        if (next.parameters() != null) {
            joined();
        }
        current = generation(Ice4jAgents.plain(parameters));
        if (state == IceState.COMPLETED) {
            state(IceState.CONNECTED);
        } else if (state == IceState.DISCONNECTED || state == IceState.FAILED) {
            state(IceState.CHECKING);
        }
    }

    @Override
    public void cancelRestart() {
        Replaced before = replaced;
        if (isClosed() || before == null) {
            return;
        }
        replaced = null;
        current.release();
        current = before.generation();
        remote = before.remote();
        check();
        complete();
    }

    @Override
    public void start() {
        started = true;
        check();
    }

    /** Begins the checks of the current generation when all that they need is there. */
    private void check() {
        IceParameters theirs = remote.parameters();
        boolean wanted = started && !isClosed() && role != IceRole.UNKNOWN;
        if (wanted && theirs != null && current.remote() == null && current.isReady()) {
            List<RemoteSide.Reachable> known = remote.reachable();
            if (!known.isEmpty()) {
                checking();
            }
            current.start(theirs, role, known);
        }
    }

    private void checking() {
        if (state == IceState.NEW) {
            state(IceState.CHECKING);
        }
    }

    @Override
    public String explain() {
        String trouble = broken == null ? "" : " It could not be started: " + broken + ".";
        if (current.gathering() == IceGatheringState.COMPLETE
                && current.candidates().isEmpty()) {
            return "ice4j found no local candidate." + trouble;
        }
        if (remote.parameters() == null) {
            return "ice4j checked nothing, as no remote parameters came." + trouble;
        }
        return "ice4j checked " + current.pairs().size() + " pairs: "
                + current.pairs().count(IceStats.PairState.SUCCEEDED) + " succeeded, "
                + current.pairs().count(IceStats.PairState.FAILED) + " failed." + trouble;
    }

    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        consent.end();
        early.clear();
        current.release();
        if (replaced != null) {
            replaced.generation().release();
        }
        if (carrier != null) {
            carrier.release();
        }
        replaced = null;
        carrier = null;
        path = null;
        SelectedPair before = selected;
        selected = null;
        if (before != null) {
            listeners.onSelectedPairChange(before, null);
        }
        writability();
        state(IceState.CLOSED);
        factory.closed(this);
    }

    private boolean isClosed() {
        return state == IceState.CLOSED;
    }

    @Override
    public boolean send(ByteBuffer packet) {
        SelectedPath way = path;
        Generation by = carrier;
        if (way == null || by == null) {
            drops.count(Drop.NO_PATH);
            return false;
        }
        int size = packet.remaining();
        if (size > way.maxPayload()) {
            drops.count(Drop.TOO_LARGE);
            return false;
        }
        if (!way.send(packet)) {
            drops.count(Drop.SOCKET_REFUSED);
            return false;
        }
        packetsSent++;
        bytesSent += size;
        by.pairs().sent(way, size, loop.clock().nanoTime());
        return true;
    }

    /** Nothing waits: ice4j's sockets take one packet at a time. */
    @Override
    public void flush() {
        assert loop.inLoop();
    }

    @Override
    public int maxPayload() {
        return path == null ? MAX_PAYLOAD_UNSELECTED : path.maxPayload();
    }

    @Override
    public boolean isWritable() {
        return path != null;
    }

    @Override
    public void setReceiver(PacketReceiver reader) {
        receiver = reader;
        early.deliver(reader, loop.clock().nanoTime());
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
        List<IceStats.Pair> pairs = new ArrayList<>(current.pairs().pairs());
        if (carrier != null && carrier != current) {
            pairs.addAll(carrier.pairs().pairs());
        }
        return new IceStats(
                packetsSent,
                packetsReceived,
                bytesSent,
                bytesReceived,
                selectedPairChanges,
                drops.snapshot(),
                current.candidates(),
                remote.candidates(),
                pairs);
    }

    // --- packets

    @Override
    public void onPacket(ByteBuffer packet, long arrivalNanos) {
        if (isClosed()) {
            return;
        }
        int size = packet.remaining();
        PacketReceiver reader = receiver;
        if (reader == null && !early.keep(packet, arrivalNanos)) {
            drops.count(Drop.EARLY_DATA_LIMIT);
            return;
        }
        packetsReceived++;
        bytesReceived += size;
        if (path != null && carrier != null) {
            carrier.pairs().received(path, size, arrivalNanos);
        }
        if (reader != null) {
            reader.onPacket(packet, arrivalNanos);
        }
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        if (receiver != null && !isClosed()) {
            receiver.onBatchEnd(nowNanos);
        }
    }

    // --- what generations tell, on the loop

    /** Runs a task on the loop; dropped when that loop has ended. */
    void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            // Nobody is left to hear it.
            return;
        }
    }

    void gathering(Generation from, IceGatheringState now) {
        if (from == current) {
            listeners.onGatheringStateChange(now);
            complete();
        }
    }

    void candidate(Generation from, IceCandidate candidate) {
        if (from == current) {
            listeners.onCandidate(candidate);
        }
    }

    void candidateError(IceCandidateError error) {
        listeners.onCandidateError(error);
    }

    void ready(Generation from) {
        if (from == current) {
            check();
        }
    }

    void broken(Exception failure) {
        broken = failure.getClass().getSimpleName();
    }

    void roleRepaired(Generation from, IceRole repaired) {
        if (from == current) {
            role = repaired;
        }
    }

    void selected(Generation from, SelectedPath way) {
        Generation before = carrier;
        if (from != current && before != null) {
            return; // an old generation that comes too late
        }
        carrier = from;
        path = way;
        from.pairs().nominated(way);
        SelectedPair previous = selected;
        selected = way.selected();
        selectedPairChanges++;
        listeners.onSelectedPairChange(previous, selected);
        if (before != null && before != from && !isReplaced(before)) {
            before.release();
        }
        checking();
        state(IceState.CONNECTED);
        consent.given();
        writability();
        complete();
    }

    private boolean isReplaced(Generation generation) {
        return replaced != null && replaced.generation() == generation;
    }

    void checksFailed(Generation from) {
        if (from == current && (carrier == null || path == null)) {
            checking();
            state(IceState.FAILED);
        }
    }

    void consentGiven(CandidatePair pair) {
        if (path != null && path.is(pair)) {
            consent.given();
            if (state == IceState.DISCONNECTED) {
                state(IceState.CONNECTED);
                complete();
            }
        }
    }

    /** Consent has expired (RFC 7675 section 5.1): nothing is sent on this pair any more. */
    void pairFailed(CandidatePair pair) {
        if (path != null && path.is(pair)) {
            consent.end();
            disconnected();
            path = null;
            writability();
            state(IceState.FAILED);
        }
    }

    private void disconnected() {
        if (state == IceState.CONNECTED || state == IceState.COMPLETED) {
            state(IceState.DISCONNECTED);
        }
    }

    private void complete() {
        if (state == IceState.CONNECTED
                && carrier == current
                && remote.isComplete()
                && current.gathering() == IceGatheringState.COMPLETE) {
            state(IceState.COMPLETED);
        }
    }

    private void writability() {
        boolean now = path != null;
        if (now != writable) {
            writable = now;
            if (receiver != null) {
                receiver.onWritabilityChanged(now);
            }
        }
    }

    private void state(IceState next) {
        if (state != next) {
            state = next;
            listeners.onStateChange(next);
        }
    }
}
