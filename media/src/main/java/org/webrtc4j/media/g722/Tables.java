package org.webrtc4j.media.g722;

/** What coder and decoder of G.722 share: the numbers of the recommendation's tables. */
final class Tables {

    /** Table 11/G.722: half of the coefficients of the quadrature mirror filters, which are symmetric. */
    static final int[] QMF = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

    /** Table 14/G.722, QM4: the lower band by four bits, by which both sides adapt. */
    static final int[] LOW_4 = {
        0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584, 1200, 0
    };

    /** Table 14/G.722, QM6: the lower band by six bits, which is heard. */
    static final int[] LOW_6 = {
        -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576,
        -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040,
        -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456,
        4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    /** Table 14/G.722, QM2: the higher band. */
    static final int[] HIGH_2 = {-7408, -1616, 7408, 1616};

    private static final int[] LOW_STEPS = {-60, -30, 58, 172, 334, 538, 1198, 3042};
    private static final int[] LOW_STEP_OF = {0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0};
    private static final int[] HIGH_STEPS = {798, -214, 798, -214};

    private Tables() {}

    static SubBand lowBand() {
        return new SubBand(18_432, 8, 32);
    }

    static SubBand highBand() {
        return new SubBand(22_528, 10, 8);
    }

    /** The lower band takes in six bits, of which the first four count. */
    static void adaptLow(SubBand band, int code) {
        int four = code >> 2;
        band.adapt(SubBand.product(band.scale(), LOW_4[four]), LOW_STEPS[LOW_STEP_OF[four]]);
    }

    static void adaptHigh(SubBand band, int code) {
        band.adapt(SubBand.product(band.scale(), HIGH_2[code]), HIGH_STEPS[code]);
    }
}
