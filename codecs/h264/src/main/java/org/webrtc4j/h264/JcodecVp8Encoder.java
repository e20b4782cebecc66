package org.webrtc4j.h264;

import java.nio.ByteBuffer;
import org.jcodec.codecs.vpx.VP8Encoder;
import org.jcodec.common.model.Picture;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.codec.VideoEncoder;
import org.webrtc4j.media.codec.VideoFrame;

/** Key frames of VP8, encoded by JCodec: every frame is one, several times as large as it need be. For test pictures. */
final class JcodecVp8Encoder implements VideoEncoder {

    /** Of 0 to 127: a picture of 640x360 takes about 30 kB. */
    private static final int QUANTISER = 20;

    private final CodecDescription codec;
    private VP8Encoder library = VP8Encoder.createVP8Encoder(QUANTISER);
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int width;
    private int height;

    JcodecVp8Encoder(CodecDescription codec) {
        this.codec = codec;
    }

    @Override
    public EncodedFrame encode(VideoFrame picture, long timestamp, boolean keyFrame) {
        if (picture.width() != width || picture.height() != height) {
            width = picture.width();
            height = picture.height();
            library = VP8Encoder.createVP8Encoder(QUANTISER);
        }
        Picture source = Pictures.of(picture);
        int estimate = library.estimateBufferSize(source) + 4_096;
        if (buffer.capacity() < estimate) {
            buffer = ByteBuffer.allocate(estimate);
        }
        buffer.clear();
        ByteBuffer encoded = library.encodeFrame(source, buffer).getData();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        setSize(bytes);
        return EncodedFrame.video(codec, true, timestamp, bytes);
    }

    /** The library writes the size of whole macroblocks; a decoder crops to what stands here (RFC 6386 section 9.1). */
    private void setSize(byte[] bytes) {
        bytes[6] = (byte) width;
        bytes[7] = (byte) (width >> 8 & 0x3f);
        bytes[8] = (byte) height;
        bytes[9] = (byte) (height >> 8 & 0x3f);
    }
}
