package org.webrtc4j.media.audio;

import java.util.Objects;

/**
 * Changes the rate and the channels of linear sound, piece by piece: a polyphase filter of windowed sinc.
 *
 * <p>Rates of 8, 16, 24, 32, 44.1, 48 kHz and any others of which the ratio in lowest terms has at most 640 phases. The
 * pass band reaches to nine tenths of the lower of both rates, mirrors are 80 dB below. Delayed by {@link #delaySamples}.
 * Two channels become one as their mean, one becomes two alike. Not thread-safe; nothing is allocated after construction
 * while pieces stay of one size.
 */
public final class Resampler {

    /** More phases mean a table of more than a few hundred kilobytes. */
    private static final int MAX_PHASES = 640;

    /** Taps of each phase at equal rates. */
    private static final int TAPS = 32;

    private static final double PASS_BAND = 0.92;
    private static final double KAISER_BETA = 8.0;

    private final int inChannels;
    private final int outChannels;
    private final int up;
    private final int down;
    private final int taps;
    private final float[] filter;
    private final int inner;

    /** The latest samples of each channel, the taps of the past before them. */
    private float[][] history;

    private int filled;
    private int phase;
    private int skip;

    /**
     * Creates a resampler.
     *
     * @param inRate samples in a second, of what is given
     * @param inChannels 1 or 2
     * @param outRate samples in a second, of what is wanted
     * @param outChannels 1 or 2
     * @throws IllegalArgumentException when a number of channels is another, or the rates have no simple ratio
     */
    public Resampler(int inRate, int inChannels, int outRate, int outChannels) {
        if (inChannels < 1 || inChannels > 2 || outChannels < 1 || outChannels > 2 || inRate <= 0 || outRate <= 0) {
            throw new IllegalArgumentException(inRate + "/" + inChannels + " to " + outRate + "/" + outChannels);
        }
        int divisor = greatestCommonDivisor(inRate, outRate);
        up = outRate / divisor;
        down = inRate / divisor;
        if (up > MAX_PHASES || down > MAX_PHASES) {
            throw new IllegalArgumentException("Rates " + inRate + " and " + outRate);
        }
        this.inChannels = inChannels;
        this.outChannels = outChannels;
        // Mixed down before the filter, doubled after it.
        inner = Math.min(inChannels, outChannels);
        boolean same = up == 1 && down == 1;
        taps = same ? 1 : down > up ? TAPS * down / up : TAPS;
        filter = same ? new float[] {1} : design();
        history = new float[inner][taps * 2];
        filled = taps - 1;
    }

    /**
     * Returns how much later sound comes out than it went in.
     *
     * @return samples at the rate of what is given
     */
    public int delaySamples() {
        return taps / 2;
    }

    /**
     * Tells how much comes out at most of a piece.
     *
     * @param samples of one channel, given
     * @return samples of one channel, wanted
     */
    public int maxOutput(int samples) {
        return (int) (((long) samples * up + up) / down) + 1;
    }

    /**
     * Changes one piece.
     *
     * @param in interleaved samples
     * @param offset the first of them
     * @param samples how many of one channel
     * @param out where the result goes, from the beginning; at least {@link #maxOutput} of all channels
     * @return how many of one channel came out
     */
    public int process(short[] in, int offset, int samples, short[] out) {
        Objects.checkFromIndexSize(offset, samples * inChannels, in.length);
        if (out.length < maxOutput(samples) * outChannels) {
            throw new IllegalArgumentException(out.length + " samples, at least " + maxOutput(samples) * outChannels);
        }
        takeIn(in, offset, samples);
        int written = 0;
        int position = skip;
        while (position + taps <= filled) {
            for (int channel = 0; channel < inner; channel++) {
                float[] line = history[channel];
                float sum = 0;
                int coefficient = phase * taps;
                for (int i = 0; i < taps; i++) {
                    sum += line[position + i] * filter[coefficient + i];
                }
                short sample = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
                if (inner == outChannels) {
                    out[written * outChannels + channel] = sample;
                } else {
                    out[2 * written] = sample;
                    out[2 * written + 1] = sample;
                }
            }
            written++;
            phase += down;
            position += phase / up;
            phase %= up;
        }
        int used = Math.min(position, filled);
        for (float[] line : history) {
            System.arraycopy(line, used, line, 0, filled - used);
        }
        filled -= used;
        skip = position - used;
        return written;
    }

    private void takeIn(short[] in, int offset, int samples) {
        if (filled + samples > history[0].length) {
            float[][] larger = new float[inner][filled + samples];
            for (int channel = 0; channel < inner; channel++) {
                System.arraycopy(history[channel], 0, larger[channel], 0, filled);
            }
            history = larger;
        }
        for (int i = 0; i < samples; i++) {
            int at = offset + i * inChannels;
            if (inner == inChannels) {
                for (int channel = 0; channel < inner; channel++) {
                    history[channel][filled + i] = in[at + channel];
                }
            } else {
                history[0][filled + i] = (in[at] + in[at + 1]) / 2f;
            }
        }
        filled += samples;
    }

    /** A low pass at the lower of both rates, its taps by phase, so that each phase sums up to one. */
    private float[] design() {
        double cutoff = PASS_BAND * Math.min(1.0, (double) up / down);
        float[] table = new float[up * taps];
        double middle = (taps - 1) / 2.0;
        for (int p = 0; p < up; p++) {
            double shift = (double) p / up;
            double sum = 0;
            double[] row = new double[taps];
            for (int i = 0; i < taps; i++) {
                double x = i - middle - shift;
                row[i] = sinc(x * cutoff) * kaiser(x / (taps / 2.0));
                sum += row[i];
            }
            for (int i = 0; i < taps; i++) {
                table[p * taps + i] = (float) (row[i] / sum);
            }
        }
        return table;
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
    }

    /** The modified Bessel function of order zero, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int i = 1; i < 40; i++) {
            term *= (x / (2 * i)) * (x / (2 * i));
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
