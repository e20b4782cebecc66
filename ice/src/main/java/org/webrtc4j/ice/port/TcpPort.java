package org.webrtc4j.ice.port;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.ice.ConnectionEnd;
import org.webrtc4j.ice.IceTcpType;

/**
 * The TCP connections of one agent from one local address, on the agent's loop, each known by its remote address.
 *
 * <p>A passive port is given connections by its listener. An active one opens a connection with the first packet to an
 * address; a connection that failed is opened anew by the next packet.
 */
final class TcpPort implements PacketPort, TcpConnection.Reader {

    /** With more connections than this the one that was silent longest gives way to one accepted, and none is opened. */
    static final int MAX_CONNECTIONS = 16;

    /** A path without TCP would carry this much; the length before each packet is taken off it. */
    private static final int ETHERNET_MTU = 1_500;

    private static final Logger LOG = LoggerFactory.getLogger(NettyPorts.class);

    private final NettyEventLoop home;
    private final PortOwner owner;
    private final InetSocketAddress local;
    private final int maxPayload;
    private final @Nullable TcpListener listener;
    private final List<TcpConnection> connections = new ArrayList<>(1);
    private final List<String> ufrags = new ArrayList<>(1);
    private boolean closed;

    /**
     * Makes a port.
     *
     * @param listener accepts its connections; null for an active port
     */
    TcpPort(NettyEventLoop home, PortOwner owner, InetSocketAddress local, int mtu, @Nullable TcpListener listener) {
        this.home = home;
        this.owner = owner;
        this.local = local;
        this.listener = listener;
        int headers = local.getAddress() instanceof Inet6Address ? 48 : 28;
        maxPayload = Math.min(mtu > 0 ? mtu : ETHERNET_MTU, ETHERNET_MTU) - headers - TcpFrames.HEADER_BYTES;
    }

    NettyEventLoop home() {
        return home;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public IceTcpType tcpType() {
        return listener == null ? IceTcpType.ACTIVE : IceTcpType.PASSIVE;
    }

    @Override
    public int maxPayload() {
        return maxPayload;
    }

    @Override
    public boolean append(InetSocketAddress to, ByteBuffer packet) {
        assert home.inLoop();
        TcpConnection connection = find(to);
        if (connection == null && !closed && listener == null) {
            connection = open(to);
        }
        if (connection == null) {
            home.counters().count(PortCounter.DROPPED_CLOSED);
            return false;
        }
        if (isRequest(packet) && connection.isSilent(home.clock().nanoTime())) {
            TcpConnection dead = connection;
            home.post(() -> dead.end(ConnectionEnd.SILENT));
            home.counters().count(PortCounter.DROPPED_CLOSED);
            return false;
        }
        return connection.append(packet);
    }

    private static boolean isRequest(ByteBuffer packet) {
        return StunPeek.isStun(packet) && StunPeek.kind(packet) == StunPeek.Kind.REQUEST;
    }

    private @Nullable TcpConnection find(InetSocketAddress remote) {
        for (int i = 0; i < connections.size(); i++) {
            if (connections.get(i).remote().equals(remote)) {
                return connections.get(i);
            }
        }
        return null;
    }

    private @Nullable TcpConnection open(InetSocketAddress to) {
        ConnectionEnd end = ConnectionEnd.LIMIT;
        if (connections.size() < MAX_CONNECTIONS) {
            try {
                TcpConnection connection = TcpConnection.connect(home, local.getAddress(), to, this);
                connections.add(connection);
                return connection;
            } catch (IOException | RuntimeException e) {
                LOG.debug("No socket for a TCP connection", e);
                end = ConnectionEnd.UNREACHABLE;
            }
        }
        ConnectionEnd why = end;
        home.post(() -> tellEnd(to, why));
        return null;
    }

    /**
     * Takes a connection that began with a check for this agent, on the agent's loop. It stays when the agent answers, which
     * it does for nobody without the password.
     */
    void welcome(TcpConnection connection, ByteBuffer check, long arrivalNanos) {
        if (closed) {
            refuse(connection, PortCounter.REFUSED_TCP_UNKNOWN_UFRAG);
            return;
        }
        connection.reader(this);
        connections.add(connection);
        onPacket(connection, check, arrivalNanos);
        if (!connection.isUsed()) {
            connections.remove(connection);
            refuse(connection, PortCounter.REFUSED_TCP_UNVERIFIED);
        } else if (connection.claim() && connections.size() > MAX_CONNECTIONS) {
            TcpConnection oldest = quietest(connection);
            home.counters().count(PortCounter.REFUSED_TCP_LIMIT);
            home.post(() -> oldest.end(ConnectionEnd.LIMIT));
        }
    }

    private void refuse(TcpConnection connection, PortCounter reason) {
        home.counters().count(reason);
        connection.drop();
        connection.close();
    }

    private TcpConnection quietest(TcpConnection newest) {
        TcpConnection quietest = newest;
        for (TcpConnection each : connections) {
            if (each != newest && (quietest == newest || each.heardNanos() - quietest.heardNanos() < 0)) {
                quietest = each;
            }
        }
        return quietest;
    }

    @Override
    public void flush() {
        for (int i = 0; i < connections.size(); i++) {
            connections.get(i).flush();
        }
    }

    @Override
    public boolean isWritable() {
        return !closed;
    }

    @Override
    public boolean isWritableTo(InetSocketAddress to) {
        TcpConnection connection = find(to);
        return connection != null && connection.isWritable();
    }

    @Override
    public void bindUfrag(String ufrag) {
        if (listener == null || closed) {
            return;
        }
        if (ufrags.size() < MuxPort.MAX_UFRAGS && listener.bindUfrag(ufrag, this)) {
            ufrags.add(ufrag);
        } else {
            home.counters().count(PortCounter.REFUSED_UFRAG);
        }
    }

    @Override
    public void unbindUfrag(String ufrag) {
        if (listener != null && ufrags.remove(ufrag)) {
            listener.unbindUfrag(ufrag, this);
        }
    }

    @Override
    public void unbindRemote(InetSocketAddress remote) {
        TcpConnection connection = find(remote);
        if (connection != null) {
            connections.remove(connection);
            connection.close();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            List.copyOf(ufrags).forEach(this::unbindUfrag);
            closed = true;
            List<TcpConnection> open = List.copyOf(connections);
            connections.clear();
            open.forEach(TcpConnection::close);
        }
    }

    @Override
    public void onPacket(TcpConnection connection, ByteBuffer packet, long arrivalNanos) {
        try {
            owner.onPacket(this, connection.remote(), packet, arrivalNanos);
        } catch (RuntimeException e) {
            home.counters().count(PortCounter.DROPPED_OWNER_FAILED);
            NettyEventLoop.logFailure(e);
        }
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        if (!closed) {
            owner.onBatchEnd(nowNanos);
        }
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        if (!closed) {
            owner.onWritabilityChanged(this, writable);
        }
    }

    @Override
    public void onEnd(TcpConnection connection, ConnectionEnd end) {
        connections.remove(connection);
        tellEnd(connection.remote(), end);
    }

    private void tellEnd(InetSocketAddress remote, ConnectionEnd end) {
        if (!closed) {
            owner.onConnectionEnded(this, remote, end);
        }
    }
}
