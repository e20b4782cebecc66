package org.webrtc4j.benchmarks.voice;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.webrtc4j.AudioSource;
import org.webrtc4j.media.audio.SpeechNoiseGenerator;

/** What one voice says, over and over: made before the call, as a synthesiser elsewhere would, and written as there is room. */
final class SpokenText {

    /** What synthesisers give. */
    static final int RATE = 24_000;

    private static final int SECONDS = 11;
    private static final int PIECE = RATE / 5;

    private final short[] samples = new short[SECONDS * RATE];
    private int position;

    SpokenText(int seed) {
        new SpeechNoiseGenerator(RATE, 12_000, new SplittableRandom(seed)).generate(samples, 0, samples.length);
    }

    void speak(AudioSource source) {
        short[] piece = Arrays.copyOfRange(samples, position, position + PIECE);
        position = (position + PIECE) % samples.length;
        var unused = source.write(piece).thenRun(() -> speak(source)); // ends when the call is closed
    }
}
