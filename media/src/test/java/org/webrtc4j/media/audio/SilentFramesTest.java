package org.webrtc4j.media.audio;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.g711.G711;
import org.webrtc4j.media.g722.G722Decoder;
import org.webrtc4j.media.g722.G722Encoder;
import org.webrtc4j.media.opus.OpusToc;

class SilentFramesTest {

    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");

    @ParameterizedTest
    @CsvSource({
        // Code 0: SILK of 10, 20, 40 and 60 ms, hybrid, CELT of 2.5 to 20 ms, stereo.
        "00, 480, 1",
        "08, 960, 1",
        "10, 1920, 1",
        "18, 2880, 1",
        "60, 480, 1",
        "78, 960, 1",
        "e0, 120, 1",
        "e8, 240, 1",
        "f8, 960, 1",
        "fc, 960, 2"
    })
    void silenceOfOpusIsAsLongAsWhatItReplacesAndHasItsChannels(String toc, int samples, int channels) {
        byte[] packet = new byte[40];
        packet[0] = (byte) Integer.parseInt(toc, 16);
        EncodedFrame silence = requireNonNull(SilentFrames.inPlaceOf(EncodedFrame.audio(OPUS, 77, packet)));
        byte[] bytes = silence.bytes();
        assertThat(OpusToc.check(bytes, 0, bytes.length)).isNull();
        assertThat(OpusToc.samples(bytes, 0, bytes.length)).isEqualTo(samples);
        assertThat(OpusToc.channels(bytes[0])).isEqualTo(channels);
        assertThat(OpusToc.mode(bytes[0])).isEqualTo(OpusToc.Mode.CELT);
        assertThat(silence.timestamp()).isEqualTo(77);
        assertThat(silence.codec()).isEqualTo(OPUS);
    }

    @Test
    void silenceOfOneAndAHalfFramesIsMadeOfSmallerOnes() {
        // Code 3, three SILK frames of 10 ms.
        byte[] packet = {0x03, 3, 1, 2, 3};
        byte[] silence = requireNonNull(SilentFrames.inPlaceOf(EncodedFrame.audio(OPUS, 0, packet)))
                .bytes();
        assertThat(OpusToc.samples(silence, 0, silence.length)).isEqualTo(1_440);
    }

    @Test
    void silenceOfG711IsItsZero() {
        for (String name : new String[] {"PCMU", "PCMA"}) {
            CodecDescription codec = CodecDescription.audio(name, 8_000, 1, "");
            byte[] silence = requireNonNull(SilentFrames.inPlaceOf(EncodedFrame.audio(codec, 0, new byte[160])))
                    .bytes();
            assertThat(silence).hasSize(160);
            for (byte each : silence) {
                assertThat(Math.abs(name.equals("PCMU") ? G711.fromMuLaw(each) : G711.fromALaw(each)))
                        .isLessThanOrEqualTo((short) 8);
            }
        }
    }

    @Test
    void silenceOfG722DiesAwayWithinTwentyMillisecondsOfSound() {
        CodecDescription codec = CodecDescription.audio("G722", 8_000, 1, "");
        G722Encoder encoder = new G722Encoder();
        short[] sound = new short[1_600];
        new ToneGenerator(16_000, 700, 16_000).generate(sound, 0, sound.length, 1);
        byte[] loud = new byte[800];
        encoder.encode(sound, 0, sound.length, loud);
        G722Decoder decoder = new G722Decoder();
        decoder.decode(loud, 0, loud.length, sound);

        byte[] silence = requireNonNull(SilentFrames.inPlaceOf(EncodedFrame.audio(codec, 0, new byte[640])))
                .bytes();
        decoder.decode(silence, 0, silence.length, sound);
        for (int i = 320; i < 1_280; i++) {
            assertThat(Math.abs(sound[i])).as("sample %d", i).isLessThan((short) 128);
        }
    }

    @Test
    void whatIsNoPacketOrOfAnotherCodecHasNoSilence() {
        assertThat(SilentFrames.inPlaceOf(EncodedFrame.audio(OPUS, 0, new byte[0])))
                .isNull();
        CodecDescription red = CodecDescription.audio("red", 48_000, 2, "111/111");
        assertThat(SilentFrames.inPlaceOf(EncodedFrame.audio(red, 0, new byte[] {1})))
                .isNull();
    }
}
