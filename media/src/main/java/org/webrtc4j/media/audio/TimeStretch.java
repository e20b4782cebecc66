package org.webrtc4j.media.audio;

/**
 * Makes sound last a little shorter or longer without changing its pitch: one period of it is left out or played twice, and
 * faded over. Sound without a period stays as it is, unless it is too quiet for that to be heard. Not safe for threads.
 */
public final class TimeStretch {

    private static final int LONGEST_PER_SECOND = 100;
    private static final int SHORTEST_PER_SECOND = 400;
    /** The period is first sought in sound of about so many samples a second. */
    private static final int COARSE_RATE = 8_000;

    /** How alike two periods must be, 1 is equal. */
    private static final double LEAST_CORRELATION = 0.6;

    /** Below about -50 dBFS, mean square of a sample. */
    private static final double QUIET = 100 * 100;

    private final int channels;
    private final int shortest;
    private final int longest;
    private final int step;
    private final int[] coarse;

    /**
     * Creates one.
     *
     * @param sampleRate of the sound, at least 8000
     * @param channels of the sound, interleaved
     */
    public TimeStretch(int sampleRate, int channels) {
        this.channels = channels;
        shortest = sampleRate / SHORTEST_PER_SECOND;
        longest = sampleRate / LONGEST_PER_SECOND;
        step = Math.max(1, sampleRate / COARSE_RATE);
        coarse = new int[2 * longest / step];
    }

    /**
     * Returns the most samples that are left out or put in at once.
     *
     * @return of one channel: 10 ms
     */
    public int maxChange() {
        return longest;
    }

    /**
     * Leaves one period out.
     *
     * @param sound what is changed, from its beginning
     * @param samples of one channel that it holds; nothing is changed below 20 ms
     * @return how many it holds then
     */
    public int shorten(short[] sound, int samples) {
        int period = period(sound, samples);
        if (period > 0) {
            fade(sound, 0, period, sound, 0, period);
            int rest = samples - 2 * period;
            System.arraycopy(sound, 2 * period * channels, sound, period * channels, rest * channels);
        }
        return samples - period;
    }

    /**
     * Plays one period twice.
     *
     * @param sound what is changed, from its beginning; with room for {@link #maxChange} more
     * @param samples of one channel that it holds; nothing is changed below 20 ms
     * @return how many it holds then
     */
    public int lengthen(short[] sound, int samples) {
        int period = period(sound, samples);
        if (period > 0) {
            int moved = (samples - period) * channels;
            System.arraycopy(sound, period * channels, sound, 2 * period * channels, moved);
            // From what followed the first period back to its beginning.
            fade(sound, 2 * period, 0, sound, period, period);
        }
        return samples + period;
    }

    /** From one place over into another, written to a third, which may be the first of both. */
    private void fade(short[] sound, int from, int to, short[] out, int at, int length) {
        for (int i = 0; i < length; i++) {
            for (int channel = 0; channel < channels; channel++) {
                int before = sound[(from + i) * channels + channel] * (length - i);
                int after = sound[(to + i) * channels + channel] * i;
                out[(at + i) * channels + channel] = (short) ((before + after) / length);
            }
        }
    }

    /** The period with which the beginning repeats itself best, 0 when it does not. */
    private int period(short[] sound, int samples) {
        if (samples < 2 * longest) {
            return 0;
        }
        double energy = 0;
        for (int i = 0; i < coarse.length; i++) {
            int sum = 0;
            for (int j = i * step * channels; j < (i + 1) * step * channels; j++) {
                sum += sound[j];
            }
            coarse[i] = sum / (step * channels);
            energy += (double) coarse[i] * coarse[i];
        }
        if (energy < QUIET * coarse.length) {
            return longest;
        }
        int best = 0;
        double bestCorrelation = LEAST_CORRELATION;
        for (int lag = (shortest + step - 1) / step; lag <= coarse.length / 2; lag++) {
            double correlation = correlation(lag);
            if (correlation > bestCorrelation) {
                bestCorrelation = correlation;
                best = lag;
            }
        }
        return best == 0 ? 0 : refined(sound, best * step);
    }

    private double correlation(int lag) {
        double product = 0;
        double first = 1;
        double second = 1;
        for (int i = 0; i < lag; i++) {
            product += (double) coarse[i] * coarse[i + lag];
            first += (double) coarse[i] * coarse[i];
            second += (double) coarse[i + lag] * coarse[i + lag];
        }
        return product / Math.sqrt(first * second);
    }

    /** To the sample: where the difference of both periods is least. */
    private int refined(short[] sound, int about) {
        int best = about;
        double least = Double.MAX_VALUE;
        for (int lag = Math.max(shortest, about - step + 1); lag <= Math.min(longest, about + step - 1); lag++) {
            double difference = 0;
            for (int i = 0; i < lag; i++) {
                double each = sound[i * channels] - sound[(i + lag) * channels];
                difference += each * each;
            }
            if (difference / lag < least) {
                least = difference / lag;
                best = lag;
            }
        }
        return best;
    }
}
