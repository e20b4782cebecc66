package org.webrtc4j.benchmarks.forward;

import java.nio.ByteBuffer;
import java.util.Random;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * Makes the SRTP packets of one sender, one after the other, as a camera or a microphone of a browser sends them. Each says
 * when it was made.
 */
final class ProtectedStream {

    /** Where the time is in the payload, behind what looks like a descriptor of VP8 (RFC 7741 section 4.2). */
    static final int TIME_OFFSET = 1;

    /** Fixed header and header extensions. */
    static final int HEADER_BYTES = 12 + 4 + 8;

    private static final int FIXED_HEADER = 12;
    private static final int PACKETS_A_FRAME = 4;
    private static final int TICKS_A_FRAME = 3_000;

    /**
     * What was negotiated for it.
     *
     * @param payloadType of its codec
     * @param mid its identification, of one byte
     * @param midId the header extension that carries it
     * @param transportId that of the transport-wide number
     */
    record Numbers(int payloadType, String mid, int midId, int transportId) {}

    private final SrtpTransform transform;
    private final Numbers numbers;
    private final int ssrc;
    private final int bytes;
    private final ByteBuffer plain;
    private int sent;

    ProtectedStream(SrtpTransform transform, Numbers numbers, int ssrc, int bytes) {
        this.transform = transform;
        this.numbers = numbers;
        this.ssrc = ssrc;
        this.bytes = bytes;
        byte[] packet = new byte[bytes];
        new Random(ssrc).nextBytes(packet);
        plain = ByteBuffer.wrap(packet);
    }

    /** Writes the next packet; returns its length. */
    int next(ByteBuffer into) {
        plain.clear();
        boolean marker = sent % PACKETS_A_FRAME == PACKETS_A_FRAME - 1;
        plain.put(0, (byte) 0x90)
                .put(1, (byte) (numbers.payloadType() | (marker ? 0x80 : 0)))
                .putShort(2, (short) sent)
                .putInt(4, sent / PACKETS_A_FRAME * TICKS_A_FRAME)
                .putInt(8, ssrc);
        // RFC 8285 section 4.2: two elements of the one-byte form, padded to words.
        plain.putInt(FIXED_HEADER, 0xBEDE0002)
                .put(FIXED_HEADER + 4, (byte) (numbers.midId() << 4))
                .put(FIXED_HEADER + 5, (byte) numbers.mid().charAt(0))
                .put(FIXED_HEADER + 6, (byte) (numbers.transportId() << 4 | 1))
                .putShort(FIXED_HEADER + 7, (short) sent)
                .put(FIXED_HEADER + 9, (byte) 0)
                .putShort(FIXED_HEADER + 10, (short) 0);
        plain.put(HEADER_BYTES, (byte) 0x10).putLong(HEADER_BYTES + TIME_OFFSET, System.nanoTime());
        sent++;
        into.clear();
        int length = transform.protectRtp(plain, into);
        if (length < bytes) {
            throw new IllegalStateException("The generator's packet was refused: " + length);
        }
        into.position(0).limit(length);
        return length;
    }
}
