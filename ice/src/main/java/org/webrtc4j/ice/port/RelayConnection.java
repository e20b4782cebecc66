package org.webrtc4j.ice.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.turn.TurnClient;
import org.webrtc4j.ice.turn.TurnDrop;

/**
 * A TURN client on a way to its server, and the relayed addresses that it got. Messages of the server go to the client,
 * data of peers from there to the agent, as if it had come to the relayed port.
 */
final class RelayConnection implements PortOwner, TurnClient.Sink {

    private static final int UNREACHABLE = TurnClient.SERVER_SILENT;

    /** What UDP over IPv6 leaves of an Ethernet frame: the way from the server to the peer. */
    private static final int MAX_PEER_PAYLOAD = 1_452;

    private final EventLoop loop;
    private final Owner owner;
    private final RelayServer server;
    private final Reason reason;
    private final InetAddress local;
    private final TurnClient client;
    private final List<InetSocketAddress> fresh = new ArrayList<>();
    private final List<RelayPort> ports = new ArrayList<>();
    private @Nullable PacketPort port;
    private @Nullable InetSocketAddress mapped;
    private @Nullable Ending ending;
    private boolean told;
    private boolean silent;
    private boolean dirty;
    private boolean closed;
    private long arrivalNanos;
    private long plannedNanos = ProtocolEngine.NEVER;

    /** Whose connection it is. Called at the end of a turn of the connection, on the loop. */
    interface Owner extends PortOwner {

        /** A relayed address is there. */
        void onRelayed(RelayConnection connection, RelayPort port, long nowNanos);

        /** Nobody should wait for a relayed address; there may be one yet. */
        void onRelaySilent(RelayConnection connection, int code, String reason, long nowNanos);

        /** There will be no relayed address. */
        void onRelayFailed(RelayConnection connection, int code, String reason, long nowNanos);

        /** The relayed addresses are gone. */
        void onRelayLost(RelayConnection connection, long nowNanos);

        /** Another server is to be asked instead. */
        void onRedirected(RelayConnection connection, InetSocketAddress server, @Nullable String domain, long nowNanos);

        /** The client wants to be woken earlier than it said. */
        void onTimerChanged(long nowNanos);
    }

    /**
     * Why there is a connection.
     *
     * @param url the server's URL
     * @param account user and password
     * @param redirected true when another server sent us here: it may not send us on
     */
    record Reason(String url, IceServer account, boolean redirected) {}

    private record Ending(
            int code,
            String reason,
            @Nullable InetSocketAddress redirect,
            @Nullable String domain) {}

    RelayConnection(
            EventLoop loop, Owner owner, RelayServer server, Reason reason, InetAddress local, RandomGenerator random) {
        this.loop = loop;
        this.owner = owner;
        this.server = server;
        this.reason = reason;
        this.local = local;
        client = new TurnClient(
                random,
                reason.account().username(),
                reason.account().credential(),
                server.protocol() != RelayServer.Protocol.UDP,
                this);
    }

    RelayServer server() {
        return server;
    }

    Reason reason() {
        return reason;
    }

    /** Where it comes from; without a port before it is open. */
    InetSocketAddress local() {
        PacketPort opened = port;
        return opened == null ? new InetSocketAddress(local, 0) : opened.local();
    }

    InetAddress localAddress() {
        return local;
    }

    /** The relayed addresses that it got. */
    List<RelayPort> ports() {
        return List.copyOf(ports);
    }

    /** The server does not answer, and is asked on. */
    boolean isSilent() {
        return silent && ports.isEmpty();
    }

    /** Neither a relayed address nor a failure was told yet. */
    boolean isPending() {
        return !told && !closed;
    }

    /** The way to the server is open, or cannot be opened. */
    void opened(@Nullable PacketPort way) {
        if (closed) {
            if (way != null) {
                way.close();
            }
            return;
        }
        long now = loop.clock().nanoTime();
        port = way;
        if (way == null) {
            ending = new Ending(UNREACHABLE, "The TURN server cannot be reached", null, null);
        } else {
            client.allocate(now);
        }
        settle(now);
        flush();
    }

    boolean send(InetSocketAddress peer, ByteBuffer packet) {
        return !closed && client.send(peer, packet, loop.clock().nanoTime());
    }

    int maxPayload() {
        PacketPort way = port;
        return Math.min(way == null ? 0 : way.maxPayload() - TurnClient.OVERHEAD_BYTES, MAX_PEER_PAYLOAD);
    }

    boolean isWritable() {
        PacketPort way = port;
        return !closed && way != null && client.isAllocated() && way.isWritable();
    }

    void flush() {
        PacketPort way = port;
        if (!dirty || way == null) {
            return;
        }
        dirty = false;
        way.flush();
        // What was sent may have begun a request.
        if (client.nextTimeout() < plannedNanos) {
            owner.onTimerChanged(loop.clock().nanoTime());
        }
    }

    void handleTimeout(long nowNanos) {
        if (!closed && client.nextTimeout() - nowNanos <= 0) {
            client.handleTimeout(nowNanos);
            settle(nowNanos);
            flush();
        }
    }

    /** Asked once the turn is over; remembered, so that what is begun later is noticed. */
    long nextTimeout() {
        plannedNanos = closed ? ProtocolEngine.NEVER : client.nextTimeout();
        return plannedNanos;
    }

    Map<TurnDrop, Long> drops() {
        return client.drops();
    }

    void portClosed() {
        for (RelayPort each : ports) {
            if (!each.isClosed()) {
                return;
            }
        }
        close();
    }

    void close() {
        if (closed) {
            return;
        }
        PacketPort way = port;
        if (way != null) {
            client.close(loop.clock().nanoTime());
            way.flush();
            way.close();
        }
        closed = true;
    }

    @Override
    public void onPacket(PacketPort from, InetSocketAddress source, ByteBuffer packet, long nowNanos) {
        if (!closed && source.equals(server.address())) {
            arrivalNanos = nowNanos;
            client.handlePacket(packet, nowNanos);
        }
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        if (!closed) {
            settle(nowNanos);
            owner.onBatchEnd(nowNanos);
            flush();
        }
    }

    @Override
    public void onWritabilityChanged(PacketPort way, boolean writable) {
        if (!closed && !ports.isEmpty()) {
            owner.onWritabilityChanged(ports.get(0), writable);
        }
    }

    @Override
    public void onClosed(PacketPort way) {
        if (!closed && ending == null) {
            ending = new Ending(UNREACHABLE, "The connection to the TURN server has ended", null, null);
            settle(loop.clock().nanoTime());
        }
    }

    /** Tells the owner what the client has told, which must not be re-entered while it does. */
    private void settle(long nowNanos) {
        InetSocketAddress seen = mapped;
        while (!fresh.isEmpty() && seen != null) {
            RelayPort made = new RelayPort(this, fresh.remove(0), seen);
            ports.add(made);
            told = true;
            owner.onRelayed(this, made, nowNanos);
        }
        if (silent && !told) {
            told = true;
            owner.onRelaySilent(this, TurnClient.SERVER_SILENT, "The TURN server did not answer", nowNanos);
        }
        Ending end = ending;
        if (end != null && !closed) {
            boolean lost = told;
            told = true;
            close();
            if (end.redirect() != null) {
                owner.onRedirected(this, end.redirect(), end.domain(), nowNanos);
            } else if (lost) {
                owner.onRelayLost(this, nowNanos);
            } else {
                owner.onRelayFailed(this, end.code(), end.reason(), nowNanos);
            }
        }
    }

    @Override
    public void transmit(ByteBuffer message) {
        PacketPort way = port;
        if (way != null && way.append(server.address(), message)) {
            dirty = true;
        }
    }

    @Override
    public void onAllocated(InetSocketAddress relayed, InetSocketAddress seen) {
        mapped = seen;
        fresh.add(relayed);
    }

    @Override
    public void onData(InetSocketAddress peer, ByteBuffer data) {
        boolean ipv6 = peer.getAddress() instanceof Inet6Address;
        for (int i = 0; i < ports.size(); i++) {
            RelayPort each = ports.get(i);
            if (each.local().getAddress() instanceof Inet6Address == ipv6) {
                owner.onPacket(each, peer, data, arrivalNanos);
                return;
            }
        }
    }

    @Override
    public void onRedirected(InetSocketAddress other, @Nullable String domain) {
        ending = new Ending(0, "", other, domain);
    }

    @Override
    public void onSilent() {
        silent = true;
    }

    @Override
    public void onFailed(int code, String reason) {
        ending = new Ending(code, reason, null, null);
    }
}
