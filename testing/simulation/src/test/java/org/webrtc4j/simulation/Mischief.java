package org.webrtc4j.simulation;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.ice.port.PacketPort;
import org.webrtc4j.ice.port.PortOwner;
import org.webrtc4j.ice.port.PortProvider;

/**
 * What befalls the packets that one peer receives, in two places: datagrams before ICE, and SCTP packets after DTLS, as a
 * stranger on the path and a hostile peer would have them. It is planned packet by packet; without a plan all pass.
 */
final class Mischief {

    /** What happens to one packet. */
    interface Trick {
        /** Hands on what becomes of the packet: nothing, the packet, or others. */
        void play(ByteBuffer packet, Consumer<ByteBuffer> handOn);
    }

    /** More plans than this are forgotten. */
    static final int MAX_PLANS = 256;

    private static final int SCTP_CHECKSUM_AT = 8;
    private static final int SCTP_HEADER_BYTES = 12;

    private final Queue<Trick> onDatagrams = new ArrayDeque<>();
    private final Queue<Trick> onPlaintext = new ArrayDeque<>();
    private @Nullable Arrival lastArrival;
    private @Nullable DtlsSink above;
    private long datagrams;

    /** Where the last datagram came in and from whom, so that others can claim the same. */
    private record Arrival(PortOwner owner, PacketPort port, InetSocketAddress from) {}

    void planDatagram(Trick trick) {
        if (onDatagrams.size() < MAX_PLANS) {
            onDatagrams.add(trick);
        }
    }

    void planPlaintext(Trick trick) {
        if (onPlaintext.size() < MAX_PLANS) {
            onPlaintext.add(trick);
        }
    }

    void end() {
        onDatagrams.clear();
        onPlaintext.clear();
    }

    /** How many datagrams have come. */
    long datagrams() {
        return datagrams;
    }

    /** Has a datagram arrive from the peer's address; on the loop. */
    void injectDatagram(byte[] bytes, long nowNanos) {
        Arrival like = lastArrival;
        if (like != null) {
            like.owner().onPacket(like.port(), like.from(), ByteBuffer.wrap(bytes), nowNanos);
            like.owner().onBatchEnd(nowNanos);
        }
    }

    /** Has an SCTP packet arrive that DTLS vouches for, with the checksum it should have; on the loop. */
    void injectPlaintext(byte[] bytes, long nowNanos) {
        Arrival like = lastArrival;
        DtlsSink sink = above;
        if (like != null && sink != null) {
            sink.onApplicationData(withChecksum(ByteBuffer.wrap(bytes)));
            like.owner().onBatchEnd(nowNanos);
        }
    }

    /** Makes the checksum right again, so that the packet is looked into. */
    static ByteBuffer withChecksum(ByteBuffer packet) {
        if (packet.remaining() >= SCTP_HEADER_BYTES) {
            int at = packet.position() + SCTP_CHECKSUM_AT;
            packet.putInt(at, 0);
            CRC32C sum = new CRC32C();
            sum.update(packet.duplicate());
            packet.order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(at, (int) sum.getValue())
                    .order(ByteOrder.BIG_ENDIAN);
        }
        return packet;
    }

    private static void play(Queue<Trick> tricks, ByteBuffer packet, Consumer<ByteBuffer> handOn) {
        Trick trick = tricks.poll();
        if (trick == null) {
            handOn.accept(packet);
        } else {
            byte[] copy = new byte[packet.remaining()];
            packet.get(packet.position(), copy);
            trick.play(ByteBuffer.wrap(copy), handOn);
        }
    }

    PortProvider between(PortProvider ports) {
        return new PortProvider() {
            @Override
            public void open(
                    EventLoop loop, PortOwner owner, boolean includeLoopback, Consumer<List<OpenedPort>> opened) {
                ports.open(loop, new Listening(owner), includeLoopback, opened);
            }

            @Override
            public void close() {
                ports.close();
            }
        };
    }

    DtlsEndpointFactory between(DtlsEndpointFactory factory) {
        return new DtlsEndpointFactory() {
            @Override
            public DtlsEndpoint create(DtlsConfig config, EventLoop loop, DtlsSink sink) {
                above = sink;
                return factory.create(config, loop, new Vouching(sink));
            }

            @Override
            public void close() {
                factory.close();
            }
        };
    }

    private final class Listening implements PortOwner {

        private final PortOwner owner;

        Listening(PortOwner owner) {
            this.owner = owner;
        }

        @Override
        public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
            datagrams++;
            lastArrival = new Arrival(owner, port, from);
            play(onDatagrams, packet, each -> owner.onPacket(port, from, each, arrivalNanos));
        }

        @Override
        public void onBatchEnd(long nowNanos) {
            owner.onBatchEnd(nowNanos);
        }

        @Override
        public void onWritabilityChanged(PacketPort port, boolean writable) {
            owner.onWritabilityChanged(port, writable);
        }
    }

    private final class Vouching implements DtlsSink {

        private final DtlsSink sink;

        Vouching(DtlsSink sink) {
            this.sink = sink;
        }

        @Override
        public void transmit(ByteBuffer packet) {
            sink.transmit(packet);
        }

        @Override
        public void onApplicationData(ByteBuffer data) {
            List<ByteBuffer> handedOn = new ArrayList<>();
            play(onPlaintext, data, handedOn::add);
            handedOn.forEach(sink::onApplicationData);
        }

        @Override
        public void onEvent(DtlsEvent event) {
            sink.onEvent(event);
        }
    }
}
