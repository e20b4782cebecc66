package org.webrtc4j.h264;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.model.Picture;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.capability.H264ProfileLevelId;
import org.webrtc4j.media.codec.VideoEncoder;
import org.webrtc4j.media.codec.VideoFrame;
import org.webrtc4j.media.h264.AnnexB;

/** H.264 Baseline with P pictures, one slice each, encoded by JCodec. */
final class JcodecH264Encoder implements VideoEncoder {

    private static final int SPS = 7;

    /** constraint_set0 and 1: what the library makes is within Constrained Baseline. */
    private static final int CONSTRAINED = 0xc0;

    /** A key frame at least so often: a receiver that came late and was not heard sees something. */
    private static final int KEY_INTERVAL = 300;

    private final CodecDescription codec;
    private final int level;
    private final TargetRate rate = new TargetRate();
    private H264Encoder library = new H264Encoder(rate);
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int width;
    private int height;
    private int sinceKey;

    JcodecH264Encoder(CodecDescription codec) {
        this.codec = codec;
        H264ProfileLevelId id = H264ProfileLevelId.parse(codec.parameter("profile-level-id"));
        // Level 1b is told by a flag that Constrained Baseline has cleared here: 1.1 is the next.
        level = id == null ? 31 : id.level() == H264ProfileLevelId.LEVEL_1B ? 11 : id.level();
    }

    @Override
    public EncodedFrame encode(VideoFrame picture, long timestamp, boolean keyFrame) {
        boolean changed = picture.width() != width || picture.height() != height;
        if (changed) {
            width = picture.width();
            height = picture.height();
            library = new H264Encoder(rate);
        }
        Picture source = Pictures.of(picture);
        int estimate = library.estimateBufferSize(source) + 4_096;
        if (buffer.capacity() < estimate) {
            buffer = ByteBuffer.allocate(estimate);
        }
        boolean key = keyFrame || changed || sinceKey >= KEY_INTERVAL;
        buffer.clear();
        // Not encodePFrame: it asks for a P picture that is an IDR, and prints a warning for each.
        ByteBuffer encoded = key
                ? library.encodeIDRFrame(source, buffer)
                : library.doEncodeFrame(source, buffer, false, sinceKey + 1, SliceType.P);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        if (key) {
            setLevel(bytes);
        }
        sinceKey = key ? 0 : sinceKey + 1;
        rate.encoded(bytes.length, key);
        return EncodedFrame.video(codec, key, timestamp, bytes);
    }

    @Override
    public void setBitrate(int bitsPerSecond) {
        rate.setBitrate(bitsPerSecond);
    }

    /** The library says level 4 of everything; the answer's level is what was agreed on. */
    private void setLevel(byte[] bytes) {
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            if (units.type() == SPS && units.length() > 3) {
                bytes[units.offset() + 2] |= (byte) CONSTRAINED;
                bytes[units.offset() + 3] = (byte) level;
            }
        }
    }
}
