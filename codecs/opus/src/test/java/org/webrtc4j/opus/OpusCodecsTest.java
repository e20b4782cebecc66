package org.webrtc4j.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.audio.Goertzel;
import org.webrtc4j.media.audio.SilentFrames;
import org.webrtc4j.media.audio.SpeechNoiseGenerator;
import org.webrtc4j.media.audio.ToneGenerator;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecRegistry;
import org.webrtc4j.media.opus.OpusToc;
import org.webrtc4j.media.playout.JitterBuffer;
import org.webrtc4j.media.playout.PlayoutOptions;

class OpusCodecsTest {

    private static final long MILLI = 1_000_000;

    private final CodecRegistry registry = CodecRegistry.discover(OpusCodecsTest.class.getClassLoader());

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aToneComesBack(int channels) {
        int rate = 48_000;
        AudioEncoder encoder = encoder("stereo=" + (channels - 1));
        AudioDecoder decoder = decoder(channels);
        ToneGenerator tone = new ToneGenerator(48_000, 1_000, 10_000);
        short[] in = new short[960 * channels];
        short[] out = new short[decoder.maxSamples() * channels];
        short[] heard = new short[rate * channels];
        int count = 0;
        for (int i = 0; i < 50; i++) {
            tone.generate(in, 0, 960, channels);
            byte[] packet = encoder.encode(in, 0);
            int samples = decoder.decode(packet, 0, packet.length, out);
            assertThat(samples).isEqualTo(rate / 50);
            System.arraycopy(out, 0, heard, count * channels, samples * channels);
            count += samples;
        }
        assertThat(encoder.channels()).isEqualTo(channels);
        assertThat(Goertzel.amplitude(heard, rate / 2 * channels, channels, rate / 4, rate, 1_000))
                .isBetween(8_000.0, 12_000.0);
    }

    @Test
    void lostPacketsAreMadeUpFromTheNextOne() {
        double withFec = errorOfLostPacket("useinbandfec=1", true);
        double concealed = errorOfLostPacket("useinbandfec=1", false);
        assertThat(withFec).isLessThan(concealed * 0.8);
    }

    /** The mean distance to what would have been heard without a loss. */
    private double errorOfLostPacket(String fmtp, boolean recover) {
        AudioEncoder encoder = encoder(fmtp);
        encoder.setPacketLoss(30);
        encoder.setBitrate(24_000);
        AudioDecoder whole = decoder(1);
        AudioDecoder lossy = decoder(1);
        SpeechNoiseGenerator noise = new SpeechNoiseGenerator(48_000, 25_000, new Random(4));
        short[] in = new short[960];
        short[] expected = new short[whole.maxSamples()];
        short[] out = new short[whole.maxSamples()];
        short[] lost = new short[whole.maxSamples()];
        double error = 0;
        boolean missing = false;
        for (int i = 0; i < 60; i++) {
            noise.generate(in, 0, 960);
            byte[] packet = encoder.encode(in, 0);
            if (missing) {
                int made = recover ? lossy.recover(packet, 0, packet.length, 960, out) : lossy.conceal(960, out);
                assertThat(made).isEqualTo(960);
                for (int j = 0; j < 960; j++) {
                    error += Math.abs(out[j] - lost[j]);
                }
            }
            whole.decode(packet, 0, packet.length, expected);
            missing = i > 5 && i % 4 == 0;
            if (missing) {
                System.arraycopy(expected, 0, lost, 0, 960);
            } else {
                lossy.decode(packet, 0, packet.length, out);
            }
        }
        return error;
    }

    @Test
    void concealmentOfAnyLengthGivesAsMuchAsIsAskedForAndFallsSilent() {
        AudioEncoder encoder = encoder("");
        AudioDecoder decoder = decoder(1);
        short[] in = new short[960];
        ToneGenerator tone = new ToneGenerator(48_000, 300, 10_000);
        short[] out = new short[decoder.maxSamples()];
        for (int i = 0; i < 10; i++) {
            tone.generate(in, 0, 960, 1);
            byte[] packet = encoder.encode(in, 0);
            decoder.decode(packet, 0, packet.length, out);
        }
        assertThat(decoder.conceal(1, out)).isEqualTo(1);
        assertThat(decoder.conceal(333, out)).isEqualTo(333);
        for (int i = 0; i < 40; i++) {
            assertThat(decoder.conceal(960, out)).isEqualTo(960);
        }
        int peak = 0;
        for (int i = 0; i < 960; i++) {
            peak = Math.max(peak, Math.abs(out[i]));
        }
        assertThat(peak).isLessThan(300);
    }

    @Test
    void theReceiversWishesAreFollowed() {
        AudioEncoder slow = encoder("maxaveragebitrate=8000;cbr=1");
        slow.setBitrate(200_000);
        short[] in = new short[960];
        new SpeechNoiseGenerator(48_000, 20_000, new Random(1)).generate(in, 0, 960);
        slow.encode(in, 0);
        assertThat(slow.encode(in, 0)).hasSize(20);
        AudioEncoder silent = encoder("usedtx=1");
        int small = 0;
        for (int i = 0; i < 50; i++) {
            small += OpusToc.isDtx(silent.encode(new short[960], 0).length) ? 1 : 0;
        }
        assertThat(small).isGreaterThan(20);
    }

    @Test
    void damagedPacketsAreRefusedOrPlayedAndDoNoHarm() {
        AudioEncoder encoder = encoder("useinbandfec=1;stereo=1");
        AudioDecoder decoder = decoder(2);
        Random random = new Random(11);
        short[] in = new short[1_920];
        short[] out = new short[decoder.maxSamples() * 2];
        ToneGenerator tone = new ToneGenerator(48_000, 500, 9_000);
        for (int i = 0; i < 600; i++) {
            byte[] packet;
            if (i % 3 == 0) {
                packet = new byte[random.nextInt(300)];
                random.nextBytes(packet);
            } else {
                tone.generate(in, 0, 960, 2);
                packet = encoder.encode(in, 0);
                packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(decoder.decode(packet, 0, packet.length, out)).isBetween(-1, decoder.maxSamples());
            assertThat(decoder.recover(packet, 0, packet.length, 960, out)).isBetween(-1, 960);
        }
        tone.generate(in, 0, 960, 2);
        byte[] packet = encoder.encode(in, 0);
        assertThat(decoder.decode(packet, 0, packet.length, out)).isEqualTo(960);
        assertThatIllegalArgumentException().isThrownBy(() -> decoder.decode(packet, 0, packet.length, new short[10]));
    }

    @Test
    void throughTheJitterBufferALossOfTenPercentIsHardlyHeard() {
        AudioEncoder encoder = encoder("useinbandfec=1");
        CodecDescription codec = CodecDescription.audio("opus", 48_000, 2, "");
        JitterBuffer buffer = new JitterBuffer(decoder(1), 48_000, PlayoutOptions.defaults());
        Random random = new Random(2);
        ToneGenerator tone = new ToneGenerator(48_000, 440, 10_000);
        short[] in = new short[960];
        short[] out = new short[1_920];
        short[] heard = new short[48_000 * 4];
        for (int i = 0; i < 200; i++) {
            tone.generate(in, 0, 960, 1);
            EncodedFrame frame = EncodedFrame.audio(codec, i * 960L, encoder.encode(in, 0));
            long now = i * 20L * MILLI;
            if (random.nextInt(10) > 0) {
                buffer.put(frame, now);
            }
            buffer.pull(960, out, now);
            System.arraycopy(out, 0, heard, i * 960, 960);
        }
        assertThat(buffer.stats().concealedSamples()).isBetween(960L * 10, 960L * 40);
        assertThat(buffer.stats().framesLate()).isZero();
        assertThat(Goertzel.amplitude(heard, 48_000, 1, 96_000, 48_000, 440)).isGreaterThan(6_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void silenceThatNoEncoderMadeIsDecodedAsSilence(int channels) {
        CodecDescription codec = CodecDescription.audio("opus", 48_000, 2, "");
        AudioEncoder encoder = encoder("stereo=" + (channels - 1));
        AudioDecoder decoder = decoder(channels);
        ToneGenerator tone = new ToneGenerator(48_000, 440, 10_000);
        short[] in = new short[960 * channels];
        short[] out = new short[decoder.maxSamples() * channels];
        for (int i = 0; i < 60; i++) {
            tone.generate(in, 0, 960, channels);
            EncodedFrame frame = EncodedFrame.audio(codec, i * 960L, encoder.encode(in, 0));
            boolean silent = i >= 20 && i < 40;
            byte[] packet = Objects.requireNonNull(silent ? SilentFrames.inPlaceOf(frame) : frame)
                    .bytes();
            assertThat(decoder.decode(packet, 0, packet.length, out)).isEqualTo(960);
            if (i >= 22 && i < 40) {
                for (int j = 0; j < 960 * channels; j++) {
                    assertThat((int) out[j]).isBetween(-2, 2);
                }
            }
        }
        assertThat(Goertzel.amplitude(out, 0, channels, 960, 48_000, 440)).isGreaterThan(7_000);
    }

    @Test
    void otherCodecsAreNotOurs() {
        CodecDescription other = CodecDescription.audio("G722", 8_000, 1, "");
        assertThat(new OpusCodecs().audioEncoder(other)).isNull();
        assertThat(new OpusCodecs().audioDecoder(other, 16_000, 1)).isNull();
    }

    private AudioEncoder encoder(String fmtp) {
        return Objects.requireNonNull(registry.audioEncoder(CodecDescription.audio("opus", 48_000, 2, fmtp)));
    }

    private AudioDecoder decoder(int channels) {
        return Objects.requireNonNull(
                registry.audioDecoder(CodecDescription.audio("opus", 48_000, 2, ""), 48_000, channels));
    }
}
