package org.webrtc4j.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A packet of a large message costs its sender no memory, lost and sent again or not: only messages do. */
class AllocationTest {

    private static final long TURN_NANOS = 1_000_000L;
    private static final int SLOTS = 1 << 13;
    private static final int MESSAGE = 200_000;
    /** Per message: its place in the queue. */
    private static final int PER_MESSAGE = 100;

    /** One end, and what is on its way to the other: five turns for each packet, in slots used again. */
    private static final class End implements SctpSink {
        final SctpAssociation association;
        private final byte[][] slots = new byte[SLOTS][1200];
        private final ByteBuffer[] views = new ByteBuffer[SLOTS];
        private final long[] due = new long[SLOTS];
        private final int[] lengths = new int[SLOTS];
        private final int lossEvery;
        private int head;
        private int tail;
        private long turn;
        private int messages;
        private int packets;

        End(SctpCongestionControl control, int lossEvery, long seed) {
            this.lossEvery = lossEvery;
            association = new SctpAssociation(
                    SctpOptions.builder()
                            .congestionControl(control)
                            .maxSendMessageSize(0)
                            .receiveWindow(1 << 21)
                            .build(),
                    this,
                    new Random(seed));
            for (int i = 0; i < SLOTS; i++) {
                views[i] = ByteBuffer.wrap(slots[i]);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            packets++;
            if (lossEvery > 0 && packets % lossEvery == 0) {
                return;
            }
            int slot = tail++ & (SLOTS - 1);
            lengths[slot] = packet.remaining();
            packet.get(slots[slot], 0, lengths[slot]);
            due[slot] = turn + 5;
        }

        void deliver(End to, long now) {
            while (head != tail && due[head & (SLOTS - 1)] <= turn) {
                int slot = head++ & (SLOTS - 1);
                to.association.handlePacket(views[slot].clear().limit(lengths[slot]), now);
            }
            to.association.handleBatchEnd(now);
        }

        @Override
        public void onEvent(SctpEvent event) {
            if (event instanceof SctpEvent.Message message) {
                messages++;
                association.consumed(message.streamId(), message.payload().length, turn * TURN_NANOS);
            }
        }
    }

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] message = new byte[MESSAGE];

    /** Lets a send to b without end, and returns what a allocated. */
    private long turns(End a, End b, int turns) {
        long allocated = 0;
        for (int i = 0; i < turns; i++) {
            long now = ++a.turn * TURN_NANOS;
            b.turn = a.turn;
            long before = threads.getCurrentThreadAllocatedBytes();
            while (a.association.bufferedAmount(1) < 4 * MESSAGE) {
                a.association.send(1, 53, message, SendOptions.ORDERED, now);
                a.messages++;
            }
            a.association.handleTimeout(now);
            a.association.handleBatchEnd(now);
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
            b.association.handleTimeout(now);
            a.deliver(b, now);
            before = threads.getCurrentThreadAllocatedBytes();
            b.deliver(a, now);
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    @ParameterizedTest
    @CsvSource({"STANDARD, 0", "STANDARD, 997", "CUBIC, 997", "MODEL, 97"})
    void aPacketOfALargeMessageCostsNoMemory(SctpCongestionControl control, int lossEvery) {
        End a = new End(control, lossEvery, 1);
        End b = new End(control, 0, 2);
        a.association.connect(0);
        turns(a, b, 3_000);
        int packets = a.packets;
        int messages = a.messages;
        long again = a.association.stats().chunksRetransmitted();
        long allocated = turns(a, b, 3_000);
        assertThat(a.packets - packets).isGreaterThan(5_000);
        assertThat(a.association.stats().chunksRetransmitted() > again).isEqualTo(lossEvery > 0);
        assertThat(allocated).isLessThan((long) PER_MESSAGE * (a.messages - messages));
        assertThat(b.messages).isPositive();
    }
}
