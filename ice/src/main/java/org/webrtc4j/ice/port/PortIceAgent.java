package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.IceStats;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.ice.agent.CandidatePair;
import org.webrtc4j.ice.agent.DropReason;
import org.webrtc4j.ice.agent.EarlyPackets;
import org.webrtc4j.ice.agent.IceEngine;
import org.webrtc4j.ice.agent.IceEnvironment;
import org.webrtc4j.ice.agent.IceEvent;
import org.webrtc4j.ice.agent.IceListeners;
import org.webrtc4j.ice.agent.IpLiteral;
import org.webrtc4j.ice.agent.Pacer;

/**
 * An agent on ports: it feeds the engine with packets, time and addresses, and carries what the engine decides to the
 * ports. The path of data packets allocates nothing.
 */
final class PortIceAgent implements IceAgent, PortOwner {

    /** What any path carries (RFC 8831 section 5 assumes as much), said while none is selected. */
    private static final int MAX_PAYLOAD_UNSELECTED = 1_200;

    private final PortIceAgents factory;
    private final EventLoop loop;
    private final IceAgentOptions options;
    private final LoopTimer timer;
    private final IceEngine engine;
    private final AgentGathering gathering;
    private final RemoteNames names;
    private final DropCounters<DropReason> drops = new DropCounters<>(DropReason.class);
    private final EarlyPackets early = new EarlyPackets();
    private final IceListeners listeners = new IceListeners();
    private final Queue<IceEvent> events = new ArrayDeque<>();
    private final AgentPorts ports = new AgentPorts();
    private @Nullable PacketReceiver receiver;
    private boolean stunTaken;
    private boolean writable;
    private long packetsSent;
    private long packetsReceived;
    private long bytesSent;
    private long bytesReceived;

    PortIceAgent(PortIceAgents factory, EventLoop loop, IceAgentOptions options) {
        this.factory = factory;
        this.loop = loop;
        this.options = options;
        timer = loop.newTimer(this::onTimer);
        PeerFilter filter = options.includeLoopback() ? factory.filter().withLoopback() : factory.filter();
        IceEnvironment environment =
                new IceEnvironment(factory.random(), factory.limits(), filter, factory.budget(loop), options.lite());
        Pacer pacer = new Pacer(factory.budget(loop));
        IceParameters parameters =
                options.parameters().orElseGet(() -> IceParameters.draw(factory.random(), options.lite()));
        engine = new IceEngine(environment, pacer, parameters, drops, new IceEngine.Sink() {
            @Override
            public void transmit(int port, InetSocketAddress to, ByteBuffer stun) {
                append(port, to, stun);
            }

            @Override
            public void onEvent(IceEvent event) {
                events.add(event);
            }
        });
        gathering = new AgentGathering(this, engine, options, factory, pacer);
        names = new RemoteNames(factory.mdnsNames(), loop);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public IceParameters localParameters() {
        return engine.localParameters();
    }

    @Override
    public void setRemoteParameters(IceParameters parameters) {
        long now = now();
        engine.setRemoteParameters(parameters, now);
        endTurn(now);
    }

    @Override
    public void setRole(IceRole role) {
        long now = now();
        engine.setRole(role, now);
        endTurn(now);
    }

    @Override
    public IceRole role() {
        return engine.role();
    }

    @Override
    public void gather(GatherPolicy policy) {
        if (!isClosed()) {
            long now = now();
            gathering.begin(policy, now);
            endTurn(now);
        }
    }

    @Override
    public IceGatheringState gatheringState() {
        return gathering.state();
    }

    @Override
    public void addRemoteCandidate(IceCandidate candidate) {
        if (isClosed()) {
            return;
        }
        InetAddress address = IpLiteral.parse(candidate.address());
        if (address == null && candidate.tcpType() == IceTcpType.ACTIVE) {
            return; // nobody connects there: whose name it is does not matter
        }
        if (address == null && options.resolveMdns()) {
            boolean asked = names.resolve(candidate, (resolved, addresses) -> {
                for (InetAddress each : addresses) {
                    addRemote(resolved, each);
                }
            });
            if (asked) {
                return;
            }
        }
        addRemote(candidate, address);
    }

    private void addRemote(IceCandidate candidate, @Nullable InetAddress address) {
        if (isClosed()) {
            return;
        }
        long now = now();
        boolean usable = address != null && candidate.port() > 0 && candidate.port() <= 65_535;
        engine.addRemoteCandidate(candidate, usable ? new InetSocketAddress(address, candidate.port()) : null, now);
        endTurn(now);
    }

    @Override
    public void endOfRemoteCandidates(String ufrag) {
        long now = now();
        engine.endOfRemoteCandidates(ufrag, now);
        endTurn(now);
    }

    @Override
    public IceParameters restart() {
        IceParameters drawn = IceParameters.draw(factory.random(), options.lite());
        restart(engine.localParameters().renomination() ? drawn : drawn.withoutRenomination());
        return engine.localParameters();
    }

    @Override
    public void restart(IceParameters parameters) {
        if (isClosed()) {
            return;
        }
        long now = now();
        engine.restart(parameters, now);
        gathering.restarted();
        ports.bindUfrag(parameters.ufrag());
        endTurn(now);
    }

    @Override
    public void cancelRestart() {
        if (isClosed()) {
            return;
        }
        long now = now();
        if (engine.cancelRestart(now)) {
            gathering.restartCancelled(now);
        }
        endTurn(now);
    }

    @Override
    public void start() {
        long now = now();
        engine.start(now);
        endTurn(now);
    }

    @Override
    public String explain() {
        String unresolved = names.unresolved() == 0
                ? ""
                : " " + names.unresolved() + " remote candidates were names that nobody resolved.";
        String local = ports.all().isEmpty() ? " No local port is open." : "";
        return engine.explain() + local + unresolved;
    }

    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        ports.flush();
        engine.close();
        gathering.close();
        timer.cancel();
        early.clear();
        deliverEvents();
        updateWritability();
        ports.close();
        factory.closed(this);
    }

    @Override
    public boolean send(ByteBuffer packet) {
        CandidatePair pair = engine.selected();
        if (pair == null) {
            drops.count(DropReason.NO_PATH);
            return false;
        }
        AgentPort port = ports.get(pair.port());
        int size = packet.remaining();
        if (size > port.port().maxPayload()) {
            drops.count(DropReason.TOO_LARGE);
            return false;
        }
        if (!port.port().append(pair.remoteAddress(), packet)) {
            drops.count(DropReason.PORT_FULL);
            return false;
        }
        port.dirty = true;
        packetsSent++;
        bytesSent += size;
        pair.countSent(size);
        return true;
    }

    @Override
    public void flush() {
        CandidatePair pair = engine.selected();
        if (pair != null && ports.get(pair.port()).dirty) {
            pair.sentAt(now());
        }
        ports.flush();
    }

    @Override
    public int maxPayload() {
        CandidatePair pair = engine.selected();
        return pair == null
                ? MAX_PAYLOAD_UNSELECTED
                : ports.get(pair.port()).port().maxPayload();
    }

    @Override
    public boolean isWritable() {
        CandidatePair pair = engine.selected();
        return pair != null && ports.get(pair.port()).port().isWritableTo(pair.remoteAddress());
    }

    @Override
    public void setReceiver(PacketReceiver receiver) {
        this.receiver = receiver;
        early.deliver(receiver, now());
    }

    @Override
    public void addListener(IceListener listener) {
        listeners.add(listener);
    }

    @Override
    public IceState state() {
        return engine.state();
    }

    @Override
    public Optional<SelectedPair> selectedPair() {
        return Optional.ofNullable(engine.selected()).map(CandidatePair::toSelectedPair);
    }

    @Override
    public IceStats stats() {
        return new IceStats(
                packetsSent,
                packetsReceived,
                bytesSent,
                bytesReceived,
                engine.selectedPairChanges(),
                gathering.withRelays(drops.snapshot(DropReason::text)),
                engine.localCandidates(),
                engine.remoteCandidates(),
                engine.pairs());
    }

    @Override
    public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        int id = ports.idOf(port);
        if (id < 0 || !packet.hasRemaining() || isClosed()) {
            return;
        }
        // STUN begins with 0 to 3 (RFC 7983 section 7); all else is for the layers above.
        if (packet.get(packet.position()) >>> 2 == 0) {
            stunTaken = true;
            if (!gathering.handlePacket(id, from, packet, arrivalNanos)) {
                engine.handlePacket(id, from, packet, arrivalNanos);
            }
            deliverEvents();
            return;
        }
        CandidatePair pair = engine.verifiedPair(id, from);
        if (pair == null && !engine.isEarlyPeer(id, from)) {
            drops.count(DropReason.UNVERIFIED_DATA);
            return;
        }
        int size = packet.remaining();
        PacketReceiver reader = receiver;
        if (reader == null && !early.keep(packet, arrivalNanos)) {
            drops.count(DropReason.EARLY_DATA_LIMIT);
            return;
        }
        packetsReceived++;
        bytesReceived += size;
        if (pair != null) {
            pair.countReceived(size, arrivalNanos);
        }
        if (reader != null) {
            reader.onPacket(packet, arrivalNanos);
        }
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        if (stunTaken) {
            stunTaken = false;
            endTurn(nowNanos);
        }
        if (receiver != null && !isClosed()) {
            receiver.onBatchEnd(nowNanos);
        }
    }

    @Override
    public void onWritabilityChanged(PacketPort port, boolean portWritable) {
        updateWritability();
    }

    @Override
    public void onConnectionEnded(PacketPort port, InetSocketAddress remote, ConnectionEnd end) {
        int id = ports.idOf(port);
        if (id >= 0 && !isClosed()) {
            long now = now();
            engine.connectionEnded(id, remote, end, now);
            endTurn(now);
        }
    }

    /** Appends STUN to a port's run; a full run loses it, as a network would. */
    void append(int id, InetSocketAddress to, ByteBuffer stun) {
        AgentPort port = ports.find(id);
        if (port != null && port.port().append(to, stun)) {
            port.dirty = true;
        } else {
            drops.count(DropReason.PORT_FULL);
        }
    }

    boolean isClosed() {
        return engine.state() == IceState.CLOSED;
    }

    IceListener listeners() {
        return listeners;
    }

    AgentPorts ports() {
        return ports;
    }

    /** Takes the ports once they are open; they serve every generation. */
    void opened(List<PortProvider.OpenedPort> opened, long nowNanos) {
        for (PortProvider.OpenedPort each : opened) {
            AgentPort port = ports.add(each);
            if (port == null) {
                continue;
            }
            for (String ufrag : engine.localUfrags()) {
                port.port().bindUfrag(ufrag);
            }
            IceTcpType tcpType = port.port().tcpType();
            int preference = port.opened.localPreference();
            if (tcpType == null) {
                engine.addPort(port.id, port.port().local(), preference, nowNanos);
            } else {
                engine.addTcpPort(port.id, port.port().local(), tcpType, preference, nowNanos);
            }
        }
    }

    /** Takes a relayed address and its candidate; it serves every generation. */
    void relayed(RelayPort relay, int localPreference, IceCandidate candidate, long nowNanos) {
        AgentPort port = ports.add(new PortProvider.OpenedPort(relay, List.of(), false, localPreference));
        if (port != null) {
            engine.addLocalCandidate(port.id, candidate);
            engine.addRelayedPort(port.id, relay.local(), localPreference, nowNanos);
        }
    }

    /**
     * Gives up a port that does not work any more, with its pairs.
     *
     * @return the candidates that were told of it in this generation
     */
    List<IceCandidate> remove(AgentPort port, long nowNanos) {
        List<IceCandidate> gone = engine.removePort(port.id, nowNanos);
        ports.remove(port);
        return gone;
    }

    private void onTimer() {
        if (isClosed()) {
            return;
        }
        long now = now();
        engine.handleTimeout(now);
        gathering.handleTimeout(now);
        endTurn(now);
    }

    /** Every entry but that of data ends here: events, packets, the timer. */
    void endTurn(long nowNanos) {
        deliverEvents();
        if (isClosed()) {
            return;
        }
        ports.flush();
        updateWritability();
        armTimer(nowNanos);
    }

    void armTimer(long nowNanos) {
        if (!isClosed()) {
            timer.arm(Math.min(engine.nextTimeout(), gathering.nextTimeout(nowNanos)));
        }
    }

    private void deliverEvents() {
        for (IceEvent event = events.poll(); event != null; event = events.poll()) {
            deliver(event);
        }
    }

    private void deliver(IceEvent event) {
        if (event instanceof IceEvent.StateChanged changed) {
            listeners.onStateChange(changed.state());
        } else if (event instanceof IceEvent.SelectedPairChanged changed) {
            gathering.settle();
            listeners.onSelectedPairChange(changed.previous(), changed.current());
        } else if (event instanceof IceEvent.RemoteVerified verified) {
            AgentPort port = ports.find(verified.port());
            if (port != null) {
                port.port().bindRemote(verified.remote());
            }
        } else if (event instanceof IceEvent.RemoteForgotten forgotten) {
            AgentPort port = ports.find(forgotten.port());
            if (port != null) {
                port.port().unbindRemote(forgotten.remote());
            }
        } else if (event instanceof IceEvent.GenerationEnded ended) {
            ports.unbindUfrag(ended.ufrag());
        }
    }

    private void updateWritability() {
        boolean now = isWritable();
        if (now != writable) {
            writable = now;
            if (receiver != null) {
                receiver.onWritabilityChanged(now);
            }
        }
    }

    private long now() {
        return loop.clock().nanoTime();
    }
}
