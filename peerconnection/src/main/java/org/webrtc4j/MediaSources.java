package org.webrtc4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.webrtc4j.media.audio.SpeechNoiseGenerator;
import org.webrtc4j.media.audio.ToneGenerator;
import org.webrtc4j.media.codec.TestPicture;
import org.webrtc4j.picture.ColourBars;
import org.webrtc4j.picture.FileSource;
import org.webrtc4j.picture.FrameFiles;
import org.webrtc4j.picture.FrameReader;
import org.webrtc4j.voice.GeneratedSound;

/**
 * Sources that need no device: generators and files; not of the W3C. A track is made of one by {@code new
 * MediaStreamTrack(source)}; several tracks and senders may share it.
 */
public final class MediaSources {

    private static final double AMPLITUDE = 8_000;

    private MediaSources() {}

    /**
     * Makes a sine tone, 12 dB below the full scale.
     *
     * @param frequency in Hz, above 0 and below 20000
     * @return the source
     * @throws IllegalArgumentException for another frequency
     */
    public static MediaTrackSource tone(double frequency) {
        if (!(frequency > 0 && frequency < 20_000)) {
            throw new IllegalArgumentException(frequency + " Hz");
        }
        ToneGenerator generator = new ToneGenerator(GeneratedSound.SAMPLE_RATE, frequency, AMPLITUDE);
        return new GeneratedSound(
                "Tone of " + frequency + " Hz", block -> generator.generate(block, 0, block.length, 1));
    }

    /**
     * Makes noise that codecs and activity detectors take for speech, with pauses.
     *
     * @param seed equal ones give equal noise
     * @return the source
     */
    public static MediaTrackSource speechNoise(long seed) {
        SpeechNoiseGenerator generator =
                new SpeechNoiseGenerator(GeneratedSound.SAMPLE_RATE, 3 * AMPLITUDE, new SplittableRandom(seed));
        return new GeneratedSound("Speech-like noise", block -> generator.generate(block, 0, block.length));
    }

    /**
     * Makes colour bars that tell their number, in digits for people and in a row of squares for programs ({@link
     * TestPicture}). Needs an encoder, such as those of the artifact webrtc4j-h264: H.264, and key frames of VP8; the first
     * negotiated codec that has one is used. Each sender has an encoder of its own.
     *
     * @param width pixels, 128 to 1920, even
     * @param height pixels, 32 to 1920, even
     * @param framesPerSecond 1 to 60; an encoder that is too slow leaves numbers out
     * @return the source
     * @throws IllegalArgumentException when a number is out of its range
     */
    public static MediaTrackSource colourBars(int width, int height, int framesPerSecond) {
        return new ColourBars(width, height, framesPerSecond);
    }

    /**
     * Plays the frames of an IVF file (VP8, VP9, AV1 or H.264) as they are, by their timestamps; nothing is decoded. Each
     * sender plays it from the beginning. A key frame that a receiver asks for comes when the file has one.
     *
     * @param file its place
     * @param repeat whether it begins anew at its end
     * @return the source
     * @throws IOException when it cannot be read, or is no such file
     */
    public static MediaTrackSource ivf(Path file, boolean repeat) throws IOException {
        return file(file, repeat, () -> FrameFiles.ivf(file));
    }

    /**
     * Plays the packets of an Ogg file with Opus as they are, by their timestamps. Each sender plays it from the beginning.
     *
     * @param file its place
     * @param repeat whether it begins anew at its end
     * @return the source
     * @throws IOException when it cannot be read, or is no such file
     */
    public static MediaTrackSource oggOpus(Path file, boolean repeat) throws IOException {
        return file(file, repeat, () -> FrameFiles.oggOpus(file));
    }

    private static MediaTrackSource file(Path file, boolean repeat, FrameReader.Opener opener) throws IOException {
        try (FrameReader first = opener.open()) {
            return new FileSource(first.codec(), file.toString(), repeat, opener);
        }
    }
}
