package org.webrtc4j.media.av1;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.bytes.FrameBuffer;

/**
 * AV1 frames out of payloads (RTP Payload Format For AV1, section 4).
 *
 * <p>A frame is a temporal unit: its OBUs one after the other, each with has_size_field set and its size in the fewest bytes
 * of leb128, without temporal delimiter and tile list. libwebrtc makes the same bytes (video_rtp_depacketizer_av1.cc); an
 * encoder's frame differs by the delimiter {@code 12 00} before it. A frame is a key frame when its first payload has the N
 * bit, the start of a coded video sequence.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |Z|Y| W |N|-|-|-|
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Av1Depacketizer implements Depacketizer {

    private static final int Z = 0x80;
    private static final int Y = 0x40;
    private static final int N = 0x08;

    private final CodecDescription codec;
    private final FrameBuffer frame = new FrameBuffer(MAX_FRAME_BYTES);
    private final FrameBuffer unit = new FrameBuffer(MAX_FRAME_BYTES);
    private final byte[] size = new byte[5];
    private boolean first = true;
    private boolean inFragment;
    private boolean key;
    private int extension = -1;

    /**
     * Creates a depacketizer.
     *
     * @param codec of its frames
     */
    public Av1Depacketizer(CodecDescription codec) {
        this.codec = codec;
    }

    @Override
    public int inspect(byte[] bytes, int offset, int length) {
        // Only a new sequence is certain to begin a frame: other units may follow one that is lost.
        return length > 1 && (bytes[offset] & (N | Z)) == N ? START | KEY : 0;
    }

    @Override
    public void begin() {
        frame.clear();
        unit.clear();
        first = true;
        inFragment = false;
        key = false;
        extension = -1;
    }

    @Override
    public @Nullable PayloadDrop add(byte[] bytes, int offset, int length) {
        if (length < 2) {
            return length < 1 ? PayloadDrop.EMPTY : PayloadDrop.TRUNCATED;
        }
        int header = bytes[offset];
        boolean continues = (header & Z) != 0;
        if (continues && (header & N) != 0) {
            return PayloadDrop.BAD_VALUE;
        }
        if (continues != inFragment) {
            return continues ? PayloadDrop.UNEXPECTED_CONTINUATION : PayloadDrop.MISSING_CONTINUATION;
        }
        if (first) {
            key = (header & N) != 0;
            first = false;
        }
        return addElements(bytes, offset + 1, offset + length, header >> 4 & 3, (header & Y) != 0);
    }

    /** Sizes before all units but the last of W; before every one when W is 0 (section 4.4). */
    private @Nullable PayloadDrop addElements(byte[] bytes, int from, int limit, int expected, boolean endsOpen) {
        int position = from;
        int index = 0;
        while (position < limit) {
            index++;
            int elementSize = limit - position;
            if (index != expected) {
                long read = Obu.readLeb128(bytes, position, limit);
                if (read < 0) {
                    return PayloadDrop.BAD_VALUE;
                }
                position += (int) (read >> 32);
                elementSize = (int) read;
                if (elementSize > limit - position) {
                    return PayloadDrop.BAD_LENGTH;
                }
            }
            if (!unit.append(bytes, position, elementSize)) {
                return PayloadDrop.TOO_LARGE;
            }
            position += elementSize;
            boolean open = position == limit && endsOpen;
            inFragment = open;
            PayloadDrop bad = open ? null : endUnit();
            if (bad != null) {
                return bad;
            }
        }
        // W says how many units there are: fewer is as wrong as a size past the end.
        return expected != 0 && index != expected ? PayloadDrop.BAD_LENGTH : null;
    }

    /** Appends the unit to the frame with its size in the header, whether or not it came with one. */
    private @Nullable PayloadDrop endUnit() {
        if (unit.size() == 0) {
            return PayloadDrop.BAD_LENGTH;
        }
        byte[] bytes = unit.array();
        int header = bytes[0];
        int headerBytes = (header & Obu.HAS_EXTENSION) != 0 ? 2 : 1;
        if (Obu.isForbidden(header)) {
            return PayloadDrop.BAD_VALUE;
        }
        if (unit.size() < headerBytes) {
            return PayloadDrop.TRUNCATED;
        }
        int payload = headerBytes;
        if ((header & Obu.HAS_SIZE) != 0) {
            long read = Obu.readLeb128(bytes, headerBytes, unit.size());
            payload += (int) (read >> 32);
            if (read < 0 || (int) read != unit.size() - payload) {
                return PayloadDrop.BAD_LENGTH;
            }
        }
        boolean fits = true;
        if (!Obu.isLeftOut(Obu.type(header))) {
            int sizeBytes = Obu.writeLeb128(size, 0, unit.size() - payload);
            fits = frame.append(header | Obu.HAS_SIZE)
                    && (headerBytes == 1 || frame.append(bytes[1]))
                    && frame.append(size, 0, sizeBytes)
                    && frame.append(bytes, payload, unit.size() - payload);
            if (headerBytes == 2 && extension < 0) {
                extension = bytes[1] & 0xff;
            }
        }
        unit.clear();
        return fits ? null : PayloadDrop.TOO_LARGE;
    }

    @Override
    public @Nullable PayloadDrop end(long timestamp, boolean marker, FrameSink out) {
        if (inFragment) {
            return PayloadDrop.MISSING_CONTINUATION;
        }
        if (frame.size() == 0) {
            return PayloadDrop.EMPTY;
        }
        FrameLayers layers = extension < 0
                ? FrameLayers.NONE
                : new FrameLayers(extension >> 3 & 3, extension >> 5, false, false, marker);
        out.frame(new EncodedFrame(codec, key, timestamp, frame.toBytes(), layers));
        begin();
        return null;
    }
}
