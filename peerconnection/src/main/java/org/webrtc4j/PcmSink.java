package org.webrtc4j;

/** Takes the sound of a receiver as samples. */
@FunctionalInterface
public interface PcmSink {

    /**
     * Takes the next 20 ms. Called on the codec executor of the runtime, one call at a time and in order, every 20 ms from the
     * first packet on: with what was said, with what conceals a loss, and with silence while nothing comes.
     *
     * <p>Who is slow here holds up a thread that all connections of the runtime share: hand the work on. After 200 ms the
     * oldest sound is left out; it is never kept for later.
     *
     * @param samples linear with 16 bits, the channels of a moment side by side; given for good
     */
    void onSamples(short[] samples);
}
