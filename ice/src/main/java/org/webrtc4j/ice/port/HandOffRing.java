package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way from one loop to another: a bounded queue with one producer and one consumer, which copies the bytes
 * in and wakes the consumer once per burst. Nothing is allocated per packet.
 */
final class HandOffRing {

    /** More packets than this are dropped by the producer. */
    static final int MAX_PACKETS = 1024;

    /** More bytes than this are dropped by the producer. */
    static final int MAX_BYTES = 512 * 1024;

    /** What a packet is handed to, on the consumer's loop. */
    interface Target {

        void onHandedOff(InetSocketAddress address, ByteBuffer packet, long nowNanos);

        /** Called once for each target of a burst, at its end. */
        void onHandOffEnd(long nowNanos);

        /** Marks the target for the end of the burst; true the first time. */
        boolean touch();
    }

    private final NettyEventLoop producer;
    private final NettyEventLoop consumer;

    private final byte[] bytes = new byte[MAX_BYTES];
    private final @Nullable Target[] targets = new Target[MAX_PACKETS];
    private final @Nullable InetSocketAddress[] addresses = new InetSocketAddress[MAX_PACKETS];
    private final int[] lengths = new int[MAX_PACKETS];
    /** Where each packet begins, counted from the beginning of time. */
    private final long[] starts = new long[MAX_PACKETS];

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong readBytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean blocked = new AtomicBoolean();
    private long writtenBytes;

    private final List<Target> touched = new ArrayList<>();
    private final SendGate gate;

    HandOffRing(NettyEventLoop producer, NettyEventLoop consumer) {
        this.producer = producer;
        this.consumer = consumer;
        gate = new SendGate(producer, this::isWritable);
    }

    /** Who waits, on the producer's loop, for the ring to have room. */
    SendGate gate() {
        return gate;
    }

    /**
     * Copies a packet in.
     *
     * @return false when the ring is full or the consumer has ended
     */
    boolean offer(Target target, InetSocketAddress address, ByteBuffer packet) {
        int length = packet.remaining();
        long sequence = written.getPlain();
        if (sequence - read.getAcquire() >= MAX_PACKETS) {
            return false;
        }
        long start = writtenBytes;
        int offset = (int) (start % MAX_BYTES);
        if (offset + length > MAX_BYTES) {
            start += MAX_BYTES - offset; // a packet lies in one piece
            offset = 0;
        }
        if (start + length - readBytes.getAcquire() > MAX_BYTES) {
            return false;
        }
        System.arraycopy(packet.array(), packet.arrayOffset() + packet.position(), bytes, offset, length);
        int index = (int) (sequence % MAX_PACKETS);
        targets[index] = target;
        addresses[index] = address;
        lengths[index] = length;
        starts[index] = start;
        writtenBytes = start + length;
        written.setRelease(sequence + 1);
        return wake();
    }

    private boolean wake() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                consumer.execute(this::drain);
            } catch (RejectedExecutionException ended) {
                return false;
            }
        }
        return true;
    }

    /** Less than half full; a producer that is told no is told of the change. */
    private boolean isWritable() {
        if (halfEmpty()) {
            return true;
        }
        blocked.set(true);
        return halfEmpty(); // it may have been drained before the mark was set
    }

    private boolean halfEmpty() {
        return written.getPlain() - read.getAcquire() <= MAX_PACKETS / 2
                && writtenBytes - readBytes.getAcquire() <= MAX_BYTES / 2;
    }

    private void drain() {
        scheduled.set(false);
        long now = consumer.clock().nanoTime();
        ByteBuffer packet = consumer.receiveBuffer();
        long sequence = read.getPlain();
        for (long end = written.getAcquire(); sequence < end; sequence++) {
            int index = (int) (sequence % MAX_PACKETS);
            Target target = targets[index];
            InetSocketAddress address = addresses[index];
            targets[index] = null;
            addresses[index] = null;
            packet.clear();
            packet.put(bytes, (int) (starts[index] % MAX_BYTES), lengths[index]);
            packet.flip();
            long freed = starts[index] + lengths[index];
            // Free for the producer before the target is entered, which may take long.
            readBytes.setRelease(freed);
            read.setRelease(sequence + 1);
            if (target != null && address != null) {
                if (target.touch()) {
                    touched.add(target);
                }
                target.onHandedOff(address, packet, now);
            }
        }
        for (Target target : touched) {
            target.onHandOffEnd(now);
        }
        touched.clear();
        if (blocked.compareAndSet(true, false)) {
            producer.post(gate::open);
        }
    }
}
