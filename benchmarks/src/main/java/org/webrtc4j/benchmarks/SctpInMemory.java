package org.webrtc4j.benchmarks;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;
import org.webrtc4j.sctp.SendOptions;

/** One message through two associations: its packets built, parsed and acknowledged, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SctpInMemory {

    private static final int SLOTS = 1 << 10;
    private static final int SLOT_BYTES = 1200;
    private static final int BINARY = 53;

    /** Bytes of the message. */
    @Param({"1000", "16384", "65536"})
    public int messageBytes;

    private Side sender = new Side(1);
    private Side receiver = new Side(2);
    private byte[] message = new byte[0];
    private long delivered;

    /** Sets the association up. */
    @Setup
    public void connect() {
        message = new byte[messageBytes];
        sender = new Side(1);
        receiver = new Side(2);
        sender.association.connect(now());
        do {
            sender.association.handleBatchEnd(now());
        } while (exchange());
    }

    /**
     * Sends the message and delivers it.
     *
     * @return the bytes delivered so far
     */
    @Benchmark
    public long message() {
        long expected = delivered + messageBytes;
        sender.association.send(1, BINARY, message, SendOptions.ORDERED, now());
        sender.association.handleBatchEnd(now());
        while (delivered < expected) {
            exchange();
            sender.association.handleTimeout(now());
            receiver.association.handleTimeout(now());
        }
        return delivered;
    }

    private boolean exchange() {
        boolean moved = sender.deliverTo(receiver);
        return receiver.deliverTo(sender) || moved;
    }

    private static long now() {
        return System.nanoTime();
    }

    private final class Side implements SctpSink {

        final SctpAssociation association;
        private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
        private int head;
        private int tail;

        Side(long seed) {
            association = new SctpAssociation(SctpOptions.defaults(), this, new Random(seed));
            for (int i = 0; i < SLOTS; i++) {
                slots[i] = ByteBuffer.allocate(SLOT_BYTES);
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            slots[tail++ & (SLOTS - 1)].clear().put(packet).flip();
        }

        boolean deliverTo(Side other) {
            if (head == tail) {
                return false;
            }
            long now = now();
            while (head != tail) {
                other.association.handlePacket(slots[head++ & (SLOTS - 1)], now);
            }
            other.association.handleBatchEnd(now);
            return true;
        }

        @Override
        public void onEvent(SctpEvent event) {
            if (event instanceof SctpEvent.Message arrived) {
                delivered += arrived.payload().length;
                association.consumed(arrived.streamId(), arrived.payload().length, now());
            }
        }
    }
}
