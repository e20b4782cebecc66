package org.webrtc4j.ice4j;

import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;

/**
 * The way of packets from the threads that read sockets to the loop, with one wake-up for all that wait. Buffers go round:
 * filled by a reader, lent on the loop, given back.
 */
final class Inbox {

    /** How many packets may wait for the loop; further ones are dropped and counted. */
    static final int MAX_PACKETS = 1_024;

    /** What ice4j itself reads at most. */
    private static final int PACKET_BYTES = 1_500;

    private final EventLoop loop;
    private final Reader reader;
    private final Queue<Received> full = new ConcurrentLinkedQueue<>();
    private final Queue<Received> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Takes the packets, on the loop. */
    interface Reader {

        void onPacket(ByteBuffer packet, long arrivalNanos);

        void onBatchEnd(long nowNanos);
    }

    /** A buffer and how sockets fill it. */
    static final class Received {

        private final byte[] bytes = new byte[PACKET_BYTES];
        private final ByteBuffer view = ByteBuffer.wrap(bytes);
        private final DatagramPacket datagram = new DatagramPacket(bytes, bytes.length);

        private Received() {}

        /** The datagram, ready to be read into. */
        DatagramPacket cleared() {
            datagram.setData(bytes);
            return datagram;
        }
    }

    Inbox(EventLoop loop, Reader reader) {
        this.loop = loop;
        this.reader = reader;
    }

    /** A buffer to read into. */
    Received take() {
        @Nullable Received recycled = free.poll();
        return recycled == null ? new Received() : recycled;
    }

    /** Hands a packet on; false when too many wait: the buffer stays the caller's then. */
    boolean put(Received packet) {
        if (waiting.get() >= MAX_PACKETS) {
            return false;
        }
        full.add(packet);
        if (waiting.getAndIncrement() == 0) {
            wake();
        }
        return true;
    }

    private void wake() {
        try {
            loop.execute(this::drain);
        } catch (RejectedExecutionException ended) {
            // Nobody reads any more; what waits goes with the agent.
            full.clear();
        }
    }

    private void drain() {
        long now = loop.clock().nanoTime();
        int count = waiting.get();
        try {
            for (int i = 0; i < count; i++) {
                Received packet = full.poll();
                if (packet != null) {
                    try {
                        packet.view
                                .limit(packet.datagram.getOffset() + packet.datagram.getLength())
                                .position(packet.datagram.getOffset());
                        reader.onPacket(packet.view, now);
                    } finally {
                        packet.view.clear();
                        free.add(packet);
                    }
                }
            }
            reader.onBatchEnd(now);
        } finally {
            if (waiting.addAndGet(-count) > 0) {
                wake();
            }
        }
    }
}
