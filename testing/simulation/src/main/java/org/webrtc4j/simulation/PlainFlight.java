package org.webrtc4j.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a flight into pieces that fit a datagram, and puts pieces together again, in whatever order and
 * however often they come:
 *
 * <pre>
 * flight (1) | piece (1) | pieces (1) | bytes
 * </pre>
 */
final class PlainFlight {

    static final int HEADER_BYTES = 3;

    /** How many pieces a flight may have: {@value}; a piece that claims more is refused. */
    static final int MAX_PIECES = 64;

    private final int number;
    private byte[][] pieces = {};
    private int missing;

    /** Creates a collector of the pieces of one flight. */
    PlainFlight(int number) {
        this.number = number;
    }

    static List<ByteBuffer> cut(int number, byte[] flight, int maxPayloadBytes) {
        int size = maxPayloadBytes - HEADER_BYTES;
        int count = Math.max(1, (flight.length + size - 1) / size);
        if (size < 1 || count > MAX_PIECES) {
            throw new IllegalArgumentException("A flight of " + flight.length + " bytes does not fit the MTU");
        }
        List<ByteBuffer> cut = new ArrayList<>(count);
        for (int piece = 0; piece < count; piece++) {
            int from = piece * size;
            int length = Math.min(size, flight.length - from);
            ByteBuffer payload = ByteBuffer.allocate(HEADER_BYTES + length);
            payload.put((byte) number).put((byte) piece).put((byte) count);
            cut.add(payload.put(flight, from, length).flip());
        }
        return cut;
    }

    static int number(ByteBuffer payload) {
        return payload.remaining() < HEADER_BYTES ? -1 : payload.get(payload.position()) & 0xff;
    }

    /** Takes one piece of this flight; false when it is of another, malformed, or here already. */
    boolean take(ByteBuffer payload) {
        if (number(payload) != number) {
            return false;
        }
        int piece = payload.get(payload.position() + 1) & 0xff;
        int count = payload.get(payload.position() + 2) & 0xff;
        if (count == 0 || count > MAX_PIECES || piece >= count) {
            return false;
        }
        if (pieces.length == 0) {
            pieces = new byte[count][];
            missing = count;
        }
        if (pieces.length != count || pieces[piece] != null) {
            return false;
        }
        byte[] bytes = new byte[payload.remaining() - HEADER_BYTES];
        payload.get(payload.position() + HEADER_BYTES, bytes);
        pieces[piece] = bytes;
        missing--;
        return true;
    }

    /** Returns the flight once nothing is missing. */
    byte @Nullable [] whole() {
        return missing == 0 && pieces.length > 0 ? join(pieces) : null;
    }

    private static byte[] join(byte[][] parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }
}
