package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.agent.IpLiteral;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.ice.simulation.SimulatedStunServer;
import org.webrtc4j.ice.simulation.VirtualPorts;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Nat;
import org.webrtc4j.testkit.NatBehaviour;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualNetwork;

/** A simulated internet with a STUN server, and agents on hosts of it. */
final class IceWorld {

    static final Duration SIGNALLING = Duration.ofMillis(30);
    static final Duration DELAY = Duration.ofMillis(10);

    private final Simulation simulation;
    private final VirtualNetwork network;
    private final SimulatedStunServer stun;
    private final List<VirtualPorts> ports = new ArrayList<>();
    private final Map<String, List<InetAddress>> names = new HashMap<>();

    IceWorld(Simulation simulation) {
        this(simulation, Impairments.NONE.withDelay(DELAY));
    }

    IceWorld(Simulation simulation, Impairments impairments) {
        this.simulation = simulation;
        network = simulation.newNetwork(impairments);
        VirtualHost server = network.host("stun", "198.51.100.1", "2001:db8:100::1");
        stun = new SimulatedStunServer(server, 3478);
    }

    Simulation simulation() {
        return simulation;
    }

    VirtualNetwork network() {
        return network;
    }

    SimulatedStunServer stun() {
        return stun;
    }

    /** How many ports of all agents are open. */
    int openPorts() {
        return ports.stream().mapToInt(VirtualPorts::openPorts).sum();
    }

    VirtualHost hostBehind(NatBehaviour behaviour, int number) {
        Nat nat = network.nat("203.0.113." + number, behaviour);
        return nat.host("inside" + number, "10.0." + number + ".2");
    }

    /** Lets the resolvers know a name. */
    void name(String name, String... addresses) {
        names.put(name, List.of(addresses).stream().map(IceWorld::literal).toList());
    }

    private static InetAddress literal(String text) {
        InetAddress address = IpLiteral.parse(text);
        if (address == null) {
            throw new IllegalArgumentException(text);
        }
        return address;
    }

    VirtualPorts ports(VirtualHost host) {
        VirtualPorts made = new VirtualPorts(host);
        ports.add(made);
        return made;
    }

    PortIceAgents agents(VirtualHost host) {
        return agents(host.toString(), ports(host));
    }

    PortIceAgents agents(String name, VirtualPorts on) {
        return builder(name, on).build();
    }

    /** Agents that follow the addresses of their host. */
    PortIceAgents followingAgents(VirtualHost host) {
        return builder(host.toString(), ports(host)).continualGathering(true).build();
    }

    /** Agents that hide their addresses behind names, which everybody in this world can resolve. */
    PortIceAgents hidingAgents(VirtualHost host) {
        return builder(host.toString(), ports(host))
                .hideAddresses(new NamePublisher() {
                    @Override
                    public void publish(String name, InetAddress address) {
                        names.put(name, List.of(address));
                    }

                    @Override
                    public void withdraw(String name) {
                        names.remove(name);
                    }
                })
                .build();
    }

    /** How many names there are. */
    int names() {
        return names.size();
    }

    private PortIceAgents.Builder builder(String name, VirtualPorts on) {
        return PortIceAgents.builder(on)
                .random(simulation.newRandom(name))
                .mdnsNames(this::resolve)
                .serverNames(this::resolve);
    }

    private void resolve(String name, EventLoop loop, Consumer<List<InetAddress>> answer) {
        List<InetAddress> addresses = names.getOrDefault(name, List.of());
        simulation.time().after(Duration.ofMillis(20), () -> loop.execute(() -> answer.accept(addresses)));
    }

    IceSession session(VirtualHost one, VirtualHost two) {
        return new IceSession(simulation.time(), agents(one), plain("one"), agents(two), plain("two"));
    }

    IceSession sessionWithStun(VirtualHost one, VirtualHost two) {
        return new IceSession(simulation.time(), agents(one), withStun("one"), agents(two), withStun("two"));
    }

    static IceAgentOptions plain(String name) {
        return IceAgentOptions.named(name);
    }

    static IceAgentOptions withStun(String name) {
        return withServers(name, "stun:198.51.100.1:3478");
    }

    static IceAgentOptions withServers(String name, String... urls) {
        return new IceAgentOptions(
                name, List.of(new IceServer(List.of(urls), "", "")), false, true, false, Optional.empty());
    }

    static IceAgentOptions lite(String name) {
        return new IceAgentOptions(name, List.of(), true, true, false, Optional.empty());
    }

    /** Closes both sides; nothing may be left. */
    void end(IceSession session) {
        session.close();
        simulation.time().runUntilIdle(Duration.ofSeconds(60));
        if (openPorts() != 0
                || session.offerer().loop().armedTimers()
                                + session.answerer().loop().armedTimers()
                        != 0) {
            throw new AssertionError("ports or timers are left after close");
        }
    }
}
