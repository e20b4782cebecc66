package org.webrtc4j.benchmarks.forward;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.PacketPort;
import org.webrtc4j.ice.port.PortOwner;
import org.webrtc4j.ice.port.PortProvider;
import org.webrtc4j.rtp.RtpPacket;

/**
 * Ports in memory, where a server's sockets would be. STUN and DTLS reach the port that they are for; media that is sent has
 * left, and is counted.
 */
final class MemoryPorts {

    private static final int MAX_PAYLOAD = 1_472;
    private static final int FIRST_PORT = 10_000;
    private static final int FIXED_HEADER = 12;

    /** RTP and RTCP begin with two bits that DTLS and STUN have not (RFC 7983). */
    private static final int FIRST_MEDIA_BYTE = 128;

    private final Map<InetSocketAddress, Port> ports = new HashMap<>();
    private int nextPort = FIRST_PORT;
    private long mediaPackets;
    private int headerBytes;

    /** One host, each of whose agents has one port. */
    PortProvider host(String address) {
        return new Host(address);
    }

    /** How many RTP packets have left so far. */
    long mediaPackets() {
        return mediaPackets;
    }

    /** The header bytes of the packet that left last. */
    int headerBytes() {
        return headerBytes;
    }

    private void onMedia(ByteBuffer packet) {
        if (RtpPacket.isRtcp(packet)) {
            return;
        }
        mediaPackets++;
        // RFC 3550 section 5.1: CSRCs are never there, an extension is.
        int extensionWords = packet.getShort(packet.position() + FIXED_HEADER + 2);
        headerBytes = FIXED_HEADER + 4 + 4 * extensionWords;
    }

    /** The port that is bound to an address. */
    Port at(String host, int port) {
        Port bound = ports.get(new InetSocketAddress(host, port));
        if (bound == null) {
            throw new IllegalStateException("Nothing is bound to " + host + ":" + port);
        }
        return bound;
    }

    private final class Host implements PortProvider {

        private final String address;

        Host(String address) {
            this.address = address;
        }

        @Override
        public void open(EventLoop loop, PortOwner owner, boolean includeLoopback, Consumer<List<OpenedPort>> opened) {
            Port port = new Port(loop, owner, new InetSocketAddress(address, nextPort++));
            ports.put(port.local, port);
            loop.execute(() -> opened.accept(List.of(new OpenedPort(port, List.of(), false, 65_535))));
        }

        @Override
        public void close() {
            // Its ports end with their agents.
        }
    }

    /** One bound port. */
    final class Port implements PacketPort {

        private final EventLoop loop;
        private final PortOwner owner;
        private final InetSocketAddress local;

        Port(EventLoop loop, PortOwner owner, InetSocketAddress local) {
            this.loop = loop;
            this.owner = owner;
            this.local = local;
        }

        /** A datagram comes in, on the loop; {@link #readEnd} is to follow. */
        void receive(InetSocketAddress from, ByteBuffer packet, long nowNanos) {
            owner.onPacket(this, from, packet, nowNanos);
        }

        /** The batch is over. */
        void readEnd(long nowNanos) {
            owner.onBatchEnd(nowNanos);
        }

        @Override
        public InetSocketAddress local() {
            return local;
        }

        @Override
        public int maxPayload() {
            return MAX_PAYLOAD;
        }

        @Override
        public boolean append(InetSocketAddress to, ByteBuffer packet) {
            if ((packet.get(packet.position()) & 0xff) >= FIRST_MEDIA_BYTE) {
                onMedia(packet);
                return true;
            }
            Port target = ports.get(to);
            if (target != null) {
                byte[] copy = new byte[packet.remaining()];
                packet.get(packet.position(), copy);
                target.loop.execute(() -> {
                    long now = target.loop.clock().nanoTime();
                    target.receive(local, ByteBuffer.wrap(copy), now);
                    target.readEnd(now);
                });
            }
            return true;
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void close() {
            ports.remove(local);
        }
    }
}
