package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;

/** What a packet costs in garbage, Netty's part included; printed, and held below a bound that ours would break. */
@Timeout(60)
class PortCostTest {

    private static final int BURST = 256;
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 40;
    private static final int SIZE = 1200;

    /** Netty's packet and address objects, and nothing near the size of a packet. */
    private static final int SENT_BYTES_PER_PACKET = 300;

    private static final int RECEIVED_BYTES_PER_PACKET = 300;

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    private static final class Counter implements PortOwner {

        private volatile int packets;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
            packets++;
        }

        @Override
        public void onBatchEnd(long nowNanos) {}

        @Override
        public void onWritabilityChanged(PacketPort port, boolean writable) {}
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aPacketCostsOnlyTheObjectsOfNetty(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(2, transport);
                NettyPorts ports =
                        NettyPorts.builder(loops).bind(Sockets.LOOPBACK).build()) {
            EventLoop sending = loops.next();
            EventLoop receiving = loops.next();
            Counter counter = new Counter();
            PacketPort from = Sockets.open(ports, sending, new Counter()).get(0).port();
            PacketPort to = Sockets.open(ports, receiving, counter).get(0).port();
            long sent = 0;
            long received = 0;
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                if (round == WARM_UP) {
                    sent = -Sockets.on(sending, Allocation::ofThisThread);
                    received = -Sockets.on(receiving, Allocation::ofThisThread);
                }
                int expected = counter.packets + BURST;
                Sockets.on(sending, () -> {
                    ByteBuffer packet = ByteBuffer.allocate(SIZE);
                    for (int i = 0; i < BURST; i++) {
                        from.append(to.local(), packet);
                    }
                    from.flush();
                    return null;
                });
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                while (counter.packets < expected && System.nanoTime() - deadline < 0) {
                    LockSupport.parkNanos(10_000);
                }
                assertThat(counter.packets).isEqualTo(expected);
            }
            sent += Sockets.on(sending, Allocation::ofThisThread);
            received += Sockets.on(receiving, Allocation::ofThisThread);

            int packets = ROUNDS * BURST;
            System.out.println(transport + ": bytes allocated per packet: " + sent / packets + " sent, "
                    + received / packets + " received; segmented sends: "
                    + ports.stats().segmentedSends());
            assertThat(sent / packets).isLessThan(SENT_BYTES_PER_PACKET);
            assertThat(received / packets).isLessThan(RECEIVED_BYTES_PER_PACKET);
        }
    }
}
