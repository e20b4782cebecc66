package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps what arrives at its ports, for a test that waits on another thread. */
final class RecordingOwner implements PortOwner {

    record Received(PacketPort port, InetSocketAddress from, ByteBuffer bytes) {

        String text() {
            return StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
        }
    }

    private final List<Received> received = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final List<Boolean> writability = new ArrayList<>();
    private int inBatch;

    @Override
    public synchronized void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        received.add(new Received(port, from, ByteBuffer.wrap(bytes)));
        inBatch++;
        notifyAll();
    }

    @Override
    public synchronized void onBatchEnd(long nowNanos) {
        batches.add(inBatch);
        inBatch = 0;
        notifyAll();
    }

    @Override
    public synchronized void onWritabilityChanged(PacketPort port, boolean writable) {
        writability.add(writable);
        notifyAll();
    }

    /** Waits until so many packets have come and their batch is over. */
    synchronized List<Received> await(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (received.size() < count || inBatch > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(received.size() + " packets came, not " + count);
            }
            wait(left);
        }
        return List.copyOf(received);
    }

    synchronized List<Boolean> awaitWritability(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (writability.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError(writability.size() + " changes came, not " + count);
            }
            wait(left);
        }
        return List.copyOf(writability);
    }

    synchronized List<Boolean> writability() {
        return List.copyOf(writability);
    }

    synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    synchronized int count() {
        return received.size();
    }
}
