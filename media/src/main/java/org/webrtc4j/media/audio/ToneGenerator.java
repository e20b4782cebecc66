package org.webrtc4j.media.audio;

/** Sine tones, one or two at once, without a click between pieces. Not thread-safe. */
public final class ToneGenerator {

    private static final double[] DTMF_LOW = {697, 770, 852, 941};
    private static final double[] DTMF_HIGH = {1_209, 1_336, 1_477, 1_633};
    private static final String DTMF_ROWS = "123A456B789C*0#D";

    private final int sampleRate;
    private final double first;
    private final double second;
    private final double amplitude;
    private long position;

    /**
     * Creates a generator of one tone.
     *
     * @param sampleRate samples in a second
     * @param frequency in Hz
     * @param amplitude up to 32767
     */
    public ToneGenerator(int sampleRate, double frequency, double amplitude) {
        this(sampleRate, frequency, 0, amplitude);
    }

    private ToneGenerator(int sampleRate, double first, double second, double amplitude) {
        this.sampleRate = sampleRate;
        this.first = first;
        this.second = second;
        this.amplitude = amplitude;
    }

    /**
     * Creates a generator of the two tones of a telephone's key (ITU-T Q.23).
     *
     * @param sampleRate samples in a second
     * @param key one of {@code 0123456789*#ABCD}
     * @param amplitude of both together, up to 32767
     * @return the generator
     * @throws IllegalArgumentException when it is no key
     */
    public static ToneGenerator dtmf(int sampleRate, char key, double amplitude) {
        int index = DTMF_ROWS.indexOf(key);
        if (index < 0) {
            throw new IllegalArgumentException("No key: " + key);
        }
        return new ToneGenerator(sampleRate, DTMF_LOW[index / 4], DTMF_HIGH[index % 4], amplitude / 2);
    }

    /**
     * Makes the next samples.
     *
     * @param out where they go
     * @param offset the first
     * @param samples how many of one channel
     * @param channels how many alike, side by side
     */
    public void generate(short[] out, int offset, int samples, int channels) {
        for (int i = 0; i < samples; i++) {
            double time = (double) (position + i) / sampleRate;
            double value = Math.sin(2 * Math.PI * first * time);
            if (second > 0) {
                value += Math.sin(2 * Math.PI * second * time);
            }
            short sample = (short) Math.round(amplitude * value);
            for (int channel = 0; channel < channels; channel++) {
                out[offset + i * channels + channel] = sample;
            }
        }
        position += samples;
    }
}
