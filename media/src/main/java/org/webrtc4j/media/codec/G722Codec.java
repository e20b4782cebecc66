package org.webrtc4j.media.codec;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.g722.G722Decoder;
import org.webrtc4j.media.g722.G722Encoder;

/** G.722 (RFC 3551 section 4.5.2): 16 kHz of sound under an RTP clock of 8000. */
final class G722Codec implements CodecFactory {

    private static final int SAMPLE_RATE = 16_000;

    /** 20 ms, as most senders. */
    private static final int FRAME_SAMPLES = SAMPLE_RATE / 50;

    private static boolean isG722(CodecDescription codec) {
        return codec.is("audio/G722") && codec.channels() == 1;
    }

    @Override
    public @Nullable AudioEncoder audioEncoder(CodecDescription codec) {
        return isG722(codec) ? new Encoder() : null;
    }

    @Override
    public @Nullable AudioDecoder audioDecoder(CodecDescription codec, int sampleRate, int channels) {
        return isG722(codec) ? new Decoder() : null;
    }

    private static final class Encoder implements AudioEncoder {

        private final G722Encoder encoder = new G722Encoder();

        @Override
        public int sampleRate() {
            return SAMPLE_RATE;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int frameSamples() {
            return FRAME_SAMPLES;
        }

        @Override
        public byte[] encode(short[] samples, int offset) {
            byte[] bytes = new byte[FRAME_SAMPLES / 2];
            encoder.encode(samples, offset, FRAME_SAMPLES, bytes);
            return bytes;
        }
    }

    private static final class Decoder implements AudioDecoder {

        private final G722Decoder decoder = new G722Decoder();
        private final HeardSound heard = new HeardSound(SAMPLE_RATE, 1);

        @Override
        public int sampleRate() {
            return SAMPLE_RATE;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int maxSamples() {
            return HeardSound.maxSamples(SAMPLE_RATE);
        }

        @Override
        public int decode(byte[] bytes, int offset, int length, short[] out) {
            heard.check(out);
            if (length == 0 || 2 * length > maxSamples()) {
                return REFUSED;
            }
            int samples = decoder.decode(bytes, offset, length, out);
            heard.remember(out, samples);
            return samples;
        }

        /** The predictors stay as they are: they find back to the coder's within some milliseconds of sound. */
        @Override
        public int conceal(int samples, short[] out) {
            return heard.repeat(samples, out);
        }

        @Override
        public void reset() {
            decoder.reset();
            heard.forget();
        }
    }
}
