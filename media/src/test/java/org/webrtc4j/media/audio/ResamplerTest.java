package org.webrtc4j.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {

    private static final int[] RATES = {8_000, 16_000, 24_000, 32_000, 44_100, 48_000};

    static Stream<Arguments> pairs() {
        return IntStream.of(RATES).boxed().flatMap(in -> IntStream.of(RATES).mapToObj(out -> Arguments.of(in, out)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aToneKeepsItsFrequencyAndItsAmplitude(int in, int out) {
        short[] result = convert(tone(in, 1_000, 10_000, 1), in, 1, out, 1, new Random(1));

        assertThat(result.length).isBetween((int) (out * 0.98), out);
        int settled = out / 10;
        double amplitude = Goertzel.amplitude(result, settled, 1, out / 2, out, 1_000);
        assertThat(amplitude).isBetween(9_900.0, 10_100.0);
        assertThat(rest(result, settled, out / 2, out, 1_000)).isLessThan(20);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatTheLowerRateCannotHoldIsGone(int in, int out) {
        if (out >= in) {
            return;
        }
        double frequency = out / 2.0 * 1.12;
        if (frequency >= in / 2.0) {
            return;
        }
        short[] result = convert(tone(in, frequency, 10_000, 1), in, 1, out, 1, new Random(2));
        double peak = 0;
        for (int i = out / 10; i < result.length; i++) {
            peak = Math.max(peak, Math.abs(result[i]));
        }
        assertThat(peak).isLessThan(60);
    }

    @Test
    void piecesOfAnySizeGiveTheSameAsTheWhole() {
        short[] sound = tone(44_100, 440, 8_000, 2);
        short[] whole = convert(sound, 44_100, 2, 48_000, 2, null);
        for (long seed = 0; seed < 5; seed++) {
            short[] pieces = convert(sound, 44_100, 2, 48_000, 2, new Random(seed));
            assertThat(pieces).isEqualTo(whole);
        }
    }

    @Test
    void oneChannelBecomesTwoAlikeAndTwoBecomeTheirMean() {
        short[] stereo = convert(tone(16_000, 500, 6_000, 1), 16_000, 1, 16_000, 2, null);
        for (int i = 0; i < stereo.length; i += 2) {
            assertThat(stereo[i]).isEqualTo(stereo[i + 1]);
        }
        short[] mono = convert(new short[] {100, 300, -200, 0}, 48_000, 2, 48_000, 1, null);
        assertThat(mono).containsExactly((short) 200, (short) -100);
    }

    @Test
    void channelsStayApart() {
        short[] sound = new short[2 * 8_000];
        short[] left = tone(8_000, 600, 5_000, 1);
        for (int i = 0; i < 8_000; i++) {
            sound[2 * i] = left[i];
        }
        short[] result = convert(sound, 8_000, 2, 24_000, 2, new Random(3));
        for (int i = 1; i < result.length; i += 2) {
            assertThat(result[i]).isZero();
        }
        assertThat(Goertzel.amplitude(result, 0, 2, 12_000, 24_000, 600)).isBetween(4_900.0, 5_100.0);
    }

    @Test
    void theLoudestSoundIsClippedAndDoesNotWrap() {
        short[] square = new short[4_800];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 60 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] result = convert(square, 48_000, 1, 16_000, 1, null);
        int wraps = 0;
        for (int i = 40; i + 1 < result.length; i++) {
            wraps += Math.abs(result[i] - result[i + 1]) > 60_000 ? 1 : 0;
        }
        assertThat(wraps).isZero();
    }

    @Test
    void ratesWithoutASimpleRatioAndOtherChannelsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Resampler(44_101, 1, 48_000, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Resampler(48_000, 3, 48_000, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Resampler(0, 1, 48_000, 1));
    }

    private static short[] tone(int rate, double frequency, double amplitude, int channels) {
        short[] sound = new short[rate * channels];
        new ToneGenerator(rate, frequency, amplitude).generate(sound, 0, rate, channels);
        return sound;
    }

    /** In pieces of random size, or as a whole. */
    private static short[] convert(
            short[] in, int inRate, int inChannels, int outRate, int outChannels, @Nullable Random pieces) {
        Resampler resampler = new Resampler(inRate, inChannels, outRate, outChannels);
        int frames = in.length / inChannels;
        short[] result = new short[resampler.maxOutput(frames + 10) * outChannels];
        int written = 0;
        int position = 0;
        while (position < frames) {
            int piece = Math.min(frames - position, pieces == null ? frames : 1 + pieces.nextInt(1_000));
            short[] out = new short[resampler.maxOutput(piece) * outChannels];
            int made = resampler.process(in, position * inChannels, piece, out);
            System.arraycopy(out, 0, result, written * outChannels, made * outChannels);
            written += made;
            position += piece;
        }
        return Arrays.copyOf(result, written * outChannels);
    }

    /** What is left beside one tone: the mean of what does not belong to it. */
    private static double rest(short[] sound, int from, int count, int rate, double frequency) {
        double amplitude = Goertzel.amplitude(sound, from, 1, count, rate, frequency);
        double energy = 0;
        for (int i = from; i < from + count; i++) {
            energy += (double) sound[i] * sound[i];
        }
        return Math.sqrt(Math.max(0, energy / count - amplitude * amplitude / 2)) / 10;
    }
}
