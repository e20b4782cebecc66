package org.webrtc4j.media.av1;

import java.util.Arrays;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadSink;
import org.webrtc4j.media.bytes.FrameBuffer;

/**
 * AV1 temporal units in the low-overhead form (AV1 bitstream specification section 5.2) into payloads (RTP Payload Format
 * For AV1): units without their sizes, up to three in a packet, cut where a packet is full. Temporal delimiters, tile lists
 * and padding are left out.
 */
public final class Av1Packetizer implements Packetizer {

    private static final int MAX_UNITS_A_PACKET = 3;

    private final FrameBuffer units = new FrameBuffer(Integer.MAX_VALUE - 8);
    private int[] ends = new int[16];
    private int count;
    private byte[] scratch = new byte[1_500];

    /** Creates a packetizer. */
    public Av1Packetizer() {}

    @Override
    public boolean packetize(EncodedFrame frame, int maxPayloadBytes, PayloadSink out) {
        Packetizer.checkMaxPayloadBytes(maxPayloadBytes);
        if (!collect(frame.bytes()) || count == 0) {
            return false;
        }
        if (scratch.length < maxPayloadBytes) {
            scratch = new byte[maxPayloadBytes];
        }
        emit(maxPayloadBytes, frame.key(), out);
        return true;
    }

    /** Puts the units without sizes one after the other; false when the frame is no sequence of units. */
    private boolean collect(byte[] bytes) {
        units.clear();
        count = 0;
        int position = 0;
        while (position < bytes.length) {
            int header = bytes[position];
            int headerBytes = (header & Obu.HAS_EXTENSION) != 0 ? 2 : 1;
            int payload = position + headerBytes;
            int size = bytes.length - payload;
            if ((header & Obu.HAS_SIZE) != 0) {
                long read = Obu.readLeb128(bytes, payload, bytes.length);
                payload += (int) (read >> 32);
                if (read < 0 || (int) read > bytes.length - payload) {
                    return false;
                }
                size = (int) read;
            }
            if (Obu.isForbidden(header) || size < 0) {
                return false;
            }
            int type = Obu.type(header);
            if (!Obu.isLeftOut(type) && type != Obu.PADDING) {
                units.append(header & ~Obu.HAS_SIZE);
                units.append(bytes, position + 1, headerBytes - 1);
                units.append(bytes, payload, size);
                if (count == ends.length) {
                    ends = Arrays.copyOf(ends, count * 2);
                }
                ends[count++] = units.size();
            }
            position = payload + size;
        }
        return true;
    }

    private void emit(int max, boolean key, PayloadSink out) {
        byte[] bytes = units.array();
        int unit = 0;
        int position = 0;
        boolean continues = false;
        while (unit < count) {
            int written = 1;
            int inPacket = 0;
            boolean full = false;
            boolean open = false;
            boolean firstPacket = position == 0;
            while (!full && unit < count) {
                int rest = ends[unit] - position;
                int space = max - written;
                inPacket++;
                // Another unit follows in this packet when its size and some of it fit as well.
                boolean more =
                        inPacket < MAX_UNITS_A_PACKET && unit + 1 < count && rest + Obu.leb128Bytes(rest) + 1 < space;
                int length = more ? rest : Math.min(rest, space);
                if (more) {
                    written = Obu.writeLeb128(scratch, written, rest);
                }
                System.arraycopy(bytes, position, scratch, written, length);
                written += length;
                position += length;
                open = length < rest;
                unit += open ? 0 : 1;
                full = !more;
            }
            int flags = (continues ? 0x80 : 0) | (open ? 0x40 : 0) | inPacket << 4 | (firstPacket && key ? 0x08 : 0);
            scratch[0] = (byte) flags;
            continues = open;
            out.payload(scratch, 0, written, unit == count);
        }
    }
}
