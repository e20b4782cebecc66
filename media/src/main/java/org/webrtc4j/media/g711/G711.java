package org.webrtc4j.media.g711;

/**
 * G.711: eight bits for a sample of sound, in the two laws of ITU-T G.711. Both ways by tables; stateless.
 *
 * <p>Samples are linear with 16 bits; mu-law keeps 14 of them, A-law 13.
 */
public final class G711 {

    private static final int MU_BIAS = 0x84;
    private static final int MU_CLIP = 32_635;

    private static final short[] MU_DECODE = new short[256];
    private static final short[] A_DECODE = new short[256];

    /** By the upper 14 and 13 bits of a sample. */
    private static final byte[] MU_ENCODE = new byte[1 << 14];

    private static final byte[] A_ENCODE = new byte[1 << 13];

    static {
        for (int code = 0; code < 256; code++) {
            MU_DECODE[code] = (short) muToLinear(code);
            A_DECODE[code] = (short) aToLinear(code);
        }
        for (int i = 0; i < MU_ENCODE.length; i++) {
            MU_ENCODE[i] = (byte) linearToMu((short) (i << 2));
        }
        for (int i = 0; i < A_ENCODE.length; i++) {
            A_ENCODE[i] = (byte) linearToA((short) (i << 3));
        }
    }

    private G711() {}

    /**
     * Encodes one sample in mu-law (PCMU).
     *
     * @param sample linear, 16 bits
     * @return the code
     */
    public static byte toMuLaw(short sample) {
        return MU_ENCODE[(sample & 0xffff) >> 2];
    }

    /**
     * Encodes one sample in A-law (PCMA).
     *
     * @param sample linear, 16 bits
     * @return the code
     */
    public static byte toALaw(short sample) {
        return A_ENCODE[(sample & 0xffff) >> 3];
    }

    /**
     * Decodes one sample of mu-law.
     *
     * @param code the code
     * @return linear, 16 bits
     */
    public static short fromMuLaw(byte code) {
        return MU_DECODE[code & 0xff];
    }

    /**
     * Decodes one sample of A-law.
     *
     * @param code the code
     * @return linear, 16 bits
     */
    public static short fromALaw(byte code) {
        return A_DECODE[code & 0xff];
    }

    /** Sign, segment and step; all bits inverted (G.711 table 2). */
    private static int muToLinear(int code) {
        int inverted = ~code & 0xff;
        int magnitude = (((inverted & 0x0f) << 3) + MU_BIAS) << (inverted >> 4 & 7);
        return (inverted & 0x80) != 0 ? MU_BIAS - magnitude : magnitude - MU_BIAS;
    }

    private static int linearToMu(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(sample < 0 ? -sample : sample, MU_CLIP) + MU_BIAS;
        int segment = Math.max(0, 24 - Integer.numberOfLeadingZeros(magnitude));
        return ~(sign | segment << 4 | (magnitude >> (segment + 3) & 0x0f)) & 0xff;
    }

    /** Sign, segment and step; every other bit inverted (G.711 table 1). */
    private static int aToLinear(int code) {
        int plain = code ^ 0x55;
        int segment = plain >> 4 & 7;
        int step = (plain & 0x0f) << 4;
        int magnitude = segment == 0 ? step + 8 : (step + 0x108) << (segment - 1);
        return (plain & 0x80) != 0 ? magnitude : -magnitude;
    }

    private static int linearToA(int sample) {
        int sign = sample < 0 ? 0 : 0x80;
        int magnitude = (sample < 0 ? -sample - 1 : sample) >> 3;
        int segment = Math.max(0, 27 - Integer.numberOfLeadingZeros(magnitude));
        int step = segment < 2 ? magnitude >> 1 : magnitude >> segment;
        return (sign | segment << 4 | (step & 0x0f)) ^ 0x55;
    }
}
