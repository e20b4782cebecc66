package org.webrtc4j.media.audio;

import java.util.random.RandomGenerator;

/**
 * Noise with what codecs and activity detectors know speech by: most energy below 1 kHz, syllables four times a second,
 * pauses between phrases. Not thread-safe.
 */
public final class SpeechNoiseGenerator {

    private static final double SYLLABLES_PER_SECOND = 4;
    private static final int PHRASE_SYLLABLES = 8;
    private static final int PAUSE_SYLLABLES = 3;

    private final int sampleRate;
    private final double amplitude;
    private final RandomGenerator random;
    private final double smoothing;
    private long position;
    private double low;
    private double lower;

    /**
     * Creates a generator.
     *
     * @param sampleRate samples in a second
     * @param amplitude of the loudest samples, up to 32767
     * @param random the noise
     */
    public SpeechNoiseGenerator(int sampleRate, double amplitude, RandomGenerator random) {
        this.sampleRate = sampleRate;
        this.amplitude = amplitude;
        this.random = random;
        smoothing = 1 - Math.exp(-2 * Math.PI * 800 / sampleRate);
    }

    /**
     * Makes the next samples of one channel.
     *
     * @param out where they go
     * @param offset the first
     * @param samples how many
     */
    public void generate(short[] out, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            double syllable = position * SYLLABLES_PER_SECOND / sampleRate;
            boolean pause = (long) syllable % (PHRASE_SYLLABLES + PAUSE_SYLLABLES) >= PHRASE_SYLLABLES;
            double envelope = pause ? 0 : Math.sin(Math.PI * (syllable - Math.floor(syllable)));
            low += smoothing * (random.nextDouble() * 2 - 1 - low);
            lower += smoothing * (low - lower);
            double value = Math.max(-1, Math.min(1, lower * 4 * envelope));
            out[offset + i] = (short) Math.round(amplitude * value);
            position++;
        }
    }
}
