package org.webrtc4j.benchmarks.sctp;

import java.nio.ByteBuffer;
import java.util.Random;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;

/**
 * Two associations on one thread, whose packets cross in batches. Time is virtual: a batch takes {@value #DELAY_NANOS} ns, and
 * nobody waits.
 */
final class MemoryPair {

    private static final long DELAY_NANOS = 100_000;
    private static final int SLOTS = 1 << 13;
    private static final int SLOT_BYTES = 1_200;
    private static final int BINARY = 53;
    private static final int STREAM = 1;
    // A quarter of what a processor's cache holds, so that the harness measures SCTP and not memory.
    private static final int BYTES_UNDER_WAY = 256 * 1024;

    private final Side sender = new Side(1);
    private final Side receiver = new Side(2);
    private long now;
    private long delivered;
    private long arrayBytes;

    /** Sets the association up. */
    MemoryPair() {
        sender.association.connect(now);
        sender.association.handleBatchEnd(now);
        while (sender.association.state() != SctpState.ESTABLISHED) {
            step();
        }
    }

    /** Sends messages of a size until so many bytes have been delivered. */
    void transfer(byte[] message, long bytes) {
        long goal = delivered + bytes;
        long sent = delivered;
        while (delivered < goal) {
            while (sent < goal && (sent == delivered || sent - delivered + message.length <= BYTES_UNDER_WAY)) {
                SendStatus status = sender.association.send(STREAM, BINARY, message, SendOptions.ORDERED, now);
                if (status != SendStatus.QUEUED) {
                    throw new IllegalStateException("Not sent: " + status);
                }
                sent += message.length;
            }
            sender.association.handleBatchEnd(now);
            step();
        }
    }

    private void step() {
        now += DELAY_NANOS;
        boolean moved = sender.deliverTo(receiver);
        now += DELAY_NANOS;
        moved |= receiver.deliverTo(sender);
        if (!moved) {
            now = Math.max(now, Math.min(sender.association.nextTimeout(), receiver.association.nextTimeout()));
        }
        sender.wakeIfDue();
        receiver.wakeIfDue();
    }

    /** Packets of both sides. */
    long packets() {
        return dataPackets() + receiver.association.stats().packetsSent();
    }

    /** Packets of the sender. */
    long dataPackets() {
        return sender.association.stats().packetsSent();
    }

    /** What the arrays take up that were handed over with the messages. */
    long arrayBytes() {
        return arrayBytes;
    }

    private final class Side implements SctpSink {

        private static final int ARRAY_HEADER_BYTES = 16;

        final SctpAssociation association;
        private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
        private int head;
        private int tail;

        Side(long seed) {
            SctpOptions options =
                    SctpOptions.defaults().toBuilder().maxSendMessageSize(0).build();
            association = new SctpAssociation(options, this, new Random(seed));
            for (int i = 0; i < SLOTS; i++) {
                slots[i] = ByteBuffer.allocate(SLOT_BYTES);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            if (tail - head == SLOTS) {
                throw new IllegalStateException("More packets are under way than the harness has room for");
            }
            slots[tail++ & (SLOTS - 1)].clear().put(packet).flip();
        }

        boolean deliverTo(Side other) {
            if (head == tail) {
                return false;
            }
            while (head != tail) {
                other.association.handlePacket(slots[head++ & (SLOTS - 1)], now);
            }
            other.association.handleBatchEnd(now);
            return true;
        }

        void wakeIfDue() {
            long deadline = association.nextTimeout();
            if (deadline != ProtocolEngine.NEVER && deadline <= now) {
                association.handleTimeout(now);
            }
        }

        @Override
        public void onEvent(SctpEvent event) {
            if (event instanceof SctpEvent.Message message) {
                int bytes = message.payload().length;
                delivered += bytes;
                // Rounded up as the JVM does.
                arrayBytes += (ARRAY_HEADER_BYTES + bytes + 7) & ~7;
                association.consumed(message.streamId(), bytes, now);
            } else if (event instanceof SctpEvent.Closed closed) {
                throw new IllegalStateException("The association has ended: " + closed);
            }
        }
    }
}
