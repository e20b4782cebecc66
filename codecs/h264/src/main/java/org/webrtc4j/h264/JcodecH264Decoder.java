package org.webrtc4j.h264;

import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.common.model.Picture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoFrame;
import org.webrtc4j.media.h264.AnnexB;

/**
 * H.264 decoded by JCodec. The library throws whatever damaged input makes it throw; that costs its state, and nothing is
 * decoded until the next key frame.
 */
final class JcodecH264Decoder implements VideoDecoder {

    private static final int SPS = 7;

    /** Level 5.1 has no more macroblocks in a picture; an SPS that claims more is refused before anything is allocated. */
    private static final int MAX_MACROBLOCKS = 36_864;

    private static final int MAX_SIDE_MACROBLOCKS = VideoFrame.MAX_SIDE / 16;

    private H264Decoder library = new H264Decoder();
    private boolean needsKeyFrame = true;
    private int widthMacroblocks;
    private int heightMacroblocks;

    @Override
    public @Nullable VideoFrame decode(EncodedFrame frame) {
        if (needsKeyFrame && !frame.key()) {
            return null;
        }
        try {
            if (frame.key() && !readSize(frame.bytes())) {
                return fail();
            }
            int size = widthMacroblocks * heightMacroblocks * 256;
            byte[][] planes = {new byte[size], new byte[size / 4], new byte[size / 4]};
            Picture picture = library.decodeFrame(ByteBuffer.wrap(frame.bytes()), planes);
            if (picture == null) {
                return fail();
            }
            needsKeyFrame = false;
            return Pictures.frame(picture);
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            return fail();
        }
    }

    @Override
    public boolean needsKeyFrame() {
        return needsKeyFrame;
    }

    private @Nullable VideoFrame fail() {
        library = new H264Decoder();
        needsKeyFrame = true;
        return null;
    }

    private boolean readSize(byte[] bytes) {
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            if (units.type() == SPS) {
                ByteBuffer unit = ByteBuffer.wrap(bytes, units.offset() + 1, units.length() - 1)
                        .slice();
                SeqParameterSet sps = SeqParameterSet.read(unescaped(unit));
                widthMacroblocks = sps.picWidthInMbsMinus1 + 1;
                heightMacroblocks = SeqParameterSet.getPicHeightInMbs(sps);
            }
        }
        return widthMacroblocks > 0
                && heightMacroblocks > 0
                && widthMacroblocks <= MAX_SIDE_MACROBLOCKS
                && heightMacroblocks <= MAX_SIDE_MACROBLOCKS
                && (long) widthMacroblocks * heightMacroblocks <= MAX_MACROBLOCKS;
    }

    private static ByteBuffer unescaped(ByteBuffer unit) {
        byte[] copy = new byte[unit.remaining()];
        unit.get(copy);
        ByteBuffer buffer = ByteBuffer.wrap(copy);
        H264Utils.unescapeNAL(buffer);
        return buffer;
    }
}
