package org.webrtc4j.turnserver;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.webrtc4j.ice.port.PacketPort;

/** A port that was written to or not in this turn. */
final class Outgoing {

    private final PacketPort port;
    private final List<Outgoing> written;
    private boolean dirty;

    /**
     * Wraps a port.
     *
     * @param port where packets leave
     * @param written takes this when it has packets to flush
     */
    Outgoing(PacketPort port, List<Outgoing> written) {
        this.port = port;
        this.written = written;
    }

    /** A port that is full or closed drops and counts: what is relayed are datagrams. */
    void append(InetSocketAddress to, ByteBuffer packet) {
        if (port.append(to, packet) && !dirty) {
            dirty = true;
            written.add(this);
        }
    }

    void flush() {
        dirty = false;
        port.flush();
    }

    void close() {
        port.close();
    }
}
