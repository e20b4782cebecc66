package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HandOffRingTest {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress(Sockets.LOOPBACK, 9);

    private static final class Collector implements HandOffRing.Target {

        private final List<ByteBuffer> packets = new ArrayList<>();
        private int ends;
        private boolean touched;

        @Override
        public synchronized void onHandedOff(InetSocketAddress address, ByteBuffer packet, long nowNanos) {
            assertThat(address).isSameAs(ADDRESS);
            byte[] copy = new byte[packet.remaining()];
            packet.get(copy);
            packets.add(ByteBuffer.wrap(copy));
        }

        @Override
        public synchronized void onHandOffEnd(long nowNanos) {
            ends++;
            touched = false;
            notifyAll();
        }

        @Override
        public synchronized boolean touch() {
            boolean first = !touched;
            touched = true;
            return first;
        }

        synchronized List<ByteBuffer> await(int count) throws InterruptedException {
            while (packets.size() < count) {
                wait(10_000);
            }
            return List.copyOf(packets);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void packetsOfAllSizesArriveWholeAndInOrderWhileBothLoopsRun(long seed) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO)) {
            HandOffRing ring = new HandOffRing(
                    loops.nettyLoops().get(0), loops.nettyLoops().get(1));
            Collector collector = new Collector();
            Random random = new Random(seed);
            List<ByteBuffer> sent = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                byte[] bytes = new byte[1 + random.nextInt(UdpSocket.MAX_DATAGRAM)];
                random.nextBytes(bytes);
                sent.add(ByteBuffer.wrap(bytes));
            }

            Sockets.on(loops.loops().get(0), () -> {
                for (ByteBuffer packet : sent) {
                    while (!ring.offer(collector, ADDRESS, packet)) {
                        Thread.onSpinWait();
                    }
                }
                return null;
            });

            assertThat(collector.await(sent.size())).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void aFullRingRefusesByPacketsAndByBytes() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, Transport.NIO)) {
            NettyEventLoop loop = loops.nettyLoops().get(0);
            HandOffRing ring = new HandOffRing(loop, loop);
            Collector collector = new Collector();

            int small = Sockets.on(loop, () -> fill(ring, collector, 1));
            collector.await(HandOffRing.MAX_PACKETS);
            assertThat(small).isEqualTo(HandOffRing.MAX_PACKETS);

            int large = Sockets.on(loop, () -> fill(ring, collector, 2000));
            assertThat(large).isBetween(HandOffRing.MAX_BYTES / 2000 - 2, HandOffRing.MAX_BYTES / 2000);
            collector.await(small + large);
            assertThat(Sockets.on(loop, () -> collector.ends)).isEqualTo(2);
        }
    }

    private static int fill(HandOffRing ring, Collector collector, int size) {
        int taken = 0;
        while (ring.offer(collector, ADDRESS, ByteBuffer.allocate(size))) {
            taken++;
        }
        return taken;
    }
}
