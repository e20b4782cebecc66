package org.webrtc4j.pipeline;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.rtp.RtpPacket;

/**
 * Carries the packets of a receiver to another loop: one copy for all senders there, in a ring of fixed size that one loop
 * fills and the other drains in batches. Where the ring is full packets are dropped and counted, and a key frame is asked
 * for.
 */
public final class LoopRelay {

    /** Packets under way, a power of two: 40 ms of a 10 Mbit/s stream. */
    static final int SLOTS = 64;

    private final EventLoop loop;
    private final ForwardHub hub;
    private final Runnable onOverflow;

    private final byte[][] bytes = new byte[SLOTS][RtpPacket.MAX_SIZE];
    private final int[] lengths = new int[SLOTS];
    private final @Nullable String[] rids = new String[SLOTS];
    private final long[] sequences = new long[SLOTS];
    private final long[] timestamps = new long[SLOTS];
    private final long[] arrivals = new long[SLOTS];
    private final AtomicLong filled = new AtomicLong();
    private final AtomicLong drained = new AtomicLong();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final RtpPacket view = new RtpPacket();
    private final Runnable drain = this::drain;
    private boolean overflowing;
    private long dropped;

    /**
     * Creates a relay.
     *
     * @param loop where the senders live
     * @param onOverflow called on the source's loop once for each time the ring fills up
     * @param keyFrameRequests asks for a key frame of one stream of a simulcast, from the senders' loop
     */
    public LoopRelay(EventLoop loop, Runnable onOverflow, Consumer<String> keyFrameRequests) {
        this.loop = loop;
        this.hub = new ForwardHub(keyFrameRequests);
        this.onOverflow = onOverflow;
    }

    /**
     * Returns the senders; to be used on their loop only.
     *
     * @return the hub of that loop
     */
    public ForwardHub hub() {
        return hub;
    }

    /**
     * Returns where the senders live.
     *
     * @return their loop
     */
    public EventLoop loop() {
        return loop;
    }

    /**
     * Takes a packet, on the source's loop.
     *
     * @param rid of its stream; null without simulcast
     * @param packet with its unwrapped numbers set; copied
     */
    public void offer(@Nullable String rid, RtpPacket packet) {
        long next = filled.get();
        if (next - drained.get() == SLOTS) {
            dropped++;
            if (!overflowing) {
                overflowing = true;
                onOverflow.run();
            }
            return;
        }
        overflowing = false;
        int slot = (int) next & (SLOTS - 1);
        System.arraycopy(packet.array(), packet.offset(), bytes[slot], 0, packet.size());
        lengths[slot] = packet.size();
        rids[slot] = rid;
        sequences[slot] = packet.unwrappedSequence();
        timestamps[slot] = packet.unwrappedTimestamp();
        arrivals[slot] = packet.arrivalNanos();
        filled.set(next + 1);
        if (awake.compareAndSet(false, true)) {
            try {
                loop.execute(drain);
            } catch (RejectedExecutionException ended) {
                awake.set(false);
            }
        }
    }

    private void drain() {
        awake.set(false);
        long until = filled.get();
        for (long next = drained.get(); next < until; next++) {
            int slot = (int) next & (SLOTS - 1);
            if (view.parse(bytes[slot], 0, lengths[slot], arrivals[slot]) == null) {
                view.setUnwrapped(sequences[slot], timestamps[slot]);
                hub.onPacket(rids[slot], view);
            }
            drained.set(next + 1);
        }
    }

    /**
     * Returns how many packets found no room.
     *
     * @return packets dropped so far, read on the source's loop
     */
    public long dropped() {
        return dropped;
    }
}
