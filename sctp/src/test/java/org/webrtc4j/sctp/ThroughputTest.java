package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two associations joined in memory: prints what one core does and what a packet allocates; asserts only that all arrives. */
class ThroughputTest {

    /** Packets on the way to the other side, in slots used again. */
    private static final class Wire implements SctpSink {
        private static final int SLOTS = 1 << 14;
        private final byte[][] slots = new byte[SLOTS][1200];
        private final int[] lengths = new int[SLOTS];
        private final ByteBuffer[] views = new ByteBuffer[SLOTS];
        private int head;
        private int tail;
        private final SctpAssociation own;
        private long received;
        private long packets;

        Wire(long seed, boolean interleaving) {
            own = new SctpAssociation(
                    SctpOptions.builder().interleaving(interleaving).build(), this, new Random(seed));
            for (int i = 0; i < SLOTS; i++) {
                views[i] = ByteBuffer.wrap(slots[i]);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            packets++;
            int slot = tail++ & (SLOTS - 1);
            lengths[slot] = packet.remaining();
            packet.get(slots[slot], 0, lengths[slot]);
        }

        void deliver(SctpAssociation to, long now) {
            while (head != tail) {
                for (int i = 0; i < 32 && head != tail; i++) {
                    int slot = head++ & (SLOTS - 1);
                    to.handlePacket(views[slot].clear().limit(lengths[slot]), now);
                }
                to.handleBatchEnd(now);
            }
        }

        @Override
        public void onEvent(SctpEvent event) {
            if (event instanceof SctpEvent.Message message) {
                received += message.payload().length;
                own.consumed(message.streamId(), message.payload().length, 0);
            }
        }
    }

    @Test
    void everythingSentInMemoryArrives() {
        for (boolean interleaving : new boolean[] {false, true}) {
            System.out.println("Interleaving " + interleaving);
            Wire a = new Wire(1, interleaving);
            Wire b = new Wire(2, interleaving);
            a.own.connect(0);
            for (int size : new int[] {16_384, 65_536, 1_000, 16_384}) {
                run(a, b, size, 40_000_000L);
                run(a, b, size, interleaving ? 100_000_000L : 300_000_000L);
            }
        }
    }

    private static void run(Wire a, Wire b, int size, long total) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] message = new byte[size];
        b.received = 0;
        a.packets = 0;
        b.packets = 0;
        long sent = 0;
        long allocated = threads.getCurrentThreadAllocatedBytes();
        // Of the processor, not of the clock: others may be busy.
        long start = threads.getCurrentThreadCpuTime();
        long now = System.nanoTime();
        while (b.received < total) {
            while (sent < total && a.own.bufferedAmount(1) < 1_000_000) {
                a.own.send(1, 53, message, SendOptions.ORDERED, now);
                sent += size;
            }
            now = System.nanoTime();
            a.own.handleBatchEnd(now);
            a.deliver(b.own, now);
            b.deliver(a.own, now);
            a.own.handleTimeout(now);
            b.own.handleTimeout(now);
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        long packets = a.packets + b.packets;
        long perPacket = (threads.getCurrentThreadAllocatedBytes() - allocated - b.received) / packets;
        System.out.printf(
                "SCTP in memory, %d-byte messages: %.0f Mbit/s, %.2f us per packet, %d packets, %d bytes per packet "
                        + "beside the delivered messages, cwnd %d%n",
                size,
                b.received * 8 / seconds / 1e6,
                seconds * 1e6 / packets,
                packets,
                perPacket,
                a.own.stats().congestionWindow());
        assertThat(b.received).isGreaterThanOrEqualTo(total);
        assertThat(a.own.stats().timeouts()).isZero();
    }
}
