package org.webrtc4j.sctp.tx;

import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.PacketBuilder;

/**
 * Tells the peer to skip what was given up: FORWARD-TSN (RFC 3758 section 3.2), or I-FORWARD-TSN (RFC 8260 section 2.3.1)
 * where messages are interleaved.
 *
 * <pre>
 * |   Type = 192  |  Flags = 0x00 |        Length = Variable      |
 * |                      New Cumulative TSN                       |
 * |         Stream-1              |       Stream Sequence-1       |
 *
 * |   Type = 194  |  Flags = 0x00 |      Length = Variable        |
 * |                       New Cumulative TSN                      |
 * |       Stream Identifier       |          Reserved           |U|
 * |                       Message Identifier                      |
 * </pre>
 */
final class ForwardTsn {

    private static final int FIXED = 8;
    private static final int ENTRY = 4;
    private static final int INTERLEAVED_ENTRY = 8;
    private static final int MAX_ENTRIES = 128;
    private static final int UNORDERED = 1 << 16;
    private static final long MAX_INTERVAL_NANOS = 200_000_000L;

    private final OutstandingData outstanding;
    private boolean interleaving;
    /** Stream ids, with a bit for the unordered messages of the stream. Made on first use: most never give a message up. */
    private int[] streams = {};

    private int[] numbers = {};
    private boolean due;
    private long announced;
    private long sentAtNanos;

    ForwardTsn(OutstandingData outstanding) {
        this.outstanding = outstanding;
    }

    void start(long initialTsn, boolean interleaving) {
        due = false;
        announced = initialTsn - 1;
        this.interleaving = interleaving;
    }

    boolean isDue() {
        return due;
    }

    void onAbandoned() {
        due = outstanding.advancedPoint() >= outstanding.base();
    }

    /** Rule C3: whenever the point is beyond the cumulative TSN; the same point again not more than once a round trip. */
    void onAcknowledged(long nowNanos, long roundTripNanos) {
        long point = outstanding.advancedPoint();
        due = point >= outstanding.base()
                && (point > announced || nowNanos - sentAtNanos >= Math.min(roundTripNanos, MAX_INTERVAL_NANOS));
    }

    void onTimeout() {
        due = outstanding.advancedPoint() >= outstanding.base();
    }

    /** Writes the chunk if it fits; a longer list of streams than fits is split over several chunks, in TSN order. */
    boolean write(PacketBuilder packet, long nowNanos) {
        int entrySize = interleaving ? INTERLEAVED_ENTRY : ENTRY;
        int room = Math.min((packet.room() - FIXED) / entrySize, MAX_ENTRIES);
        if (room <= 0) {
            return false;
        }
        if (streams.length == 0) {
            streams = new int[MAX_ENTRIES];
            numbers = new int[MAX_ENTRIES];
        }
        long limit = outstanding.advancedPoint();
        int entries = 0;
        long point = outstanding.base() - 1;
        while (point < limit) {
            OutboundMessage message = outstanding.message(point + 1);
            // FORWARD-TSN has nothing to say about unordered messages, and neither has anything to be said of what has
            // arrived.
            boolean arrived = outstanding.state(point + 1) == OutstandingData.ACKED;
            if (!arrived && (interleaving || !message.unordered)) {
                int stream = message.stream.id | (message.unordered ? UNORDERED : 0);
                int index = 0;
                while (index < entries && streams[index] != stream) {
                    index++;
                }
                if (index == room) {
                    break;
                }
                streams[index] = stream;
                numbers[index] = message.number;
                entries = Math.max(entries, index + 1);
            }
            point++;
        }
        due = false;
        if (point < outstanding.base()) {
            return false;
        }
        ByteWriter writer = packet.writer();
        writer.u8(interleaving ? ChunkType.I_FORWARD_TSN : ChunkType.FORWARD_TSN)
                .u8(0);
        writer.u16(FIXED + entrySize * entries).i32((int) point);
        for (int i = 0; i < entries; i++) {
            writer.u16(streams[i]);
            if (interleaving) {
                writer.u16((streams[i] & UNORDERED) != 0 ? 1 : 0).i32(numbers[i]);
            } else {
                writer.u16(numbers[i]);
            }
        }
        announced = point;
        sentAtNanos = nowNanos;
        return true;
    }
}
