package org.webrtc4j.media.g722;

/**
 * One of the two sub-bands of G.722: the adaptive predictor with two poles and six zeros (ITU-T G.722 sections 3.5 and 3.6)
 * and the adaptive scale of the quantizer (section 3.5, blocks 3L and 3H). Coder and decoder hold the same. All in saturated
 * 16-bit arithmetic, as the recommendation has it, so that both ends stay equal to the bit.
 */
final class SubBand {

    private static final int ZEROS = 6;

    /** Table 15/G.722 (block SCALEL): the inverse logarithm. */
    private static final int[] INVERSE_LOG = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };

    private final int maxLogScale;
    private final int scaleShift;

    private int logScale;
    private int scale;
    private int predicted;
    private int predictedByZeros;
    private int pole1;
    private int pole2;
    private int reconstructed1;
    private int reconstructed2;
    private int partial1;
    private int partial2;
    private final int[] zeros = new int[ZEROS];
    private final int[] differences = new int[ZEROS];

    /**
     * Creates the state of the beginning.
     *
     * @param maxLogScale the largest logarithm of the scale
     * @param scaleShift of the scale: 8 in the lower band, 10 in the higher
     * @param scale of the quantizer at the beginning
     */
    SubBand(int maxLogScale, int scaleShift, int scale) {
        this.maxLogScale = maxLogScale;
        this.scaleShift = scaleShift;
        this.scale = scale;
    }

    /** What the predictor expects next. */
    int predicted() {
        return predicted;
    }

    /** The size of the quantizer's steps. */
    int scale() {
        return scale;
    }

    /**
     * Adapts to one sample.
     *
     * @param difference the quantized difference between sample and prediction
     * @param logStep by how much the logarithm of the scale changes
     */
    void adapt(int difference, int logStep) {
        // LOGSCL and SCALEL, LOGSCH and SCALEH.
        logScale = Math.max(0, Math.min(maxLogScale, ((logScale * 127) >> 7) + logStep));
        int shift = scaleShift - (logScale >> 11);
        int mantissa = INVERSE_LOG[(logScale >> 6) & 31];
        scale = (shift < 0 ? mantissa << -shift : mantissa >> shift) << 2;

        int partial = saturate(predictedByZeros + difference);
        int reconstructed = saturate(predicted + difference);
        adaptPoles(partial);
        adaptZeros(difference);
        partial2 = partial1;
        partial1 = partial;
        reconstructed2 = reconstructed1;
        reconstructed1 = reconstructed;
        System.arraycopy(differences, 0, differences, 1, ZEROS - 1);
        differences[0] = difference;
        predict();
    }

    /** UPPOL2 and UPPOL1. */
    private void adaptPoles(int partial) {
        boolean sameAs1 = (partial ^ partial1) >= 0;
        boolean sameAs2 = (partial ^ partial2) >= 0;
        int fed = saturate(pole1 * 4);
        int second = Math.min(sameAs1 ? -fed : fed, 32_767) >> 7;
        second += (sameAs2 ? 128 : -128) + product(pole2, 32_512);
        pole2 = Math.max(-12_288, Math.min(12_288, second));
        int limit = saturate(15_360 - pole2);
        int first = saturate((sameAs1 ? 192 : -192) + product(pole1, 32_640));
        pole1 = Math.max(-limit, Math.min(limit, first));
    }

    /** UPZERO. */
    private void adaptZeros(int difference) {
        int step = difference == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            boolean same = (difference ^ differences[i]) >= 0;
            zeros[i] = saturate((same ? step : -step) + product(zeros[i], 32_640));
        }
    }

    /** FILTEP, FILTEZ and PREDIC. */
    private void predict() {
        int byFirst = product(pole1, saturate(2 * reconstructed1));
        int bySecond = product(pole2, saturate(2 * reconstructed2));
        int byPoles = saturate(byFirst + bySecond);
        int byZeros = 0;
        for (int i = 0; i < ZEROS; i++) {
            byZeros += product(zeros[i], saturate(2 * differences[i]));
        }
        predictedByZeros = saturate(byZeros);
        predicted = saturate(byPoles + predictedByZeros);
    }

    /** Of two numbers of which the second is a fraction of 32768. */
    static int product(int value, int fraction) {
        return (value * fraction) >> 15;
    }

    static int saturate(int value) {
        return Math.max(-32_768, Math.min(32_767, value));
    }
}
