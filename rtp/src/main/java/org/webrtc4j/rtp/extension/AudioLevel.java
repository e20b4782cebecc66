package org.webrtc4j.rtp.extension;

/**
 * The audio level of a packet (RFC 6464) or of a contributing source (RFC 6465): one byte, of which the first bit says
 * that there is voice (packets only) and the rest how far below full scale the level is.
 */
public final class AudioLevel {

    /** Bytes of a packet's level. */
    public static final int SIZE = 1;

    /** The level of silence, in -dBov. */
    public static final int SILENCE = 127;

    private AudioLevel() {}

    /**
     * Reads the level.
     *
     * @param value the byte
     * @return 0 (loudest) to 127 (silence), in -dBov
     */
    public static int level(byte value) {
        return value & 0x7f;
    }

    /**
     * Reads the voice bit.
     *
     * @param value the byte
     * @return true when the packet is said to have voice
     */
    public static boolean voice(byte value) {
        return value < 0;
    }

    /**
     * Puts a byte together.
     *
     * @param level 0 to 127, in -dBov
     * @param voice whether there is voice
     * @return the byte
     */
    public static byte of(int level, boolean voice) {
        int clamped = Math.max(0, Math.min(SILENCE, level));
        return (byte) (voice ? 0x80 | clamped : clamped);
    }
}
