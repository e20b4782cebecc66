package org.webrtc4j.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;
import org.webrtc4j.testkit.UdpImpairmentRelay.Standin;

/**
 * The packets of a relay that have not arrived yet, the next to arrive first, of several at the same time the one that came
 * first. Those of a direction mostly arrive in the order in which they came: they wait in a queue, and only the others are
 * sorted. Packets that have arrived are used again for others of their length.
 */
final class PacketsUnderWay implements ImpairedPath.Output {

    /** How many may be under way. */
    static final int MAX_PACKETS = 65_536;

    /** Larger ones are rare. */
    private static final int MAX_KEPT_BYTES = 2_047;

    private final ArrayDeque<Packet> toA = new ArrayDeque<>();
    private final ArrayDeque<Packet> toB = new ArrayDeque<>();
    private final PriorityQueue<Packet> overtaking = new PriorityQueue<>();
    private final List<ArrayDeque<Packet>> spares = new ArrayList<>();
    private int spareCount;
    private int count;
    private long order;
    private long overflowed;
    private @Nullable Standin from;
    private @Nullable Standin to;
    private @Nullable Packet roomGiven;

    /** A packet, used again and again. */
    static final class Packet implements Comparable<Packet> {

        private final byte[] bytes;
        private final ByteBuffer buffer;
        private long atNanos;
        private long order;
        private @Nullable Standin from;
        private @Nullable Standin to;

        private Packet(byte[] bytes) {
            this.bytes = bytes;
            buffer = ByteBuffer.wrap(bytes);
        }

        long atNanos() {
            return atNanos;
        }

        /** Sends it from what stands for its sender to the receiver's own address. */
        void send() throws IOException {
            if (from != null && to != null) {
                from.channel().send(buffer.clear(), to.real());
            }
        }

        @Override
        public int compareTo(Packet other) {
            // By difference: the system's clock may wrap.
            int byTime = Long.signum(atNanos - other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    PacketsUnderWay() {
        for (int i = 0; i <= MAX_KEPT_BYTES; i++) {
            spares.add(new ArrayDeque<>(0));
        }
    }

    /** What comes out of a path until the next call goes from one stand-in to whom the other stands for. */
    ImpairedPath.Output between(Standin sender, Standin receiver) {
        from = sender;
        to = receiver;
        return this;
    }

    long overflowed() {
        return overflowed;
    }

    /** The next to arrive, null when nothing is under way. */
    @Nullable
    Packet first() {
        return earlier(earlier(toA.peekFirst(), toB.peekFirst()), overtaking.peek());
    }

    private static @Nullable Packet earlier(@Nullable Packet one, @Nullable Packet other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) < 0 ? one : other;
    }

    void removeFirst() {
        Packet first = first();
        if (first == null) {
            return;
        }
        if (toA.peekFirst() == first) {
            toA.removeFirst();
        } else if (toB.peekFirst() == first) {
            toB.removeFirst();
        } else {
            overtaking.remove();
        }
        count--;
        if (first.bytes.length <= MAX_KEPT_BYTES && spareCount < MAX_PACKETS) {
            spares.get(first.bytes.length).addLast(first);
            spareCount++;
        }
    }

    @Override
    public byte[] room(int bytes) {
        Packet spare = bytes > MAX_KEPT_BYTES ? null : spares.get(bytes).pollLast();
        if (spare == null) {
            spare = new Packet(new byte[bytes]);
        } else {
            spareCount--;
        }
        roomGiven = spare;
        return spare.bytes;
    }

    @Override
    public void arrives(byte[] bytes, long atNanos) {
        if (from == null || to == null || count == MAX_PACKETS) {
            overflowed++;
            return;
        }
        Packet packet = roomGiven != null && roomGiven.bytes == bytes ? roomGiven : new Packet(bytes);
        packet.atNanos = atNanos;
        packet.order = order++;
        packet.from = from;
        packet.to = to;
        count++;
        ArrayDeque<Packet> queue = to.side() == Side.A ? toA : toB;
        Packet last = queue.peekLast();
        if (last == null || atNanos - last.atNanos >= 0) {
            queue.addLast(packet);
        } else {
            overtaking.add(packet);
        }
    }

    @Override
    public void dropped(ByteBuffer packet, DropReason reason) {}
}
