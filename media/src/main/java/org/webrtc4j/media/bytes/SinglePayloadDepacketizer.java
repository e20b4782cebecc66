package org.webrtc4j.media.bytes;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadDrop;

/** A format in which every payload is a frame, as it is: most of audio (RFC 3551). */
public final class SinglePayloadDepacketizer implements Depacketizer {

    /** Says whether a payload is one. */
    @FunctionalInterface
    public interface Check {

        /**
         * Looks at a payload.
         *
         * @param bytes the array
         * @param offset the first byte
         * @param length how many, above 0
         * @return null when it is well-formed, or why it is not
         */
        @Nullable
        PayloadDrop check(byte[] bytes, int offset, int length);
    }

    private final CodecDescription codec;
    private final Check check;
    private final FrameBuffer buffer = new FrameBuffer(MAX_FRAME_BYTES);

    /**
     * Creates a depacketizer.
     *
     * @param codec of its frames
     * @param check says whether a payload is one
     */
    public SinglePayloadDepacketizer(CodecDescription codec, Check check) {
        this.codec = codec;
        this.check = check;
    }

    @Override
    public int inspect(byte[] bytes, int offset, int length) {
        return START | END | KEY;
    }

    @Override
    public void begin() {
        buffer.clear();
    }

    @Override
    public @Nullable PayloadDrop add(byte[] bytes, int offset, int length) {
        if (length <= 0) {
            return PayloadDrop.EMPTY;
        }
        if (buffer.size() > 0) {
            return PayloadDrop.BAD_ORDER;
        }
        PayloadDrop bad = check.check(bytes, offset, length);
        if (bad == null && !buffer.append(bytes, offset, length)) {
            return PayloadDrop.TOO_LARGE;
        }
        return bad;
    }

    @Override
    public @Nullable PayloadDrop end(long timestamp, boolean marker, FrameSink out) {
        if (buffer.size() == 0) {
            return PayloadDrop.EMPTY;
        }
        out.frame(EncodedFrame.audio(codec, timestamp, buffer.toBytes()));
        buffer.clear();
        return null;
    }
}
