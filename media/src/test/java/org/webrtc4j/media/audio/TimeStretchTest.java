package org.webrtc4j.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeStretchTest {

    @ParameterizedTest
    @CsvSource({"8000, 1, 200", "16000, 1, 440", "48000, 2, 120", "48000, 1, 1000", "44100, 2, 333"})
    void aPeriodIsLeftOutOrPlayedTwiceAndThePitchStays(int rate, int channels, int hertz) {
        TimeStretch stretch = new TimeStretch(rate, channels);
        int samples = rate / 50;
        short[] sound = Arrays.copyOf(tone(rate, channels, hertz, samples), (samples + stretch.maxChange()) * channels);

        int shorter = stretch.shorten(sound.clone(), samples);
        assertThat(samples - shorter).isBetween(rate / 400, rate / 100);
        short[] shortened = sound.clone();
        assertThat(largestStep(shortened, channels, stretch.shorten(shortened, samples)))
                .isLessThanOrEqualTo(allowedStep(rate, hertz));

        short[] lengthened = sound.clone();
        int longer = stretch.lengthen(lengthened, samples);
        assertThat(longer - samples).isEqualTo(samples - shorter);
        assertThat(largestStep(lengthened, channels, longer)).isLessThanOrEqualTo(allowedStep(rate, hertz));
    }

    @Test
    void whatFollowsIsNotTouched() {
        TimeStretch stretch = new TimeStretch(16_000, 1);
        short[] sound = Arrays.copyOf(tone(16_000, 1, 300, 640), 800);
        short[] longer = sound.clone();
        int count = stretch.lengthen(longer, 640);
        assertThat(Arrays.copyOfRange(longer, count - 320, count)).isEqualTo(Arrays.copyOfRange(sound, 320, 640));
        short[] shorter = sound.clone();
        count = stretch.shorten(shorter, 640);
        assertThat(Arrays.copyOfRange(shorter, count - 320, count)).isEqualTo(Arrays.copyOfRange(sound, 320, 640));
    }

    @Test
    void noiseHasNoPeriodAndStays() {
        TimeStretch stretch = new TimeStretch(16_000, 1);
        Random random = new Random(1);
        short[] noise = new short[480];
        for (int i = 0; i < 320; i++) {
            noise[i] = (short) (random.nextInt(20_000) - 10_000);
        }
        short[] before = noise.clone();
        assertThat(stretch.shorten(noise, 320)).isEqualTo(320);
        assertThat(stretch.lengthen(noise, 320)).isEqualTo(320);
        assertThat(noise).isEqualTo(before);
    }

    @Test
    void silenceNeedsNoPeriod() {
        TimeStretch stretch = new TimeStretch(16_000, 1);
        assertThat(stretch.shorten(new short[480], 320)).isEqualTo(160);
        assertThat(stretch.lengthen(new short[480], 320)).isEqualTo(480);
    }

    @Test
    void lessThanTwentyMillisecondsStay() {
        TimeStretch stretch = new TimeStretch(16_000, 1);
        assertThat(stretch.shorten(new short[480], 160)).isEqualTo(160);
    }

    private static short[] tone(int rate, int channels, int hertz, int samples) {
        short[] sound = new short[samples * channels];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz * Math.floorDiv(i, channels) / rate));
        }
        return sound;
    }

    /** A tone changes by so much from sample to sample; a click by more. */
    private static int allowedStep(int rate, int hertz) {
        return (int) (10_000 * 2 * Math.PI * hertz / rate * 1.15) + 2;
    }

    private static int largestStep(short[] sound, int channels, int samples) {
        int largest = 0;
        for (int i = channels; i < samples * channels; i++) {
            largest = Math.max(largest, Math.abs(sound[i] - sound[i - channels]));
        }
        return largest;
    }
}
