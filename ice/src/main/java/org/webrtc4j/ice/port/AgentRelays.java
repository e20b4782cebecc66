package org.webrtc4j.ice.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.stun.Stun;

/**
 * The relayed addresses of an agent: from each of its local addresses one allocation per TURN server and protocol, each on
 * a socket of its own, since a server knows its clients by their sockets. They serve every generation.
 */
final class AgentRelays implements RelayConnection.Owner {

    /** How many allocations one agent may ask for; further servers and addresses are left out. */
    static final int MAX_CONNECTIONS = 16;

    /** Room between the preferences of protocols, for the order of addresses and servers. */
    private static final int PROTOCOL_STEP = 16_384;

    private static final int IPV6_STEP = 8_192;

    private final PortIceAgent agent;
    private final PortIceAgents factory;
    private final boolean includeLoopback;
    private final Told told;
    private final List<RelayConnection> connections = new ArrayList<>();
    private int serial;

    /** Who is told. */
    interface Told {

        /** A relayed address is there. */
        void onRelayed(RelayPort port, int localPreference, long nowNanos);

        /** Relayed addresses are gone. */
        void onRelayLost(List<RelayPort> lost, long nowNanos);

        /** A server cannot be used from a local address. */
        void onRelayFailed(InetSocketAddress local, String url, int code, String reason, long nowNanos);
    }

    AgentRelays(PortIceAgent agent, PortIceAgents factory, boolean includeLoopback, Told told) {
        this.agent = agent;
        this.factory = factory;
        this.includeLoopback = includeLoopback;
        this.told = told;
    }

    /**
     * Asks a server for relayed addresses, from every local address that reaches it.
     *
     * @return false when none does
     */
    boolean ask(RelayServer server, String url, IceServer account) {
        boolean reached = false;
        for (InetAddress local : factory.ports().localAddresses(includeLoopback)) {
            if (!AgentPort.reaches(local, server.address().getAddress())) {
                continue;
            }
            reached = true;
            if (!isAsked(server, local) && connections.size() < MAX_CONNECTIONS) {
                connect(server, local, new RelayConnection.Reason(url, account, false));
            }
        }
        return reached;
    }

    /** A later generation keeps the relayed addresses of the one before. */
    private boolean isAsked(RelayServer server, InetAddress local) {
        return connections.stream()
                .anyMatch(each ->
                        each.server().equals(server) && each.localAddress().equals(local));
    }

    private void connect(RelayServer server, InetAddress local, RelayConnection.Reason reason) {
        RelayConnection connection = new RelayConnection(agent.loop(), this, server, reason, local, factory.random());
        connections.add(connection);
        factory.ports().connect(agent.loop(), connection, local, server, connection::opened);
    }

    boolean isBusy() {
        for (RelayConnection each : connections) {
            if (each.isPending()) {
                return true;
            }
        }
        return false;
    }

    void handleTimeout(long nowNanos) {
        for (RelayConnection each : List.copyOf(connections)) {
            each.handleTimeout(nowNanos);
        }
    }

    long nextTimeout() {
        long next = ProtocolEngine.NEVER;
        for (RelayConnection each : connections) {
            next = Math.min(next, each.nextTimeout());
        }
        return next;
    }

    /** Adds what the relays in use have dropped, as {@code relayPeerRefused} and the like. */
    void addDrops(Map<String, Long> drops) {
        for (RelayConnection each : connections) {
            each.drops().forEach((reason, count) -> {
                String text = reason.text();
                drops.merge("relay" + Character.toUpperCase(text.charAt(0)) + text.substring(1), count, Long::sum);
            });
        }
    }

    /** Gives up the servers that do not answer. */
    void stopSilent() {
        for (RelayConnection each : List.copyOf(connections)) {
            if (each.isSilent()) {
                connections.remove(each);
                each.close();
            }
        }
    }

    void close() {
        List<RelayConnection> all = List.copyOf(connections);
        connections.clear();
        all.forEach(RelayConnection::close);
    }

    @Override
    public void onRelayed(RelayConnection connection, RelayPort port, long nowNanos) {
        told.onRelayed(port, preference(connection, port), nowNanos);
    }

    /** Unique among relays: the way to the server decides, then IPv6 before IPv4, then the order of arrival. */
    private int preference(RelayConnection connection, RelayPort port) {
        int protocol = RelayServer.Protocol.values().length
                - connection.server().protocol().ordinal();
        boolean ipv6 = port.local().getAddress() instanceof Inet6Address;
        return protocol * PROTOCOL_STEP + (ipv6 ? IPV6_STEP : 0) - ++serial;
    }

    @Override
    public void onRelaySilent(RelayConnection connection, int code, String reason, long nowNanos) {
        told.onRelayFailed(connection.local(), connection.reason().url(), code, reason, nowNanos);
    }

    @Override
    public void onRelayFailed(RelayConnection connection, int code, String reason, long nowNanos) {
        connections.remove(connection);
        told.onRelayFailed(connection.local(), connection.reason().url(), code, reason, nowNanos);
    }

    @Override
    public void onRelayLost(RelayConnection connection, long nowNanos) {
        connections.remove(connection);
        told.onRelayLost(connection.ports(), nowNanos);
        agent.endTurn(nowNanos);
    }

    /** Gives up the relays that were reached from addresses that are not the machine's any more. */
    void removeAbsent(long nowNanos) {
        for (RelayConnection each : List.copyOf(connections)) {
            if (!factory.ports().isPresent(each.localAddress())) {
                connections.remove(each);
                told.onRelayLost(each.ports(), nowNanos);
                each.close();
            }
        }
    }

    @Override
    public void onRedirected(
            RelayConnection connection, InetSocketAddress server, @Nullable String domain, long nowNanos) {
        RelayConnection.Reason reason = connection.reason();
        if (reason.redirected() || !AgentPort.reaches(connection.localAddress(), server.getAddress())) {
            onRelayFailed(connection, Stun.ERROR_TRY_ALTERNATE, "The TURN server names another one", nowNanos);
            return;
        }
        connections.remove(connection);
        RelayServer before = connection.server();
        connect(
                new RelayServer(server, before.protocol(), domain == null ? before.host() : domain),
                connection.localAddress(),
                new RelayConnection.Reason(reason.url(), reason.account(), true));
    }

    @Override
    public void onTimerChanged(long nowNanos) {
        agent.armTimer(nowNanos);
    }

    @Override
    public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        agent.onPacket(port, from, packet, arrivalNanos);
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        agent.onBatchEnd(nowNanos);
    }

    @Override
    public void onWritabilityChanged(PacketPort port, boolean writable) {
        agent.onWritabilityChanged(port, writable);
    }
}
