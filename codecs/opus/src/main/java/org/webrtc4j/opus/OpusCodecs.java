package org.webrtc4j.opus;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecFactory;

/** Makes Opus encoders and decoders; found as a service, so that the artifact on the class path is enough. */
public final class OpusCodecs implements CodecFactory {

    /** Creates the factory. */
    public OpusCodecs() {}

    /**
     * Makes an encoder of 20 ms packets at 48 kHz.
     *
     * @param codec the receiver's description (RFC 7587 section 6.1): stereo, useinbandfec, usedtx, cbr and
     *     maxaveragebitrate are followed
     * @return a new encoder, or null when it is not opus
     */
    @Override
    public @Nullable AudioEncoder audioEncoder(CodecDescription codec) {
        return codec.is("audio/opus") ? new ConcentusEncoder(codec) : null;
    }

    /**
     * Makes a decoder that gives out 48 kHz.
     *
     * @param codec as negotiated
     * @param sampleRate ignored: {@link org.webrtc4j.media.audio.Resampler} makes other rates
     * @param channels 1 or 2, whatever was encoded
     * @return a new decoder, or null when it is not opus
     */
    @Override
    public @Nullable AudioDecoder audioDecoder(CodecDescription codec, int sampleRate, int channels) {
        return codec.is("audio/opus") ? new ConcentusDecoder(channels == 1 ? 1 : 2) : null;
    }
}
