package org.webrtc4j.voice;

import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.SoundLevels;

/** Sound that is made block by block, at 48 kHz with one channel. */
public final class GeneratedSound implements MediaTrackSource {

    /** Samples in a second. */
    public static final int SAMPLE_RATE = 48_000;

    /** Makes the sound. */
    @FunctionalInterface
    public interface Generator {

        /**
         * Makes the next samples.
         *
         * @param block where they go, all of it
         */
        void fill(short[] block);
    }

    private final String label;
    private final SoundPacer pacer;

    /**
     * Creates a source.
     *
     * @param label for people
     * @param generator fills a block; called by one thread at a time
     */
    public GeneratedSound(String label, Generator generator) {
        this.label = label;
        pacer = new SoundPacer(SAMPLE_RATE, 1, new SoundSupply() {
            @Override
            public void next(short[] block, Turn turn) {
                generator.fill(block);
            }
        });
    }

    @Override
    public String kind() {
        return "audio";
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public SoundLevels levels() {
        return pacer.levels();
    }

    @Override
    public Feed open(Consumer consumer) {
        return pacer.open(consumer);
    }
}
