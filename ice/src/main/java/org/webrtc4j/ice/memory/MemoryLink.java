package org.webrtc4j.ice.memory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a path between two agents. Batches go round: filled here, read on the peer's loop, given back.
 * Everything is confined to the sender's loop except {@link #free} and {@link #inFlight}.
 */
final class MemoryLink {

    private final InMemoryIceAgent sender;
    private final InMemoryIceAgent peer;
    private final ConcurrentLinkedQueue<Delivery> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Deque<Delivery> pending = new ArrayDeque<>();

    MemoryLink(InMemoryIceAgent sender, InMemoryIceAgent peer) {
        this.sender = sender;
        this.peer = peer;
    }

    InMemoryIceAgent peer() {
        return peer;
    }

    boolean isWritable() {
        return inFlight.get() + pending.size() < InMemoryIceAgents.MAX_BATCHES_IN_FLIGHT;
    }

    boolean append(ByteBuffer packet) {
        Delivery last = pending.peekLast();
        if (last != null && last.batch.append(packet)) {
            return true;
        }
        if (!isWritable()) {
            return false;
        }
        @Nullable Delivery recycled = free.poll();
        Delivery next = recycled == null ? new Delivery() : recycled;
        pending.addLast(next);
        return next.batch.append(packet);
    }

    /** Hands what was appended to the peer's loop; false when that loop has ended. */
    boolean flush() {
        for (Delivery next = pending.pollFirst(); next != null; next = pending.pollFirst()) {
            inFlight.incrementAndGet();
            try {
                peer.loop().execute(next);
            } catch (RejectedExecutionException ended) {
                pending.clear();
                return false;
            }
        }
        return true;
    }

    /** A batch that delivers itself on the peer's loop. */
    private final class Delivery implements Runnable {

        private final PacketBatch batch = new PacketBatch();

        @Override
        public void run() {
            try {
                peer.deliver(batch);
            } finally {
                batch.clear();
                free.add(this);
                if (inFlight.getAndDecrement() >= InMemoryIceAgents.MAX_BATCHES_IN_FLIGHT) {
                    sender.post(sender::onLinkDrained);
                }
            }
        }
    }
}
