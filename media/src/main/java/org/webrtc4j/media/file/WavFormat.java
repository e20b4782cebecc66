package org.webrtc4j.media.file;

/**
 * The sound of a WAV file.
 *
 * @param sampleRate samples in a second, 1 to 384000
 * @param channels 1 to 8
 */
public record WavFormat(int sampleRate, int channels) {

    /**
     * Checks.
     *
     * @param sampleRate samples in a second, 1 to 384000
     * @param channels 1 to 8
     * @throws IllegalArgumentException when a number is out of its range
     */
    public WavFormat {
        if (sampleRate < 1 || sampleRate > 384_000 || channels < 1 || channels > 8) {
            throw new IllegalArgumentException(sampleRate + " Hz, " + channels + " channels");
        }
    }
}
