package org.webrtc4j.media.codec;

/** Samples into encoded sound. Confined to one thread at a time. Samples as {@link AudioDecoder} has them. */
public interface AudioEncoder {

    /**
     * Returns the rate of the samples taken.
     *
     * @return samples in a second
     */
    int sampleRate();

    /**
     * Returns how many channels are taken.
     *
     * @return 1 or 2
     */
    int channels();

    /**
     * Returns how many samples a packet has.
     *
     * @return samples of one channel
     */
    int frameSamples();

    /**
     * Encodes one packet.
     *
     * @param samples at least {@link #frameSamples} of all channels
     * @param offset the first sample
     * @return the packet, in an array of its own
     */
    byte[] encode(short[] samples, int offset);

    /**
     * Asks for another bitrate; codecs of one rate ignore it.
     *
     * @param bitsPerSecond the target
     */
    default void setBitrate(int bitsPerSecond) {}

    /**
     * Tells what is lost on the way, so that in-band FEC is worth its bits or not; others ignore it.
     *
     * @param percent 0 to 100
     */
    default void setPacketLoss(int percent) {}
}
