package org.webrtc4j.benchmarks.forward;

import java.nio.ByteBuffer;
import java.util.Random;
import org.webrtc4j.srtp.SrtpTransform;

/** Makes the SRTP packets of one sender, one after the other, as a camera or a microphone of a browser sends them. */
final class ProtectedStream {

    static final int PAYLOAD_TYPE = 96;
    static final int MID_ID = 4;
    static final int TRANSPORT_ID = 3;

    private static final int HEADER = 12;
    private static final int EXTENSION = 4 + 8;
    private static final int PACKETS_A_FRAME = 4;
    private static final int TICKS_A_FRAME = 3_000;

    private final SrtpTransform transform;
    private final int ssrc;
    private final int bytes;
    private final ByteBuffer plain;
    private int sent;

    ProtectedStream(SrtpTransform transform, int ssrc, int bytes) {
        this.transform = transform;
        this.ssrc = ssrc;
        this.bytes = bytes;
        byte[] packet = new byte[bytes];
        new Random(ssrc).nextBytes(packet);
        plain = ByteBuffer.wrap(packet);
    }

    /** Writes the next packet; returns its length. */
    int next(byte[] into) {
        plain.clear();
        boolean marker = sent % PACKETS_A_FRAME == PACKETS_A_FRAME - 1;
        plain.put(0, (byte) 0x90)
                .put(1, (byte) (PAYLOAD_TYPE | (marker ? 0x80 : 0)))
                .putShort(2, (short) sent)
                .putInt(4, sent / PACKETS_A_FRAME * TICKS_A_FRAME)
                .putInt(8, ssrc);
        // RFC 8285 section 4.2: two elements of the one-byte form, padded to words.
        plain.putInt(HEADER, 0xBEDE0002)
                .put(HEADER + 4, (byte) (MID_ID << 4))
                .put(HEADER + 5, (byte) '0')
                .put(HEADER + 6, (byte) (TRANSPORT_ID << 4 | 1))
                .putShort(HEADER + 7, (short) sent)
                .put(HEADER + 9, (byte) 0)
                .putShort(HEADER + 10, (short) 0);
        plain.put(HEADER + EXTENSION, (byte) 0x10);
        sent++;
        int length = transform.protectRtp(plain, ByteBuffer.wrap(into));
        if (length < bytes) {
            throw new IllegalStateException("The generator's packet was refused: " + length);
        }
        return length;
    }
}
