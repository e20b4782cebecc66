package org.webrtc4j.h264;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoEncoder;

/**
 * Makes encoders and decoders of pictures; found as a service, so that the artifact on the class path is enough.
 *
 * <p>H.264 both ways: Baseline is encoded, and decoded what browsers send. Of VP8 key frames are encoded, one after the
 * other, which is good for test pictures only; VP8 is not decoded.
 */
public final class H264Codecs implements CodecFactory {

    /** Creates the factory. */
    public H264Codecs() {}

    @Override
    public @Nullable VideoEncoder videoEncoder(CodecDescription codec) {
        return codec.is("video/H264")
                ? new JcodecH264Encoder(codec)
                : codec.is("video/VP8") ? new JcodecVp8Encoder(codec) : null;
    }

    @Override
    public @Nullable VideoDecoder videoDecoder(CodecDescription codec) {
        return codec.is("video/H264") ? new JcodecH264Decoder() : null;
    }
}
