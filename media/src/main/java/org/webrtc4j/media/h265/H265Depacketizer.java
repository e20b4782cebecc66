package org.webrtc4j.media.h265;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.bytes.FrameBuffer;

/**
 * H.265 frames out of payloads (RFC 7798): single NAL units, aggregation packets and fragmentation units of a single stream
 * (SRST) in decoding order, hence without decoding order numbers (sprop-max-don-diff 0). PACI packets are refused.
 *
 * <p>A frame is an access unit in the form of annex B: every NAL unit as it came, in order, each behind the four bytes
 * {@code 00 00 00 01}. It is a key frame when it holds a slice of an intra random access point (types 16 to 23).
 */
public final class H265Depacketizer implements Depacketizer {

    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int SIZE_BYTES = 2;
    private static final int FU_HEADER_BYTES = 3;

    private final CodecDescription codec;
    private final FrameBuffer buffer = new FrameBuffer(MAX_FRAME_BYTES);
    private boolean inFragment;
    private int fragmentType;
    private boolean hasIrap;

    /** What the stream puts before the first slice of its pictures, as seen so far. */
    private boolean delimited;

    private boolean inBandVps;
    private boolean inBandSps;
    private boolean inBandSei;

    /**
     * Creates a depacketizer.
     *
     * @param codec of its frames
     */
    public H265Depacketizer(CodecDescription codec) {
        this.codec = codec;
    }

    @Override
    public int inspect(byte[] bytes, int offset, int length) {
        if (length <= NalUnit.HEADER_BYTES) {
            return 0;
        }
        int type = NalUnit.type(bytes[offset]);
        if (type == NalUnit.FU) {
            int header = bytes[offset + 2];
            boolean first = (header & NalUnit.FU_START) != 0;
            return first && length > FU_HEADER_BYTES
                    ? inspectUnit(header & NalUnit.FU_TYPE_MASK, bytes[offset + FU_HEADER_BYTES])
                    : 0;
        }
        if (type != NalUnit.AP) {
            return inspectUnit(type, bytes[offset + 2]);
        }
        int found = 0;
        int end = offset + length;
        int position = offset + NalUnit.HEADER_BYTES;
        while (position + SIZE_BYTES < end) {
            int size = (bytes[position] & 0xff) << 8 | (bytes[position + 1] & 0xff);
            position += SIZE_BYTES;
            if (size <= NalUnit.HEADER_BYTES || size > end - position) {
                break;
            }
            found |= inspectUnit(NalUnit.type(bytes[position]), bytes[position + 2]);
            position += size;
        }
        return found;
    }

    /**
     * What is certain of a unit by its type and the byte after its header, which begins a slice with
     * first_slice_segment_in_pic_flag. What the stream puts before a picture is lost when its packet is: a slice begins no
     * frame where delimiters or messages do, and no key frame where parameter sets do.
     */
    private int inspectUnit(int type, int third) {
        if (type == NalUnit.AUD) {
            return START;
        }
        if (type == NalUnit.VPS) {
            // In an access unit nothing but the delimiter comes before a VPS (H.265 section 7.4.2.4.4).
            return KEY | (delimited ? 0 : START);
        }
        if (type == NalUnit.SPS) {
            return KEY | (delimited || inBandVps ? 0 : START);
        }
        if (type > NalUnit.LAST_SLICE || (third & 0x80) == 0) {
            return 0;
        }
        boolean led = delimited || inBandSei;
        return NalUnit.isIrap(type) ? KEY | (led || inBandSps ? 0 : START) : led ? 0 : START;
    }

    @Override
    public void begin() {
        buffer.clear();
        inFragment = false;
        hasIrap = false;
    }

    @Override
    public @Nullable PayloadDrop add(byte[] bytes, int offset, int length) {
        if (length < 1) {
            return PayloadDrop.EMPTY;
        }
        if (length < NalUnit.HEADER_BYTES) {
            return PayloadDrop.TRUNCATED;
        }
        int type = NalUnit.type(bytes[offset]);
        if (!NalUnit.isHeader(bytes[offset + 1])) {
            return PayloadDrop.BAD_VALUE;
        }
        if (type == NalUnit.FU) {
            return addFragment(bytes, offset, length);
        }
        if (inFragment) {
            return PayloadDrop.MISSING_CONTINUATION;
        }
        if (type == NalUnit.AP) {
            return addAggregate(bytes, offset, length);
        }
        return type > NalUnit.AP ? PayloadDrop.UNSUPPORTED : addUnit(bytes, offset, length);
    }

    /**
     * RFC 7798 section 4.4.2: sizes of 16 bits, each before its unit. Of a packet with decoding order numbers, which were not
     * agreed, sizes or types are no such ones.
     */
    private @Nullable PayloadDrop addAggregate(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = offset + NalUnit.HEADER_BYTES;
        if (position >= end) {
            return PayloadDrop.EMPTY;
        }
        while (position < end) {
            if (end - position < SIZE_BYTES) {
                return PayloadDrop.TRUNCATED;
            }
            int size = (bytes[position] & 0xff) << 8 | (bytes[position + 1] & 0xff);
            position += SIZE_BYTES;
            if (size < NalUnit.HEADER_BYTES || size > end - position) {
                return PayloadDrop.BAD_LENGTH;
            }
            if (NalUnit.type(bytes[position]) >= NalUnit.AP) {
                return PayloadDrop.UNSUPPORTED;
            }
            if (!NalUnit.isHeader(bytes[position + 1])) {
                return PayloadDrop.BAD_VALUE;
            }
            PayloadDrop bad = addUnit(bytes, position, size);
            if (bad != null) {
                return bad;
            }
            position += size;
        }
        return null;
    }

    /** RFC 7798 section 4.4.3: the payload header has all of the unit's but its type, which is in the third byte. */
    private @Nullable PayloadDrop addFragment(byte[] bytes, int offset, int length) {
        if (length < FU_HEADER_BYTES) {
            return PayloadDrop.TRUNCATED;
        }
        if (length == FU_HEADER_BYTES) {
            return PayloadDrop.EMPTY;
        }
        int header = bytes[offset + 2];
        int type = header & NalUnit.FU_TYPE_MASK;
        boolean first = (header & NalUnit.FU_START) != 0;
        boolean last = (header & NalUnit.FU_END) != 0;
        if (type >= NalUnit.AP) {
            return PayloadDrop.UNSUPPORTED;
        }
        if (first && last) {
            // A unit that fits into one packet is not fragmented.
            return PayloadDrop.BAD_VALUE;
        }
        if (first) {
            if (inFragment) {
                return PayloadDrop.MISSING_CONTINUATION;
            }
            inFragment = true;
            fragmentType = type;
            if (!startUnit(NalUnit.withType(bytes[offset], type)) || !buffer.append(bytes[offset + 1])) {
                return PayloadDrop.TOO_LARGE;
            }
        } else if (!inFragment || type != fragmentType) {
            return PayloadDrop.UNEXPECTED_CONTINUATION;
        }
        inFragment = !last;
        return buffer.append(bytes, offset + FU_HEADER_BYTES, length - FU_HEADER_BYTES) ? null : PayloadDrop.TOO_LARGE;
    }

    private @Nullable PayloadDrop addUnit(byte[] bytes, int offset, int length) {
        return startUnit(bytes[offset]) && buffer.append(bytes, offset + 1, length - 1) ? null : PayloadDrop.TOO_LARGE;
    }

    private boolean startUnit(int firstByte) {
        int type = NalUnit.type(firstByte);
        boolean opens = buffer.size() == 0;
        hasIrap |= NalUnit.isIrap(type);
        inBandVps |= type == NalUnit.VPS;
        inBandSps |= type == NalUnit.SPS;
        inBandSei |= type == NalUnit.PREFIX_SEI;
        delimited = type == NalUnit.AUD || (delimited && !opens);
        return buffer.append(START_CODE, 0, START_CODE.length) && buffer.append(firstByte);
    }

    @Override
    public @Nullable PayloadDrop end(long timestamp, boolean marker, FrameSink out) {
        if (inFragment) {
            return PayloadDrop.MISSING_CONTINUATION;
        }
        if (buffer.size() == 0) {
            return PayloadDrop.EMPTY;
        }
        out.frame(new EncodedFrame(codec, hasIrap, timestamp, buffer.toBytes(), FrameLayers.NONE));
        begin();
        return null;
    }
}
