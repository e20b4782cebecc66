package org.webrtc4j.h264;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.List;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.common.model.Picture;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoFrame;

/**
 * H.264 decoded by JCodec. The library throws whatever damaged input makes it throw; that costs its state, and nothing is
 * decoded until the next key frame.
 */
final class JcodecH264Decoder implements VideoDecoder {

    private static final int BLOCK_SAMPLES = 256;

    private H264Decoder library = newLibrary();
    private BitstreamGuard guard = new BitstreamGuard();
    private boolean needsKeyFrame = true;

    @Override
    public @Nullable VideoFrame decode(EncodedFrame frame) {
        if (needsKeyFrame && !frame.key()) {
            return null;
        }
        try {
            // A copy, in which JCodec leaves emulation prevention bytes out.
            List<ByteBuffer> units =
                    H264Utils.splitFrame(ByteBuffer.wrap(frame.bytes().clone()));
            if (!guard.allows(units)) {
                return fail();
            }
            int size = guard.macroblocks() * BLOCK_SAMPLES;
            byte[][] planes = {new byte[size], new byte[size / 4], new byte[size / 4]};
            Picture picture = library.decodeFrameFromNals(units, planes);
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
        library = newLibrary();
        guard = new BitstreamGuard();
        needsKeyFrame = true;
        return null;
    }

    /** JCodec would decode the slices of a frame on threads of its own, which would outlive it. */
    private static H264Decoder newLibrary() {
        H264Decoder decoder = new H264Decoder();
        try {
            Field threaded = H264Decoder.class.getDeclaredField("threaded");
            threaded.setAccessible(true);
            threaded.setBoolean(decoder, false);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This JCodec is another than 0.2.5", e);
        }
        return decoder;
    }
}
