package org.webrtc4j.media.codec;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.g711.G711;

/** Codecs that take samples one by one: PCMU, PCMA (G.711) and L16 (RFC 3551 section 4.5.11). */
final class PcmCodecs implements CodecFactory {

    /** What a packet of ours has, as most senders: 20 ms. */
    private static final int PACKETS_PER_SECOND = 50;

    private static final int MAX_MILLISECONDS = 200;

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
            return sampleRate / PACKETS_PER_SECOND;
        }

        @Override
        public byte[] encode(short[] samples, int offset) {
            int count = frameSamples() * channels;
            byte[] bytes = new byte[law == Law.LINEAR ? count * 2 : count];
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
    }

    private static final class Decoder implements AudioDecoder {

        private final Law law;
        private final int sampleRate;
        private final int channels;
        private final short[] heard;
        private int heardCount;
        private int concealed;

        Decoder(Law law, int sampleRate, int channels) {
            this.law = law;
            this.sampleRate = sampleRate;
            this.channels = channels;
            heard = new short[sampleRate / 100 * channels];
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
            return sampleRate * MAX_MILLISECONDS / 1_000;
        }

        @Override
        public int decode(byte[] bytes, int offset, int length, short[] out) {
            int width = law == Law.LINEAR ? 2 : 1;
            int count = length / width;
            if (length == 0 || length % (width * channels) != 0 || count > maxSamples() * channels) {
                return REFUSED;
            }
            check(out);
            for (int i = 0; i < count; i++) {
                out[i] = switch (law) {
                    case MU -> G711.fromMuLaw(bytes[offset + i]);
                    case A -> G711.fromALaw(bytes[offset + i]);
                    case LINEAR -> (short) (bytes[offset + 2 * i] << 8 | (bytes[offset + 2 * i + 1] & 0xff));
                };
            }
            remember(out, count);
            return count / channels;
        }

        /** The last 10 ms again and again, quieter each time: silent after 60 ms. */
        @Override
        public int conceal(int samples, short[] out) {
            check(out);
            int count = Math.min(samples, maxSamples()) * channels;
            for (int i = 0; i < count; i++) {
                int turn = concealed / heard.length;
                int gain = Math.max(0, 6 - turn);
                out[i] = heardCount < heard.length ? 0 : (short) (heard[concealed % heard.length] * gain / 6);
                concealed = gain == 0 ? concealed : concealed + 1;
            }
            return count / channels;
        }

        @Override
        public void reset() {
            heardCount = 0;
            concealed = 0;
        }

        private void remember(short[] out, int count) {
            concealed = 0;
            int kept = Math.min(count, heard.length);
            System.arraycopy(heard, kept, heard, 0, heard.length - kept);
            System.arraycopy(out, count - kept, heard, heard.length - kept, kept);
            heardCount = Math.min(heard.length, heardCount + kept);
        }

        private void check(short[] out) {
            if (out.length < maxSamples() * channels) {
                throw new IllegalArgumentException(out.length + " samples, at least " + maxSamples() * channels);
            }
        }
    }
}
