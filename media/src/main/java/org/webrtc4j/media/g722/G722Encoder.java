package org.webrtc4j.media.g722;

import java.util.Arrays;

/**
 * Sound of 16 kHz into G.722 at 64 kbit/s (mode 1): a byte for each two samples. It has a state; one for each stream, one
 * thread at a time.
 */
public final class G722Encoder {

    private static final int TAPS = Tables.QMF.length;

    /** Table 13/G.722, Q6: where the steps of the lower band's quantizer end, by six bits. */
    private static final int[] LOW_LEVELS = {
        35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023, 1121, 1219, 1339,
        1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    private static final int HIGH_LEVEL = 564;

    private SubBand low = Tables.lowBand();
    private SubBand high = Tables.highBand();

    /** The samples before, every other one, the oldest first. */
    private final int[] even = new int[TAPS];

    private final int[] odd = new int[TAPS];

    /** Creates an encoder that has heard nothing. */
    public G722Encoder() {}

    /**
     * Encodes.
     *
     * @param samples the sound
     * @param offset the first sample
     * @param length how many samples, an even number
     * @param out where the bytes go, from the beginning: half as many
     * @return bytes written
     * @throws IllegalArgumentException for an odd number of samples
     * @throws IndexOutOfBoundsException when they do not fit
     */
    public int encode(short[] samples, int offset, int length, byte[] out) {
        if (length % 2 != 0) {
            throw new IllegalArgumentException(length + " samples");
        }
        for (int i = 0; i < length; i += 2) {
            System.arraycopy(even, 1, even, 0, TAPS - 1);
            System.arraycopy(odd, 1, odd, 0, TAPS - 1);
            even[TAPS - 1] = samples[offset + i];
            odd[TAPS - 1] = samples[offset + i + 1];
            int first = 0;
            int second = 0;
            for (int k = 0; k < TAPS; k++) {
                first += even[k] * Tables.QMF[k];
                second += odd[k] * Tables.QMF[TAPS - 1 - k];
            }
            int lowCode = lowCode(SubBand.saturate((second + first) >> 14));
            int highCode = highCode(SubBand.saturate((second - first) >> 14));
            Tables.adaptLow(low, lowCode);
            Tables.adaptHigh(high, highCode);
            out[i / 2] = (byte) ((highCode << 6) | lowCode);
        }
        return length / 2;
    }

    /** QUANTL: negative codes go down from 63 and then from 31, positive ones from 61. */
    private int lowCode(int sample) {
        int difference = SubBand.saturate(sample - low.predicted());
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        int step = 0;
        while (step < LOW_LEVELS.length && magnitude >= ((LOW_LEVELS[step] * low.scale()) >> 12)) {
            step++;
        }
        if (difference >= 0) {
            return 61 - step;
        }
        return step < 2 ? 63 - step : 33 - step;
    }

    /** QUANTH. */
    private int highCode(int sample) {
        int difference = SubBand.saturate(sample - high.predicted());
        int magnitude = difference >= 0 ? difference : -(difference + 1);
        boolean large = magnitude >= ((HIGH_LEVEL * high.scale()) >> 12);
        return difference >= 0 ? (large ? 2 : 3) : (large ? 0 : 1);
    }

    /** Forgets what was encoded. */
    public void reset() {
        low = Tables.lowBand();
        high = Tables.highBand();
        Arrays.fill(even, 0);
        Arrays.fill(odd, 0);
    }
}
