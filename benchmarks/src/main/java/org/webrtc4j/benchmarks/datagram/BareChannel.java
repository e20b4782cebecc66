package org.webrtc4j.benchmarks.datagram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's channel and nothing else, on a thread of its own. */
final class BareChannel implements BurstSender, BurstReceiver {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final OwnThread thread = new OwnThread();
    private final ThreadMeter meter = new ThreadMeter();
    private final ByteBuffer packet = Burst.packet();
    private final ByteBuffer buffer = ByteBuffer.allocate(2 * Burst.PACKET_BYTES);
    private final DatagramChannel channel;

    BareChannel() throws IOException {
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, Burst.SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, Burst.SOCKET_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
    }

    @Override
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Cost send(List<InetSocketAddress> to) throws Exception {
        return thread.send(() -> {
            meter.start();
            for (int i = 0; i < Burst.PACKETS; i++) {
                packet.clear();
                if (channel.send(packet, to.get(i % to.size())) == 0) {
                    throw new IOException("The system's buffer is full");
                }
            }
            return meter.stop();
        });
    }

    @Override
    public Cost receive(Source source) throws Exception {
        return thread.receive(source, gate -> {
            long deadline = System.nanoTime() + LIMIT_NANOS;
            for (int packets = 0; packets < Burst.PACKETS; ) {
                if (channel.receive(buffer.clear()) != null) {
                    packets++;
                    gate.onPacket();
                } else if (System.nanoTime() - deadline > 0) {
                    throw new IOException("Lost " + (Burst.PACKETS - packets) + " packets");
                }
            }
        });
    }

    /** Reads what there is. */
    int drain() throws IOException {
        int packets = 0;
        while (channel.receive(buffer.clear()) != null) {
            packets++;
        }
        return packets;
    }

    @Override
    public void close() throws IOException {
        thread.close();
        channel.close();
    }
}
