package org.webrtc4j.sctp.tx;

/**
 * How far the peer may skip (RFC 3758 section 3.5: Advanced.Peer.Ack.Point): over what is given up, and over messages between
 * that have arrived whole and would be given up at once were they taken back.
 *
 * <p>Without the latter each hole of an unreliable flow would cost a round trip, and a flow that has many in one would come to
 * a stop when its span is over. Ordered messages are not passed over: some receivers discard what waits below a number that
 * is skipped.
 */
final class SkipPoint {

    private final ChunkRing ring;
    private long point;
    /** The first TSN that has not been looked at. */
    private long scanned;

    SkipPoint(ChunkRing ring) {
        this.ring = ring;
    }

    void start(long initialTsn) {
        scanned = initialTsn;
        point = initialTsn - 1;
    }

    /** What is known of a TSN has changed other than by an acknowledgement. */
    void onChanged(long tsn) {
        if (tsn < scanned) {
            scanned = Long.MIN_VALUE;
            point = Long.MIN_VALUE;
        }
    }

    /** Looks on from where it came to. */
    long advance(long base, long next) {
        scanned = Math.max(scanned, base);
        while (scanned < next) {
            byte state = ring.states[ring.slot(scanned)];
            if (state == OutstandingData.ABANDONED) {
                point = scanned;
            } else if (state != OutstandingData.ACKED || !isSettled(scanned)) {
                break;
            }
            scanned++;
        }
        return Math.max(point, base - 1);
    }

    private boolean isSettled(long tsn) {
        int slot = ring.slot(tsn);
        OutboundMessage message = ring.messages[slot];
        return message != null
                && message.unordered
                && message.remaining() == 0
                && message.lastTsn - message.firstTsn == message.fragments - 1
                && ring.sends[slot] > message.maxRetransmits;
    }
}
