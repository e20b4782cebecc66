package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.agent.IceEngine;
import org.webrtc4j.ice.agent.IpLiteral;
import org.webrtc4j.ice.agent.Pacer;
import org.webrtc4j.ice.gather.Foundations;
import org.webrtc4j.ice.gather.LocalGathering;
import org.webrtc4j.ice.gather.LocalGathering.Outer;
import org.webrtc4j.ice.gather.ReflexiveGatherer;
import org.webrtc4j.ice.gather.ServerUrl;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/** Gathers the local candidates of an agent, generation by generation; the ports stay the same. */
final class AgentGathering implements ReflexiveGatherer.Sink, AgentRelays.Told {

    private static final int SERVER_UNUSABLE = 701;

    private final PortIceAgent agent;
    private final IceEngine engine;
    private final IceAgentOptions options;
    private final PortIceAgents factory;
    private final Foundations foundations = new Foundations();
    private final ReflexiveGatherer reflexive;
    private final AgentRelays relays;
    private final Set<String> failedUrls = new HashSet<>();
    private LocalGathering local;
    private IceGatheringState state = IceGatheringState.NEW;
    private IceGatheringState stateBefore = IceGatheringState.NEW;
    private GatherPolicy policy = GatherPolicy.ALL;
    /** Ports are being opened. */
    private boolean opening;
    /** Addresses have come meanwhile. */
    private boolean openAgain;

    private final Set<String> askedPorts = new HashSet<>();
    private @Nullable AgentNetwork network;
    private final @Nullable HiddenAddresses hidden;
    /** Counts generations, so that a late answer of a name server does not reach the wrong one. */
    private int generation;

    private int lookups;
    /** Servers are being asked; what one of them answers at once is not the end of gathering. */
    private boolean asking;

    AgentGathering(PortIceAgent agent, IceEngine engine, IceAgentOptions options, PortIceAgents factory, Pacer pacer) {
        this.agent = agent;
        this.engine = engine;
        this.options = options;
        this.factory = factory;
        local = new LocalGathering(engine.localParameters().ufrag(), foundations);
        reflexive = new ReflexiveGatherer(factory.random(), pacer, this);
        relays = new AgentRelays(agent, factory, options.includeLoopback(), this);
        NamePublisher publisher = factory.publisher();
        hidden = publisher == null ? null : new HiddenAddresses(publisher, factory.random());
    }

    IceGatheringState state() {
        return state;
    }

    void begin(GatherPolicy wanted, long nowNanos) {
        if (state != IceGatheringState.NEW) {
            return;
        }
        policy = wanted;
        local = new LocalGathering(engine.localParameters().ufrag(), foundations);
        failedUrls.clear();
        askedPorts.clear();
        removeAbsent(nowNanos);
        state(IceGatheringState.GATHERING);
        openOrGather(nowNanos);
        if (network == null && factory.isContinual()) {
            network = new AgentNetwork(
                    agent.loop(), factory.ports(), options.includeLoopback(), this::onAddressesChanged);
        }
    }

    /** Where only relayed candidates may be used no port is opened: nothing leaves but to TURN servers. */
    private void openOrGather(long nowNanos) {
        if (policy == GatherPolicy.RELAY) {
            gatherFromPorts(nowNanos);
        } else if (opening) {
            openAgain = true;
        } else {
            opening = true;
            openAgain = false;
            Set<InetAddress> present = agent.ports().addresses();
            if (present.isEmpty()) {
                factory.ports().open(agent.loop(), agent, options.includeLoopback(), this::onOpened);
            } else {
                factory.ports().openMissing(agent.loop(), agent, options.includeLoopback(), present, this::onOpened);
            }
        }
    }

    private void onOpened(List<OpenedPort> opened) {
        if (agent.isClosed()) {
            opened.forEach(each -> each.port().close());
            return;
        }
        long now = agent.loop().clock().nanoTime();
        opening = false;
        agent.opened(opened, now);
        if (openAgain) {
            openOrGather(now);
        }
        if (state == IceGatheringState.GATHERING) {
            gatherFromPorts(now);
        }
        agent.endTurn(now);
    }

    /** The machine's addresses are others: what is gone is given up, what is new is gathered within the same generation. */
    private void onAddressesChanged(boolean grown) {
        if (agent.isClosed() || state == IceGatheringState.NEW) {
            return; // the next generation looks by itself
        }
        long now = agent.loop().clock().nanoTime();
        removeAbsent(now);
        if (grown) {
            if (state == IceGatheringState.COMPLETE) {
                state(IceGatheringState.GATHERING);
            }
            openOrGather(now);
        }
        agent.endTurn(now);
    }

    /** Gives up the ports on addresses that are not the machine's any more, and the relays reached from there. */
    private void removeAbsent(long nowNanos) {
        relays.removeAbsent(nowNanos);
        for (AgentPort port : List.copyOf(agent.ports().all())) {
            if (!port.isRelayed()
                    && !factory.ports().isPresent(port.port().local().getAddress())) {
                remove(port, nowNanos);
            }
        }
    }

    private void remove(AgentPort port, long nowNanos) {
        reflexive.forget(port.id);
        askedPorts.removeIf(asked -> asked.startsWith(port.id + " "));
        for (IceCandidate candidate : agent.remove(port, nowNanos)) {
            local.forget(candidate);
            agent.listeners().onCandidateRemoved(candidate);
        }
        if (hidden != null
                && !agent.ports().addresses().contains(port.port().local().getAddress())) {
            hidden.withdraw(port.port().local().getAddress());
        }
    }

    private void gatherFromPorts(long nowNanos) {
        for (AgentPort port : agent.ports().all()) {
            if (port.port() instanceof RelayPort relay) {
                present(port, relayed(relay, port.opened.localPreference()));
                continue;
            }
            IceTcpType tcpType = port.port().tcpType();
            if (policy == GatherPolicy.RELAY || tcpType == IceTcpType.ACTIVE) {
                // A peer that listens learns of active candidates by their checks, and needs no port to send to.
                continue;
            }
            List<Outer> outer = new ArrayList<>();
            InetSocketAddress base = port.port().local();
            if (hidden != null && !port.opened.hideLocal()) {
                outer.add(new Outer(hidden.name(base.getAddress()), base.getPort()));
            }
            port.opened.advertised().forEach(address -> outer.add(new Outer(address.host(), address.port())));
            for (IceCandidate candidate :
                    local.hosts(base, tcpType, port.opened.localPreference(), hidesLocal(port), outer)) {
                present(port, candidate);
            }
        }
        askServers();
        reflexive.handleTimeout(nowNanos);
        complete(nowNanos);
    }

    private boolean hidesLocal(AgentPort port) {
        return hidden != null || port.opened.hideLocal();
    }

    private void present(AgentPort port, @Nullable IceCandidate candidate) {
        if (candidate != null) {
            engine.addLocalCandidate(port.id, candidate);
            agent.listeners().onCandidate(candidate);
        }
    }

    /** Where nothing but the relay may be known of us, the candidate does not say how the server sees us. */
    private @Nullable IceCandidate relayed(RelayPort port, int localPreference) {
        RelayConnection connection = port.connection();
        return local.relayed(
                port.local(),
                localPreference,
                policy == GatherPolicy.RELAY ? null : port.mapped(),
                connection.server().address(),
                connection.reason().url(),
                connection.server().protocol().text());
    }

    private void askServers() {
        asking = true;
        for (IceServer server : options.servers()) {
            for (String text : server.urls()) {
                ServerUrl url = ServerUrl.parse(text);
                if (url == null) {
                    fail(null, text, SERVER_UNUSABLE, "Not a STUN or TURN URL");
                } else if (url.scheme().equals("stuns")) {
                    fail(null, text, SERVER_UNUSABLE, "STUN over TLS is not supported");
                } else if (url.scheme().equals("turns") && url.transport().equals("udp")) {
                    fail(null, text, SERVER_UNUSABLE, "TURN over DTLS is not supported");
                } else if (policy == GatherPolicy.ALL || isTurn(url)) {
                    askServer(url, text, server);
                }
            }
        }
        asking = false;
    }

    private static boolean isTurn(ServerUrl url) {
        return url.scheme().startsWith("turn");
    }

    private void askServer(ServerUrl url, String text, IceServer server) {
        InetAddress literal = IpLiteral.parse(url.host());
        if (literal != null) {
            ask(url, text, server, List.of(literal));
            return;
        }
        lookups++;
        int asked = generation;
        factory.serverNames().resolve(url.host(), agent.loop(), addresses -> {
            if (asked == generation && !agent.isClosed()) {
                lookups--;
                long now = agent.loop().clock().nanoTime();
                if (addresses.isEmpty()) {
                    fail(null, text, SERVER_UNUSABLE, "The name of the server could not be resolved");
                } else {
                    asking = true;
                    ask(url, text, server, addresses);
                    asking = false;
                }
                reflexive.handleTimeout(now);
                complete(now);
                agent.endTurn(now);
            }
        });
    }

    private void ask(ServerUrl url, String text, IceServer server, List<InetAddress> addresses) {
        boolean reached = isTurn(url) ? askForRelays(url, text, server, addresses) : query(url, text, addresses);
        if (isTurn(url) && url.transport().equals("udp") && policy == GatherPolicy.ALL) {
            // It tells reflexive addresses too (RFC 8445 section 5.1.1.2); if it does not, nothing is missing.
            query(url, text, addresses);
        }
        if (!reached) {
            fail(null, text, SERVER_UNUSABLE, "No local address reaches the server");
        }
    }

    /** At the server's first address of each family. */
    private boolean askForRelays(ServerUrl url, String text, IceServer server, List<InetAddress> addresses) {
        boolean reached = false;
        Set<Class<?>> families = new HashSet<>();
        for (InetAddress address : addresses) {
            if (families.add(address.getClass())) {
                RelayServer.Protocol protocol = url.scheme().equals("turns")
                        ? RelayServer.Protocol.TLS
                        : url.transport().equals("tcp") ? RelayServer.Protocol.TCP : RelayServer.Protocol.UDP;
                InetSocketAddress at = new InetSocketAddress(address, url.port());
                reached |= relays.ask(new RelayServer(at, protocol, url.host()), text, server);
            }
        }
        return reached;
    }

    /** From every port to the server's first address of the port's family. */
    private boolean query(ServerUrl url, String text, List<InetAddress> addresses) {
        boolean reached = false;
        for (AgentPort port : agent.ports().all()) {
            for (InetAddress address : addresses) {
                if (!port.isRelayed() && !port.isTcp() && port.reaches(address)) {
                    if (askedPorts.add(port.id + " " + text)) {
                        reflexive.query(port.id, new InetSocketAddress(address, url.port()), text);
                    }
                    reached = true;
                    break;
                }
            }
        }
        return reached;
    }

    boolean handlePacket(int port, InetSocketAddress from, ByteBuffer packet, long nowNanos) {
        boolean taken = reflexive.handlePacket(port, from, packet, nowNanos);
        if (taken) {
            complete(nowNanos);
        }
        return taken;
    }

    void handleTimeout(long nowNanos) {
        reflexive.handleTimeout(nowNanos);
        relays.handleTimeout(nowNanos);
        complete(nowNanos);
    }

    long nextTimeout(long nowNanos) {
        return Math.min(reflexive.nextTimeout(nowNanos), relays.nextTimeout());
    }

    /** Everything dropped: by the agent, and by its relays. */
    Map<String, Long> withRelays(Map<String, Long> drops) {
        Map<String, Long> all = new LinkedHashMap<>(drops);
        relays.addDrops(all);
        return all;
    }

    /** Once a pair is in use, what keepalives to STUN servers hold open is not needed any more. */
    void settle() {
        if (state == IceGatheringState.COMPLETE && engine.selected() != null) {
            reflexive.stop();
            relays.stopSilent();
        }
    }

    /** A server that counted as silent has answered: complete again at the end of this packet. */
    private void resume() {
        if (state == IceGatheringState.COMPLETE) {
            state(IceGatheringState.GATHERING);
        }
    }

    void restarted() {
        stateBefore = state;
        abandon();
        state = IceGatheringState.NEW;
    }

    void restartCancelled(long nowNanos) {
        abandon();
        // What was still under way then is over now: a generation is gathered once.
        state = stateBefore == IceGatheringState.NEW ? IceGatheringState.NEW : IceGatheringState.COMPLETE;
        if (state == IceGatheringState.COMPLETE) {
            engine.endOfLocalCandidates(nowNanos);
        }
    }

    void close() {
        abandon();
        relays.close();
        if (network != null) {
            network.close();
        }
        if (hidden != null) {
            hidden.close();
        }
    }

    private void abandon() {
        generation++;
        lookups = 0;
        reflexive.stop();
    }

    private void complete(long nowNanos) {
        if (state == IceGatheringState.GATHERING
                && !asking
                && !opening
                && lookups == 0
                && !reflexive.isBusy()
                && !relays.isBusy()) {
            engine.endOfLocalCandidates(nowNanos);
            state(IceGatheringState.COMPLETE);
            settle();
        }
    }

    private void state(IceGatheringState next) {
        state = next;
        agent.listeners().onGatheringStateChange(next);
    }

    private void fail(@Nullable InetSocketAddress base, String url, int code, String reason) {
        if (failedUrls.add(base + " " + url)) {
            String address = base == null ? null : IpLiteral.text(base.getAddress());
            agent.listeners()
                    .onCandidateError(
                            new IceCandidateError(address, base == null ? -1 : base.getPort(), url, code, reason));
        }
    }

    @Override
    public void transmit(int port, InetSocketAddress to, ByteBuffer stun) {
        agent.append(port, to, stun);
    }

    @Override
    public void onMapped(int id, InetSocketAddress mapped, InetSocketAddress server, String url) {
        AgentPort port = agent.ports().find(id);
        if (port == null) {
            return;
        }
        OpenedPort opened = port.opened;
        IceCandidate candidate =
                local.reflexive(opened.port().local(), opened.localPreference(), hidesLocal(port), mapped, server, url);
        if (candidate != null) {
            engine.addLocalCandidate(id, candidate);
            resume();
            agent.listeners().onCandidate(candidate);
        }
    }

    @Override
    public void onRelayed(RelayPort port, int localPreference, long nowNanos) {
        if (agent.isClosed()) {
            return;
        }
        IceCandidate candidate = relayed(port, localPreference);
        if (candidate != null) {
            agent.relayed(port, localPreference, candidate, nowNanos);
            resume();
            agent.listeners().onCandidate(candidate);
        }
        complete(nowNanos);
        agent.endTurn(nowNanos);
    }

    @Override
    public void onRelayLost(List<RelayPort> lost, long nowNanos) {
        for (RelayPort each : lost) {
            AgentPort port = agent.ports().find(agent.ports().idOf(each));
            if (port != null) {
                remove(port, nowNanos);
            }
        }
    }

    @Override
    public void onRelayFailed(InetSocketAddress from, String url, int code, String reason, long nowNanos) {
        // W3C: no address is told that is no candidate's.
        fail(policy == GatherPolicy.RELAY || from.getPort() == 0 ? null : from, url, code, reason);
        complete(nowNanos);
        agent.endTurn(nowNanos);
    }

    @Override
    public void onFailed(int port, String url, int code, String reason) {
        if (url.startsWith("turn")) {
            return; // whether it relays is what counts, and told by itself
        }
        AgentPort from = agent.ports().find(port);
        fail(from == null ? null : from.port().local(), url, code, reason);
    }
}
