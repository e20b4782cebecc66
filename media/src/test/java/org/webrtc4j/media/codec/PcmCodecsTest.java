package org.webrtc4j.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.audio.Goertzel;
import org.webrtc4j.media.audio.ToneGenerator;

class PcmCodecsTest {

    @ParameterizedTest
    @CsvSource({
        "PCMU,8000,1,160",
        "PCMA,8000,1,160",
        "L16,8000,1,160",
        "L16,16000,1,320",
        "L16,44100,1,441",
        "L16,44100,2,220",
        "L16,48000,2,240"
    })
    void aToneComesBackAsItWentInPacketsThatFit(String name, int rate, int channels, int samples) {
        CodecDescription codec = CodecDescription.audio(name, rate, channels, "");
        AudioEncoder encoder = Objects.requireNonNull(CodecRegistry.builtIn().audioEncoder(codec));
        AudioDecoder decoder = decoder(codec);
        short[] sound = new short[samples * channels];
        new ToneGenerator(rate, 1_000, 12_000).generate(sound, 0, samples, channels);

        byte[] packet = encoder.encode(sound, 0);
        short[] out = new short[decoder.maxSamples() * channels];

        assertThat(encoder.frameSamples()).isEqualTo(samples);
        assertThat(packet).hasSizeLessThanOrEqualTo(1_000);
        assertThat(decoder.decode(packet, 0, packet.length, out)).isEqualTo(samples);
        assertThat(decoder.sampleRate()).isEqualTo(encoder.sampleRate()).isEqualTo(rate);
        int periods = samples - samples % (rate / 1_000);
        assertThat(Goertzel.amplitude(out, channels - 1, channels, periods, rate, 1_000))
                .isBetween(11_500.0, 12_500.0);
    }

    @Test
    void l16IsBigEndianAndTheChannelsOfAMomentLieSideBySide() {
        AudioDecoder decoder = decoder(CodecDescription.audio("L16", 44_100, 2, ""));
        short[] out = new short[decoder.maxSamples() * 2];
        byte[] packet = {0x01, 0x02, (byte) 0xff, (byte) 0xfe, (byte) 0x80, 0, 0x7f, (byte) 0xff};
        assertThat(decoder.decode(packet, 0, packet.length, out)).isEqualTo(2);
        assertThat(out).startsWith(0x0102, -2, -32_768, 32_767);
    }

    @Test
    void whatIsEmptyCutOffOrTooLongIsRefused() {
        AudioDecoder decoder = decoder(CodecDescription.audio("L16", 8_000, 2, ""));
        short[] out = new short[decoder.maxSamples() * 2];
        assertThat(decoder.decode(new byte[0], 0, 0, out)).isEqualTo(AudioDecoder.REFUSED);
        assertThat(decoder.decode(new byte[6], 0, 6, out)).isEqualTo(AudioDecoder.REFUSED);
        assertThat(decoder.decode(new byte[8_000], 0, 8_000, out)).isEqualTo(AudioDecoder.REFUSED);
        assertThatIllegalArgumentException().isThrownBy(() -> decoder.decode(new byte[4], 0, 4, new short[2]));
    }

    @Test
    void concealmentRepeatsWhatWasHeardAndFallsSilentWithinSixtyMilliseconds() {
        AudioDecoder decoder = decoder(CodecDescription.audio("PCMU", 8_000, 1, ""));
        short[] out = new short[decoder.maxSamples()];
        assertThat(decoder.conceal(160, out)).isEqualTo(160);
        assertThat(out[0]).as("nothing was heard").isZero();
        byte[] loud = new byte[160];
        decoder.decode(loud, 0, 160, out);
        short heard = out[0];
        decoder.conceal(160, out);
        assertThat(out[0]).isEqualTo(heard);
        assertThat(Math.abs(out[159])).isLessThan(Math.abs(heard));
        decoder.conceal(480, out);
        assertThat(out[479]).isZero();
        decoder.decode(loud, 0, 160, out);
        decoder.reset();
        decoder.conceal(160, out);
        assertThat(out[0]).as("forgotten").isZero();
    }

    @Test
    void aFactoryOfTheUserComesFirst() {
        CodecDescription codec = CodecDescription.audio("PCMU", 8_000, 1, "");
        AudioDecoder own = decoder(CodecDescription.audio("L16", 8_000, 1, ""));
        CodecRegistry registry = CodecRegistry.discover(PcmCodecsTest.class.getClassLoader())
                .with(new CodecFactory() {
                    @Override
                    public @Nullable AudioDecoder audioDecoder(CodecDescription asked, int sampleRate, int channels) {
                        return asked.is("audio/PCMU") ? own : null;
                    }
                });
        assertThat(registry.audioDecoder(codec, 8_000, 1)).isSameAs(own);
        assertThat(registry.audioEncoder(codec)).isNotNull();
        assertThat(registry.audioDecoder(CodecDescription.audio("opus", 48_000, 2, ""), 48_000, 2))
                .isNull();
        assertThat(registry.videoDecoder(CodecDescription.video("VP8", ""))).isNull();
        assertThat(registry.videoEncoder(CodecDescription.video("VP8", ""))).isNull();
    }

    private static AudioDecoder decoder(CodecDescription codec) {
        return Objects.requireNonNull(CodecRegistry.builtIn().audioDecoder(codec, codec.clockRate(), codec.channels()));
    }
}
