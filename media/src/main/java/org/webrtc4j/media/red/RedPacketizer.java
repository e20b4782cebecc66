package org.webrtc4j.media.red;

import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadSink;

/** Sound into redundant payloads (RFC 2198): each frame with the one or two before it, as far as they fit. */
public final class RedPacketizer implements Packetizer {

    private static final int MAX_OFFSET_TICKS = (1 << 14) - 1;
    private static final int MAX_BLOCK_BYTES = (1 << 10) - 1;

    private final int primaryType;
    private final EncodedFrame[] earlier;
    private int count;
    private byte[] scratch = new byte[1_500];

    /**
     * Creates a packetizer.
     *
     * @param primaryType the payload type of the frames
     * @param distance how many earlier frames are repeated, 1 to 8
     * @throws IllegalArgumentException when a number is out of its range
     */
    public RedPacketizer(int primaryType, int distance) {
        if (primaryType < 0 || primaryType > 127 || distance < 1 || distance > 8) {
            throw new IllegalArgumentException("payload type " + primaryType + ", distance " + distance);
        }
        this.primaryType = primaryType;
        earlier = new EncodedFrame[distance];
    }

    @Override
    public boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out) {
        Packetizer.checkMaxPayloadBytes(maxPayloadBytes);
        byte[] bytes = frame.bytes();
        if (bytes.length == 0 || bytes.length + 1 > maxPayloadBytes) {
            return false;
        }
        if (scratch.length < maxPayloadBytes) {
            scratch = new byte[maxPayloadBytes];
        }
        int repeated = repeatable(frame, maxPayloadBytes - 1 - bytes.length);
        int position = 0;
        for (int i = count - repeated; i < count; i++) {
            int offset = (int) (frame.timestamp() - earlier[i].timestamp());
            int length = earlier[i].bytes().length;
            scratch[position++] = (byte) (0x80 | primaryType);
            scratch[position++] = (byte) (offset >> 6);
            scratch[position++] = (byte) (offset << 2 | length >> 8);
            scratch[position++] = (byte) length;
        }
        scratch[position++] = (byte) primaryType;
        for (int i = count - repeated; i < count; i++) {
            position = append(earlier[i].bytes(), position);
        }
        position = append(bytes, position);
        remember(frame);
        out.payload(scratch, 0, position, false);
        return true;
    }

    /** How many of the latest frames fit: without a gap, in bytes, in time and in the fields of their headers. */
    private int repeatable(EncodedFrame frame, int room) {
        int repeated = 0;
        int left = room;
        while (repeated < count) {
            EncodedFrame candidate = earlier[count - 1 - repeated];
            long offset = frame.timestamp() - candidate.timestamp();
            int length = candidate.bytes().length;
            left -= 4 + length;
            if (left < 0 || offset <= 0 || offset > MAX_OFFSET_TICKS || length > MAX_BLOCK_BYTES) {
                break;
            }
            repeated++;
        }
        return repeated;
    }

    private int append(byte[] bytes, int position) {
        System.arraycopy(bytes, 0, scratch, position, bytes.length);
        return position + bytes.length;
    }

    private void remember(EncodedFrame frame) {
        if (count == earlier.length) {
            System.arraycopy(earlier, 1, earlier, 0, count - 1);
            count--;
        }
        earlier[count++] = frame;
    }
}
