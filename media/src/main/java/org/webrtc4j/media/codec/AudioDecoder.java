package org.webrtc4j.media.codec;

/**
 * Encoded sound into samples. Confined to one thread at a time; bytes of the peer never make it throw.
 *
 * <p>Samples are linear with 16 bits, the channels of a moment side by side; lengths are counted in such moments.
 */
public interface AudioDecoder {

    /** {@link #decode}: the bytes were refused, or the library failed and was made anew. */
    int REFUSED = -1;

    /**
     * Returns the rate of the samples given out.
     *
     * @return samples in a second
     */
    int sampleRate();

    /**
     * Returns how many channels are given out.
     *
     * @return 1 or 2
     */
    int channels();

    /**
     * Returns the most that one packet may hold.
     *
     * @return samples of one channel
     */
    int maxSamples();

    /**
     * Decodes one packet.
     *
     * @param bytes the array, borrowed for the call
     * @param offset the first byte of the packet
     * @param length how many bytes
     * @param out where the samples go, from the beginning
     * @return samples of one channel, or {@link #REFUSED}
     * @throws IllegalArgumentException when less than {@link #maxSamples} of all channels fit
     */
    int decode(byte[] bytes, int offset, int length, short[] out);

    /**
     * Makes the sound of a lost packet out of the packet after it, as far as that carries it (Opus in-band FEC), or out of
     * what was heard before. Must be followed by {@link #decode} of the packet itself.
     *
     * @param bytes the array with the packet after the lost one, borrowed for the call
     * @param offset the first byte of the packet
     * @param length how many bytes
     * @param samples how long the lost packet was, in samples of one channel
     * @param out where the samples go, from the beginning
     * @return samples of one channel, or {@link #REFUSED}
     */
    default int recover(byte[] bytes, int offset, int length, int samples, short[] out) {
        return conceal(samples, out);
    }

    /**
     * Makes sound in place of a lost packet out of what was heard before, falling silent when it goes on.
     *
     * @param samples how much, in samples of one channel
     * @param out where the samples go, from the beginning
     * @return samples of one channel, or {@link #REFUSED}
     */
    int conceal(int samples, short[] out);

    /** Forgets what was heard before. */
    void reset();
}
