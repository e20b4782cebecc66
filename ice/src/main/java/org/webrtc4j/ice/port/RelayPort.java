package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A relayed address as a port of an agent: what is sent here leaves at the TURN server. */
final class RelayPort implements PacketPort {

    private final RelayConnection connection;
    private final InetSocketAddress relayed;
    private final InetSocketAddress mapped;
    private boolean closed;

    RelayPort(RelayConnection connection, InetSocketAddress relayed, InetSocketAddress mapped) {
        this.connection = connection;
        this.relayed = relayed;
        this.mapped = mapped;
    }

    RelayConnection connection() {
        return connection;
    }

    /** How the server sees the client. */
    InetSocketAddress mapped() {
        return mapped;
    }

    /** The relayed address: the base of the candidate (RFC 8445 section 5.1.1.2). */
    @Override
    public InetSocketAddress local() {
        return relayed;
    }

    @Override
    public int maxPayload() {
        return connection.maxPayload();
    }

    @Override
    public boolean append(InetSocketAddress to, ByteBuffer packet) {
        return !closed && connection.send(to, packet);
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public boolean isWritable() {
        return !closed && connection.isWritable();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        connection.portClosed();
    }
}
