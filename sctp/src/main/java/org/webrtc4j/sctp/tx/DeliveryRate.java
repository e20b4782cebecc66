package org.webrtc4j.sctp.tx;

/**
 * How fast the path delivers (draft-cheng-iccrg-delivery-rate-estimation): the bytes delivered between the sending of a
 * chunk and its acknowledgement, over the longer of the time in which they were sent and the time in which they were
 * acknowledged, so that neither bursts nor compressed acknowledgements look like speed.
 */
final class DeliveryRate {

    private static final double NANOS = 1e9;

    private final ChunkRing ring;
    /** Serialized bytes delivered so far, and when that last grew. */
    private long delivered;

    private long deliveredAt;
    /** When the chunk was sent that was newest at the last acknowledgement; a flight begins with its first chunk. */
    private long firstSentAt;
    /** While {@link #delivered} is not beyond this, what is in flight was sent by a sender that had less to send than it might. */
    private long limitedUntil;

    DeliveryRate(ChunkRing ring) {
        this.ring = ring;
    }

    /** The association begins; the count goes on. */
    void start() {
        limitedUntil = 0;
    }

    long delivered() {
        return delivered;
    }

    /** A chunk leaves, with this much in flight before it. */
    void sent(int slot, long flightBefore, long nowNanos) {
        if (flightBefore == 0) {
            firstSentAt = nowNanos;
            deliveredAt = nowNanos;
        }
        ring.delivered[slot] = delivered;
        ring.deliveredAt[slot] = deliveredAt;
        ring.firstSentAt[slot] = firstSentAt;
        ring.limited[slot] = limitedUntil > 0;
    }

    /** The peer has taken back what it had acknowledged. */
    void onReneged(long bytes) {
        delivered -= bytes;
    }

    /** The sender has nothing more to send though the window would allow it. */
    void onLimited(long flight) {
        limitedUntil = Math.max(1, delivered + flight);
    }

    /** A SACK has acknowledged what the result tells. */
    void onAcked(AckResult result, AckSample sample, long leastRttNanos, long nowNanos) {
        if (result.bytes == 0) {
            return;
        }
        delivered += result.bytes;
        deliveredAt = nowNanos;
        if (limitedUntil > 0 && delivered > limitedUntil) {
            limitedUntil = 0;
        }
        sample.delivered = delivered;
        if (!result.hasNewest) {
            return;
        }
        firstSentAt = result.newestSentAt;
        sample.deliveredBefore = result.newestDelivered;
        sample.appLimited = result.newestLimited;
        long sending = result.newestSentAt - result.newestFirstSentAt;
        long acknowledging = nowNanos - result.newestDeliveredAt;
        long interval = Math.max(sending, acknowledging);
        // Less than a round trip is the acknowledgement of something else: an original whose retransmission is on its
        // way.
        if (interval > 0 && interval >= leastRttNanos) {
            sample.deliveryRate = (long) ((delivered - result.newestDelivered) * NANOS / interval);
        }
    }
}
