package org.webrtc4j.media.codec;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;

/**
 * Makes encoders and decoders; an artifact brings one as a service ({@link java.util.ServiceLoader}), a user may give
 * another by {@link CodecRegistry#with}. Safe from any thread; what it makes is not.
 */
public interface CodecFactory {

    /**
     * Makes an encoder of sound.
     *
     * @param codec as the other side wants to receive it
     * @return a new encoder, or null when this factory has none for the codec
     */
    default @Nullable AudioEncoder audioEncoder(CodecDescription codec) {
        return null;
    }

    /**
     * Makes a decoder of sound.
     *
     * @param codec as negotiated
     * @param sampleRate the rate wanted, which a decoder of one rate ignores
     * @param channels the channels wanted, 1 or 2, which a decoder of one layout ignores
     * @return a new decoder, or null when this factory has none for the codec
     */
    default @Nullable AudioDecoder audioDecoder(CodecDescription codec, int sampleRate, int channels) {
        return null;
    }

    /**
     * Makes an encoder of pictures.
     *
     * @param codec as the other side wants to receive it
     * @return a new encoder, or null when this factory has none for the codec
     */
    default @Nullable VideoEncoder videoEncoder(CodecDescription codec) {
        return null;
    }

    /**
     * Makes a decoder of pictures.
     *
     * @param codec as negotiated
     * @return a new decoder, or null when this factory has none for the codec
     */
    default @Nullable VideoDecoder videoDecoder(CodecDescription codec) {
        return null;
    }
}
