package org.webrtc4j.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SoundTest {

    @Test
    void oneFrequencyIsFoundAmongOthers() {
        short[] sound = new short[4_800];
        short[] other = new short[4_800];
        new ToneGenerator(48_000, 1_000, 8_000).generate(sound, 0, 4_800, 1);
        new ToneGenerator(48_000, 1_700, 8_000).generate(other, 0, 4_800, 1);
        for (int i = 0; i < sound.length; i++) {
            sound[i] += other[i];
        }
        assertThat(Goertzel.amplitude(sound, 0, 1, 4_800, 48_000, 1_000)).isCloseTo(8_000, within(50.0));
        assertThat(Goertzel.amplitude(sound, 0, 1, 4_800, 48_000, 1_350)).isLessThan(20);
    }

    @Test
    void aToneGoesOnWithoutAClickInPiecesOfAnySize() {
        short[] whole = new short[960];
        new ToneGenerator(48_000, 440, 10_000).generate(whole, 0, 960, 1);
        short[] pieces = new short[960];
        ToneGenerator generator = new ToneGenerator(48_000, 440, 10_000);
        generator.generate(pieces, 0, 100, 1);
        generator.generate(pieces, 100, 860, 1);
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void aTelephoneKeyHasItsTwoTones() {
        short[] sound = new short[800];
        ToneGenerator.dtmf(8_000, '6', 20_000).generate(sound, 0, 800, 1);
        assertThat(Goertzel.amplitude(sound, 0, 1, 800, 8_000, 770)).isCloseTo(10_000, within(300.0));
        assertThat(Goertzel.amplitude(sound, 0, 1, 800, 8_000, 1_477)).isCloseTo(10_000, within(300.0));
        assertThat(Goertzel.amplitude(sound, 0, 1, 800, 8_000, 1_209)).isLessThan(300);
        assertThatIllegalArgumentException().isThrownBy(() -> ToneGenerator.dtmf(8_000, 'x', 1));
    }

    @Test
    void theLevelOfAFullSineIsThreeDecibelsBelowTheFullScale() {
        short[] sound = new short[960];
        new ToneGenerator(48_000, 1_000, 32_767).generate(sound, 0, 960, 1);
        LevelMeter meter = new LevelMeter();
        meter.add(sound, 0, 960, 48_000);
        assertThat(meter.dbov()).isEqualTo(3);
        assertThat(meter.level()).isCloseTo(0.707, within(0.001));
        assertThat(meter.totalEnergy()).isCloseTo(0.02, within(0.001));
        assertThat(meter.totalSeconds()).isCloseTo(0.02, within(1e-9));
    }

    @Test
    void silenceIs127DecibelsBelow() {
        LevelMeter meter = new LevelMeter();
        assertThat(meter.dbov()).isEqualTo(LevelMeter.SILENCE);
        meter.add(new short[960], 0, 960, 48_000);
        meter.add(new short[0], 0, 0, 48_000);
        assertThat(meter.dbov()).isEqualTo(LevelMeter.SILENCE);
        assertThat(meter.totalEnergy()).isZero();
    }

    @Test
    void noiseLikeSpeechHasPausesAndMostOfItsEnergyBelow() {
        short[] sound = new short[48_000 * 3];
        new SpeechNoiseGenerator(48_000, 20_000, new Random(1)).generate(sound, 0, sound.length);
        LevelMeter speech = new LevelMeter();
        speech.add(sound, 0, 48_000 * 2, 48_000);
        LevelMeter pause = new LevelMeter();
        pause.add(sound, 48_000 * 2 + 4_800, 24_000, 48_000);
        assertThat(speech.dbov()).isBetween(5, 30);
        assertThat(pause.dbov()).isEqualTo(LevelMeter.SILENCE);
        double low = 0;
        double high = 0;
        for (int i = 0; i < 20; i++) {
            low += Goertzel.amplitude(sound, 0, 1, 96_000, 48_000, 200 + i * 10);
            high += Goertzel.amplitude(sound, 0, 1, 96_000, 48_000, 6_000 + i * 10);
        }
        assertThat(low).isGreaterThan(5 * high);
    }
}
