package org.webrtc4j.media.codec;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.g711.G711;

/** Codecs that take samples one by one: PCMU, PCMA (G.711) and L16 (RFC 3551 section 4.5.11). */
final class PcmCodecs implements CodecFactory {

    /** What a packet of ours has, as most senders: 20 ms, and less of what would not fit into a packet then. */
    private static final int MILLISECONDS = 20;

    private static final int MAX_BYTES = 1_000;

    private enum Law {
        MU,
        A,
        LINEAR
    }

    private static @Nullable Law law(CodecDescription codec) {
        return codec.is("audio/PCMU")
                ? Law.MU
                : codec.is("audio/PCMA") ? Law.A : codec.is("audio/L16") ? Law.LINEAR : null;
    }

    @Override
    public @Nullable AudioEncoder audioEncoder(CodecDescription codec) {
        Law law = law(codec);
        return law == null ? null : new Encoder(law, codec.clockRate(), codec.channels());
    }

    @Override
    public @Nullable AudioDecoder audioDecoder(CodecDescription codec, int sampleRate, int channels) {
        Law law = law(codec);
        return law == null ? null : new Decoder(law, codec.clockRate(), codec.channels());
    }

    private record Encoder(Law law, int sampleRate, int channels) implements AudioEncoder {

        @Override
        public int frameSamples() {
            int milliseconds = MILLISECONDS;
            while (bytes(sampleRate * milliseconds / 1_000) > MAX_BYTES) {
                milliseconds /= 2;
            }
            return sampleRate * milliseconds / 1_000;
        }

        @Override
        public byte[] encode(short[] samples, int offset) {
            int count = frameSamples() * channels;
            byte[] bytes = new byte[bytes(frameSamples())];
            for (int i = 0; i < count; i++) {
                short sample = samples[offset + i];
                switch (law) {
                    case MU -> bytes[i] = G711.toMuLaw(sample);
                    case A -> bytes[i] = G711.toALaw(sample);
                    case LINEAR -> {
                        bytes[2 * i] = (byte) (sample >> 8);
                        bytes[2 * i + 1] = (byte) sample;
                    }
                }
            }
            return bytes;
        }

        private int bytes(int samples) {
            return samples * channels * (law == Law.LINEAR ? 2 : 1);
        }
    }

    private static final class Decoder implements AudioDecoder {

        private final Law law;
        private final int sampleRate;
        private final int channels;
        private final HeardSound heard;

        Decoder(Law law, int sampleRate, int channels) {
            this.law = law;
            this.sampleRate = sampleRate;
            this.channels = channels;
            heard = new HeardSound(sampleRate, channels);
        }

        @Override
        public int sampleRate() {
            return sampleRate;
        }

        @Override
        public int channels() {
            return channels;
        }

        @Override
        public int maxSamples() {
            return HeardSound.maxSamples(sampleRate);
        }

        @Override
        public int decode(byte[] bytes, int offset, int length, short[] out) {
            int width = law == Law.LINEAR ? 2 : 1;
            int count = length / width;
            heard.check(out);
            if (length == 0 || length % (width * channels) != 0 || count > maxSamples() * channels) {
                return REFUSED;
            }
            for (int i = 0; i < count; i++) {
                out[i] = switch (law) {
                    case MU -> G711.fromMuLaw(bytes[offset + i]);
                    case A -> G711.fromALaw(bytes[offset + i]);
                    case LINEAR -> (short) (bytes[offset + 2 * i] << 8 | (bytes[offset + 2 * i + 1] & 0xff));
                };
            }
            heard.remember(out, count);
            return count / channels;
        }

        @Override
        public int conceal(int samples, short[] out) {
            return heard.repeat(samples, out);
        }

        @Override
        public void reset() {
            heard.forget();
        }
    }
}
