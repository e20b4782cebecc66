package org.webrtc4j.ice.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceLimits;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunKey;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;

/** An engine with one port, driven by hand, and a peer that writes every message itself. */
final class EngineFixture implements IceEngine.Sink {

    static final long MILLISECOND = 1_000_000L;
    static final long SECOND = 1_000_000_000L;
    static final InetSocketAddress BASE = at("192.0.2.1", 5000);
    static final InetSocketAddress PEER = at("192.0.2.2", 6000);
    static final InetSocketAddress STRANGER = at("203.0.113.9", 7000);
    static final IceParameters OURS = new IceParameters("ours", "our+password+of+enough+bits", false, true, true);
    static final IceParameters THEIRS = new IceParameters("them", "their+password+of+enough+bits", false, true, true);

    record Sent(long atNanos, int port, InetSocketAddress to, ByteBuffer message) {}

    final List<Sent> sent = new ArrayList<>();
    final List<IceEvent> events = new ArrayList<>();
    final DropCounters<DropReason> drops = new DropCounters<>(DropReason.class);
    final StunReader reader = new StunReader();
    final StunWriter writer = new StunWriter();
    final IceEngine engine;
    long now = 1_000 * SECOND;
    private int nextId;

    EngineFixture() {
        this(false);
    }

    EngineFixture(boolean lite) {
        this(lite, IceLimits.defaults(), PeerFilter.client());
    }

    EngineFixture(IceParameters ours) {
        this(false, IceLimits.defaults(), PeerFilter.client(), ours);
    }

    EngineFixture(boolean lite, IceLimits limits, PeerFilter filter) {
        this(lite, limits, filter, OURS);
    }

    private EngineFixture(boolean lite, IceLimits limits, PeerFilter filter, IceParameters ours) {
        CheckBudget budget = new CheckBudget();
        IceEnvironment environment = new IceEnvironment(new SplittableRandom(1), limits, filter, budget, lite);
        engine = new IceEngine(environment, new Pacer(budget), ours, drops, this);
        engine.addPort(0, BASE, 65_535, now);
    }

    static InetSocketAddress at(String address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens connections from the address of {@link #BASE}. */
    static final int ACTIVE = 1;
    /** Accepts connections there. */
    static final int PASSIVE = 2;

    static final InetSocketAddress LISTENING = at("192.0.2.1", 443);

    EngineFixture withTcp() {
        engine.addTcpPort(
                ACTIVE,
                at("192.0.2.1", IceCandidate.ACTIVE_PORT),
                IceTcpType.ACTIVE,
                CandidatePriority.tcpLocalPreference(IceTcpType.ACTIVE, 0),
                now);
        engine.addTcpPort(
                PASSIVE,
                LISTENING,
                IceTcpType.PASSIVE,
                CandidatePriority.tcpLocalPreference(IceTcpType.PASSIVE, 0),
                now);
        return this;
    }

    static IceCandidate tcp(InetSocketAddress address, IceTcpType tcpType) {
        return new IceCandidate(
                "2",
                IceProtocol.TCP,
                CandidatePriority.of(
                        IceCandidateType.HOST, IceProtocol.TCP, CandidatePriority.tcpLocalPreference(tcpType, 0)),
                address.getAddress().getHostAddress(),
                address.getPort(),
                IceCandidateType.HOST,
                tcpType,
                null,
                -1,
                THEIRS.ufrag(),
                null,
                null);
    }

    void addRemoteTcp(InetSocketAddress address, IceTcpType tcpType) {
        engine.addRemoteCandidate(tcp(address, tcpType), address, now);
    }

    static IceCandidate host(InetSocketAddress address, long priority) {
        return new IceCandidate(
                "1",
                IceProtocol.UDP,
                priority,
                address.getAddress().getHostAddress(),
                address.getPort(),
                IceCandidateType.HOST,
                null,
                null,
                -1,
                THEIRS.ufrag(),
                null,
                null);
    }

    EngineFixture begin(IceRole role) {
        engine.setRole(role, now);
        engine.start(now);
        engine.setRemoteParameters(THEIRS, now);
        return this;
    }

    void addRemote(InetSocketAddress address) {
        engine.addRemoteCandidate(host(address, CandidatePriority.of(IceCandidateType.HOST, 65_535)), address, now);
    }

    CandidatePair selected() {
        return Objects.requireNonNull(engine.selected(), "no pair is selected");
    }

    @Override
    public void transmit(int port, InetSocketAddress to, ByteBuffer stun) {
        byte[] copy = new byte[stun.remaining()];
        stun.get(stun.position(), copy);
        sent.add(new Sent(now, port, to, ByteBuffer.wrap(copy)));
    }

    @Override
    public void onEvent(IceEvent event) {
        events.add(event);
    }

    /** Runs the engine's timers for so long. */
    void run(long nanos) {
        long end = now + nanos;
        for (long next = engine.nextTimeout();
                next != ProtocolEngine.NEVER && next - end <= 0;
                next = engine.nextTimeout()) {
            now = Math.max(now, next);
            engine.handleTimeout(now);
        }
        now = end;
    }

    /** Begins a check of the peer: credentials right, no role yet. */
    StunWriter check() {
        return writer.begin(Stun.BINDING_REQUEST, ++nextId, nextId)
                .username(bytes(OURS.ufrag() + ":" + THEIRS.ufrag()));
    }

    StunWriter controllingCheck() {
        return check().role(true, 1).priority(CandidatePriority.of(IceCandidateType.PEER_REFLEXIVE, 1));
    }

    StunWriter controlledCheck() {
        return check().role(false, 1).priority(CandidatePriority.of(IceCandidateType.PEER_REFLEXIVE, 1));
    }

    /** Sends what was begun with right integrity. */
    void receive(InetSocketAddress from, StunWriter message) {
        receive(0, from, message);
    }

    void receive(int port, InetSocketAddress from, StunWriter message) {
        receiveRaw(
                port,
                from,
                message.integrity(StunKey.shortTerm(OURS.pwd())).fingerprint().finish());
    }

    void receiveRaw(InetSocketAddress from, ByteBuffer message) {
        receiveRaw(0, from, message);
    }

    void receiveRaw(int port, InetSocketAddress from, ByteBuffer message) {
        engine.handlePacket(port, from, message, now);
    }

    /** Answers a request of the engine as the peer would. */
    void answer(Sent request, InetSocketAddress from) {
        answer(request, from, StunKey.shortTerm(THEIRS.pwd()));
    }

    void answer(Sent request, InetSocketAddress from, StunKey key) {
        reader.read(request.message());
        receiveRaw(
                request.port(),
                from,
                writer.begin(Stun.BINDING_SUCCESS, reader.transactionHigh(), reader.transactionLow())
                        .xorMappedAddress(BASE)
                        .integrity(key)
                        .fingerprint()
                        .finish());
    }

    void refuse(Sent request, int code) {
        reader.read(request.message());
        receiveRaw(
                request.port(),
                request.to(),
                writer.begin(Stun.BINDING_ERROR, reader.transactionHigh(), reader.transactionLow())
                        .errorCode(code, bytes("No"))
                        .integrity(StunKey.shortTerm(THEIRS.pwd()))
                        .fingerprint()
                        .finish());
    }

    /** Answers every request that is not answered yet, as a peer at the address it went to. */
    void answerAll() {
        List<Sent> requests = requests();
        sent.clear();
        requests.forEach(request -> answer(request, request.to()));
    }

    List<Sent> requests() {
        return ofType(Stun.BINDING_REQUEST);
    }

    List<Sent> ofType(int type) {
        return sent.stream()
                .filter(each -> reader.read(each.message()) && reader.type() == type)
                .toList();
    }

    /** Connects with the peer and forgets what was sent. */
    EngineFixture connect(IceRole role) {
        begin(role);
        addRemote(PEER);
        if (role == IceRole.CONTROLLED) {
            receive(PEER, controllingCheck().useCandidate());
        }
        answerAll();
        answerAll();
        sent.clear();
        return this;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
