package org.webrtc4j.media.g722;

import java.util.Arrays;

/**
 * G.722 at 64 kbit/s (mode 1) into sound of 16 kHz: two samples out of each byte. It has a state; one for each stream, one
 * thread at a time. Any bytes are sound.
 *
 * <p>In RTP its timestamp ticks at 8000 Hz, once for each byte (RFC 3551 section 4.5.2).
 */
public final class G722Decoder {

    private static final int TAPS = Tables.QMF.length;
    private static final int LIMIT = 16_384;

    private SubBand low = Tables.lowBand();
    private SubBand high = Tables.highBand();

    /** Sums and differences of both bands, the oldest first. */
    private final int[] sums = new int[TAPS];

    private final int[] differences = new int[TAPS];

    /** Creates a decoder that has heard nothing. */
    public G722Decoder() {}

    /**
     * Decodes.
     *
     * @param bytes the array
     * @param offset the first byte
     * @param length how many
     * @param out where the samples go, from the beginning: twice as many
     * @return samples written
     * @throws IndexOutOfBoundsException when they do not fit
     */
    public int decode(byte[] bytes, int offset, int length, short[] out) {
        for (int i = 0; i < length; i++) {
            int code = bytes[offset + i] & 0xff;
            int lowCode = code & 0x3f;
            int highCode = code >> 6;
            int lowSound = limit(low.predicted() + SubBand.product(low.scale(), Tables.LOW_6[lowCode]));
            int highSound = limit(high.predicted() + SubBand.product(high.scale(), Tables.HIGH_2[highCode]));
            Tables.adaptLow(low, lowCode);
            Tables.adaptHigh(high, highCode);
            synthesize(lowSound, highSound, out, 2 * i);
        }
        return 2 * length;
    }

    /** The receiving quadrature mirror filters (ITU-T G.722 section 4.4). */
    private void synthesize(int lowSound, int highSound, short[] out, int at) {
        System.arraycopy(sums, 1, sums, 0, TAPS - 1);
        System.arraycopy(differences, 1, differences, 0, TAPS - 1);
        sums[TAPS - 1] = lowSound + highSound;
        differences[TAPS - 1] = lowSound - highSound;
        int first = 0;
        int second = 0;
        for (int i = 0; i < TAPS; i++) {
            first += differences[i] * Tables.QMF[TAPS - 1 - i];
            second += sums[i] * Tables.QMF[i];
        }
        out[at] = (short) SubBand.saturate(first >> 11);
        out[at + 1] = (short) SubBand.saturate(second >> 11);
    }

    /** Forgets what was heard. */
    public void reset() {
        low = Tables.lowBand();
        high = Tables.highBand();
        Arrays.fill(sums, 0);
        Arrays.fill(differences, 0);
    }

    private static int limit(int value) {
        return Math.max(-LIMIT, Math.min(LIMIT - 1, value));
    }
}
