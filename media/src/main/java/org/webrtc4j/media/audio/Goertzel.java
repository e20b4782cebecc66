package org.webrtc4j.media.audio;

/** How strong one frequency is in a piece of sound: the filter of Goertzel, without the other frequencies of a transform. */
public final class Goertzel {

    private Goertzel() {}

    /**
     * Measures one frequency.
     *
     * @param samples one channel, or several side by side
     * @param offset the first sample of the channel looked at
     * @param stride how many channels there are
     * @param count how many samples of it
     * @param sampleRate samples in a second
     * @param frequency in Hz
     * @return the amplitude of that frequency, on the scale of the samples
     */
    public static double amplitude(
            short[] samples, int offset, int stride, int count, int sampleRate, double frequency) {
        double omega = 2 * Math.PI * frequency / sampleRate;
        double coefficient = 2 * Math.cos(omega);
        double before = 0;
        double last = 0;
        for (int i = 0; i < count; i++) {
            // Hann's window keeps other tones out of the measure.
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / count);
            double next = samples[offset + i * stride] * window + coefficient * last - before;
            before = last;
            last = next;
        }
        double power = last * last + before * before - coefficient * last * before;
        // The window halves the mean, and a sine of amplitude A has A * count / 2 in its bin.
        return 4 * Math.sqrt(Math.max(0, power)) / count;
    }
}
