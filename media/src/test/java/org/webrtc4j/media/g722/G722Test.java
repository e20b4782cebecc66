package org.webrtc4j.media.g722;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.audio.Goertzel;
import org.webrtc4j.media.audio.ToneGenerator;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecRegistry;

class G722Test {

    private static final int RATE = 16_000;
    private static final CodecDescription G722 = CodecDescription.audio("G722", 8_000, 1, "");

    /** A sweep with noise from 300 to 5000 Hz that ffmpeg 5.1 has encoded; the hash is of what it decodes, big-endian. */
    @Test
    void soundOfAnotherEncoderIsDecodedToTheBitAsAnotherDecoderDoes() throws Exception {
        byte[] encoded;
        try (InputStream file = requireNonNull(G722Test.class.getResourceAsStream("sweep.g722"))) {
            encoded = file.readAllBytes();
        }
        short[] sound = new short[encoded.length * 2];
        G722Decoder decoder = new G722Decoder();
        assertThat(decoder.decode(encoded, 0, encoded.length, sound)).isEqualTo(4_000);

        byte[] bytes = new byte[sound.length * 2];
        for (int i = 0; i < sound.length; i++) {
            bytes[2 * i] = (byte) (sound[i] >> 8);
            bytes[2 * i + 1] = (byte) sound[i];
        }
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertThat(hash).isEqualTo("ce0151fa60f79dc8706eccb08f25dd03c672d076d42be7821e566d20ab5bd963");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 440, 1_000, 3_000, 5_000, 6_500})
    void aToneOfEitherBandComesBackAsLoudAsItWas(int hertz) {
        short[] heard = throughBoth(tone(hertz, 10_000));
        assertThat(Goertzel.amplitude(heard, 1_600, 1, 6_400, RATE, hertz)).isBetween(9_500.0, 10_500.0);
        assertThat(Goertzel.amplitude(heard, 1_600, 1, 6_400, RATE, 8_000 - hertz))
                .isLessThan(200);
    }

    @Test
    void silenceIsTheSmallestSteps() {
        byte[] bytes = new byte[8];
        assertThat(new G722Encoder().encode(new short[16], 0, 16, bytes)).isEqualTo(8);
        assertThat(bytes[0]).isEqualTo((byte) 0xfa);
    }

    @Test
    void fullScaleAndAnyBytesStayWithinSixteenBits() {
        short[] square = new short[3_200];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 20 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] heard = throughBoth(square);
        assertThat(Goertzel.amplitude(heard, 800, 1, 1_600, RATE, 400)).isBetween(38_000.0, 43_500.0);
    }

    @Test
    void afterResetItBeginsAsNew() {
        G722Encoder encoder = new G722Encoder();
        G722Decoder decoder = new G722Decoder();
        short[] sound = tone(1_000, 8_000);
        byte[] first = new byte[sound.length / 2];
        byte[] second = new byte[first.length];
        short[] heard = new short[sound.length];
        short[] again = new short[sound.length];
        encoder.encode(sound, 0, sound.length, first);
        decoder.decode(first, 0, first.length, heard);
        encoder.reset();
        decoder.reset();
        encoder.encode(sound, 0, sound.length, second);
        decoder.decode(second, 0, second.length, again);
        assertThat(second).isEqualTo(first);
        assertThat(again).isEqualTo(heard);
    }

    @Test
    void theClockIs8000WhileTheSoundHas16000Samples() {
        AudioEncoder encoder = requireNonNull(CodecRegistry.builtIn().audioEncoder(G722));
        AudioDecoder decoder = requireNonNull(CodecRegistry.builtIn().audioDecoder(G722, 48_000, 2));
        assertThat(encoder.sampleRate()).isEqualTo(decoder.sampleRate()).isEqualTo(16_000);
        assertThat(encoder.frameSamples()).isEqualTo(320);
        byte[] packet = encoder.encode(tone(440, 10_000), 0);
        assertThat(packet).hasSize(160);
        short[] out = new short[decoder.maxSamples()];
        assertThat(decoder.decode(packet, 0, packet.length, out)).isEqualTo(320);
        assertThat(decoder.decode(packet, 0, 0, out)).isEqualTo(AudioDecoder.REFUSED);
        assertThat(decoder.decode(new byte[1_601], 0, 1_601, out)).isEqualTo(AudioDecoder.REFUSED);
        assertThat(decoder.conceal(320, out)).isEqualTo(320);
        assertThat(Arrays.equals(out, new short[out.length])).isFalse();
    }

    @Test
    void anOddNumberOfSamplesIsTheCallersMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new G722Encoder().encode(new short[3], 0, 3, new byte[2]));
    }

    private static short[] tone(int hertz, int amplitude) {
        short[] sound = new short[RATE / 2];
        new ToneGenerator(RATE, hertz, amplitude).generate(sound, 0, sound.length, 1);
        return sound;
    }

    private static short[] throughBoth(short[] sound) {
        byte[] bytes = new byte[sound.length / 2];
        short[] heard = new short[sound.length];
        new G722Encoder().encode(sound, 0, sound.length, bytes);
        new G722Decoder().decode(bytes, 0, bytes.length, heard);
        return heard;
    }
}
