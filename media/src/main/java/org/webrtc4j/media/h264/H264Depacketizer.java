package org.webrtc4j.media.h264;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameLayers;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadDrop;
import org.webrtc4j.media.bytes.FrameBuffer;

/**
 * H.264 frames out of payloads (RFC 6184, packetization-mode 0 and 1): single NAL units, STAP-A and FU-A.
 *
 * <p>A frame is an access unit in the form of annex B: every NAL unit as it came, in order, each behind the four bytes
 * {@code 00 00 00 01}. libwebrtc makes the same bytes of the same payloads (video_rtp_depacketizer_h264.cc), with one
 * difference: it rewrites the VUI of an SPS that arrives in a packet of its own and asks for needless decoder delay; here
 * nothing is rewritten. A frame is a key frame when it holds an IDR slice.
 */
public final class H264Depacketizer implements Depacketizer {

    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final CodecDescription codec;
    private final FrameBuffer buffer = new FrameBuffer(MAX_FRAME_BYTES);
    private boolean inFragment;
    private int fragmentType;
    private boolean hasIdr;
    private boolean onlyUnreferenced;
    private boolean inBandSps;
    /** Whether the last frame began with a delimiter. */
    private boolean delimited;

    /**
     * Creates a depacketizer.
     *
     * @param codec of its frames
     */
    public H264Depacketizer(CodecDescription codec) {
        this.codec = codec;
    }

    @Override
    public int inspect(byte[] bytes, int offset, int length) {
        if (length < 2) {
            return 0;
        }
        int type = NalUnit.type(bytes[offset]);
        if (type == NalUnit.FU_A) {
            boolean first = (bytes[offset + 1] & NalUnit.FU_START) != 0;
            return first && length > 2 ? inspectUnit(NalUnit.type(bytes[offset + 1]), bytes[offset + 2]) : 0;
        }
        if (type != NalUnit.STAP_A) {
            return inspectUnit(type, bytes[offset + 1]);
        }
        int found = 0;
        int end = offset + length;
        int position = offset + 1;
        while (position + 3 <= end) {
            int size = (bytes[position] & 0xff) << 8 | (bytes[position + 1] & 0xff);
            position += 2;
            if (size == 0 || size > end - position) {
                break;
            }
            if (size > 1) {
                found |= inspectUnit(NalUnit.type(bytes[position]), bytes[position + 1]);
            }
            position += size;
        }
        return found;
    }

    /**
     * What is certain of a unit by its type and the byte after its header. What the stream puts before a picture is lost when
     * its packet is: a slice begins no frame where delimiters do, and no key frame where an SPS does.
     */
    private int inspectUnit(int type, int second) {
        return switch (type) {
            // In an access unit nothing but the delimiter comes before an SPS (H.264 section 7.4.1.2.3).
            case NalUnit.SPS -> KEY | (delimited ? 0 : START);
            case NalUnit.AUD -> START;
            case NalUnit.IDR -> !NalUnit.isFirstSlice(second) ? 0 : KEY | (delimited || inBandSps ? 0 : START);
            case NalUnit.SLICE, NalUnit.PARTITION_A -> NalUnit.isFirstSlice(second) && !delimited ? START : 0;
            default -> 0;
        };
    }

    @Override
    public void begin() {
        buffer.clear();
        inFragment = false;
        hasIdr = false;
        onlyUnreferenced = true;
    }

    @Override
    public @Nullable PayloadDrop add(byte[] bytes, int offset, int length) {
        if (length < 1) {
            return PayloadDrop.EMPTY;
        }
        int type = NalUnit.type(bytes[offset]);
        if (type == NalUnit.FU_A) {
            return addFragment(bytes, offset, length);
        }
        if (inFragment) {
            return PayloadDrop.MISSING_CONTINUATION;
        }
        if (type == NalUnit.STAP_A) {
            return addAggregate(bytes, offset, length);
        }
        if (type == 0 || type > NalUnit.LAST_SINGLE) {
            return PayloadDrop.UNSUPPORTED;
        }
        return addUnit(bytes, offset, length);
    }

    /** RFC 6184 section 5.7.1: sizes of 16 bits, each before its unit. */
    private @Nullable PayloadDrop addAggregate(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int position = offset + 1;
        if (position >= end) {
            return PayloadDrop.EMPTY;
        }
        while (position < end) {
            if (end - position < 2) {
                return PayloadDrop.TRUNCATED;
            }
            int size = (bytes[position] & 0xff) << 8 | (bytes[position + 1] & 0xff);
            position += 2;
            if (size == 0 || size > end - position) {
                return PayloadDrop.BAD_LENGTH;
            }
            int type = NalUnit.type(bytes[position]);
            if (type == 0 || type > NalUnit.LAST_SINGLE) {
                return PayloadDrop.UNSUPPORTED;
            }
            PayloadDrop bad = addUnit(bytes, position, size);
            if (bad != null) {
                return bad;
            }
            position += size;
        }
        return null;
    }

    /** RFC 6184 section 5.8: the indicator has F and NRI, the second byte start, end and the type. */
    private @Nullable PayloadDrop addFragment(byte[] bytes, int offset, int length) {
        if (length < 2) {
            return PayloadDrop.TRUNCATED;
        }
        if (length == 2) {
            return PayloadDrop.EMPTY;
        }
        int header = bytes[offset + 1];
        int type = NalUnit.type(header);
        boolean first = (header & NalUnit.FU_START) != 0;
        boolean last = (header & NalUnit.FU_END) != 0;
        if (type == 0 || type > NalUnit.LAST_SINGLE) {
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
            int unitHeader = (bytes[offset] & ~NalUnit.TYPE_MASK) | type;
            if (!startUnit(unitHeader)) {
                return PayloadDrop.TOO_LARGE;
            }
        } else if (!inFragment || type != fragmentType) {
            return PayloadDrop.UNEXPECTED_CONTINUATION;
        }
        inFragment = !last;
        return buffer.append(bytes, offset + 2, length - 2) ? null : PayloadDrop.TOO_LARGE;
    }

    private @Nullable PayloadDrop addUnit(byte[] bytes, int offset, int length) {
        return startUnit(bytes[offset]) && buffer.append(bytes, offset + 1, length - 1) ? null : PayloadDrop.TOO_LARGE;
    }

    private boolean startUnit(int header) {
        int type = NalUnit.type(header);
        hasIdr |= type == NalUnit.IDR;
        inBandSps |= type == NalUnit.SPS;
        delimited = type == NalUnit.AUD || (delimited && buffer.size() > 0);
        if (NalUnit.isSlice(type) && (header & NalUnit.REF_IDC_MASK) != 0) {
            onlyUnreferenced = false;
        }
        return buffer.append(START_CODE, 0, START_CODE.length) && buffer.append(header);
    }

    @Override
    public @Nullable PayloadDrop end(long timestamp, boolean marker, FrameSink out) {
        if (inFragment) {
            return PayloadDrop.MISSING_CONTINUATION;
        }
        if (buffer.size() == 0) {
            return PayloadDrop.EMPTY;
        }
        FrameLayers layers = onlyUnreferenced ? new FrameLayers(0, -1, true, false, true) : FrameLayers.NONE;
        out.frame(new EncodedFrame(codec, hasIdr, timestamp, buffer.toBytes(), layers));
        begin();
        return null;
    }
}
