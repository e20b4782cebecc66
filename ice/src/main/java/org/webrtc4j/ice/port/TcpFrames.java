package org.webrtc4j.ice.port;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into the packets of RFC 4571, of which each follows its length. Bytes are put into the one buffer there
 * is, which is made when the first of them come; frames that do not fit are skipped, not kept.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |             LENGTH            |  STUN, DTLS or SRTP packet ...
 * </pre>
 *
 * <p>Use: copy bytes into {@link #space}, tell {@link #added}, take packets by {@link #next} until null.
 */
final class TcpFrames {

    /** The length before each packet. */
    static final int HEADER_BYTES = 2;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int maxPacketBytes;
    private byte[] array = {};
    private ByteBuffer space = NOTHING;
    private ByteBuffer packet = NOTHING;
    private int start;
    private int end;
    /** Bytes still to come of a packet too large. */
    private int skipping;

    private int tooLarge;
    private int empty;

    /**
     * Begins with nothing.
     *
     * @param maxPacketBytes the largest packet taken
     */
    TcpFrames(int maxPacketBytes) {
        this.maxPacketBytes = maxPacketBytes;
    }

    /** Where bytes can be put: room for at least one once {@link #next} has returned null. */
    ByteBuffer space() {
        if (array.length == 0) {
            array = new byte[HEADER_BYTES + maxPacketBytes];
            space = ByteBuffer.wrap(array);
            packet = ByteBuffer.wrap(array);
        }
        if (start > 0) {
            System.arraycopy(array, start, array, 0, end - start);
            end -= start;
            start = 0;
        }
        return space.limit(array.length).position(end);
    }

    /** Tells how much was put into {@link #space}. */
    void added(int bytes) {
        end += bytes;
        assert end <= array.length;
    }

    /**
     * Takes the next whole packet.
     *
     * @return good until the next call; null when more bytes are needed
     */
    @Nullable
    ByteBuffer next() {
        while (true) {
            int skipped = Math.min(skipping, end - start);
            skipping -= skipped;
            start += skipped;
            if (end - start < HEADER_BYTES) {
                return null;
            }
            int length = (array[start] & 0xff) << 8 | (array[start + 1] & 0xff);
            if (length == 0) {
                empty++;
                start += HEADER_BYTES;
            } else if (length > maxPacketBytes) {
                tooLarge++;
                start += HEADER_BYTES;
                skipping = length;
            } else if (end - start < HEADER_BYTES + length) {
                return null;
            } else {
                int first = start + HEADER_BYTES;
                start = first + length;
                return packet.limit(start).position(first);
            }
        }
    }

    /** How many packets too large have begun since this was asked last. */
    int takeTooLarge() {
        int count = tooLarge;
        tooLarge = 0;
        return count;
    }

    /** How many packets without a byte have come since this was asked last. */
    int takeEmpty() {
        int count = empty;
        empty = 0;
        return count;
    }
}
