package org.webrtc4j.simulation;

import java.util.ArrayList;
import java.util.List;
import org.webrtc4j.media.audio.Goertzel;
import org.webrtc4j.media.audio.ToneGenerator;
import org.webrtc4j.testkit.VirtualTime;

/** What a sink has heard, with the times, and the questions that tests ask of it. */
final class Sound {

    static final double AMPLITUDE = 8_000;

    /** Below are the rests of a codec. */
    private static final int LOUD = 400;

    private static final class Block {
        private final short[] samples;
        private final long atNanos;

        Block(short[] samples, long atNanos) {
            this.samples = samples;
            this.atNanos = atNanos;
        }
    }

    private final VirtualTime time;
    private final int sampleRate;
    private final List<Block> blocks = new ArrayList<>();

    Sound(VirtualTime time, int sampleRate) {
        this.time = time;
        this.sampleRate = sampleRate;
    }

    static short[] tone(int sampleRate, double frequency, int millis) {
        short[] samples = new short[(int) ((long) sampleRate * millis / 1_000)];
        new ToneGenerator(sampleRate, frequency, AMPLITUDE).generate(samples, 0, samples.length, 1);
        return samples;
    }

    void add(short[] samples) {
        blocks.add(new Block(samples, time.nanoTime()));
    }

    int count() {
        return blocks.size();
    }

    List<Integer> lengths() {
        return blocks.stream().map(each -> each.samples.length).distinct().toList();
    }

    /** How strong a frequency is in the blocks heard since a time, on average over pieces of 100 ms. */
    double strength(double frequency, long sinceNanos) {
        short[] all = since(sinceNanos);
        int piece = sampleRate / 10;
        double sum = 0;
        int pieces = 0;
        for (int i = 0; i + piece <= all.length; i += piece) {
            sum += Goertzel.amplitude(all, i, 1, piece, sampleRate, frequency);
            pieces++;
        }
        return sum / pieces;
    }

    /** Whether there is more in it than the rests of a codec. */
    static boolean isLoud(short[] samples) {
        for (short each : samples) {
            if (Math.abs(each) > LOUD) {
                return true;
            }
        }
        return false;
    }

    /** When a block that is not silent was heard for the last time. */
    long lastLoudNanos() {
        return blocks.stream()
                .filter(each -> isLoud(each.samples))
                .mapToLong(each -> each.atNanos)
                .max()
                .orElse(0);
    }

    /** How much of it is not silent. */
    int loudMillis() {
        return 20 * (int) blocks.stream().filter(each -> isLoud(each.samples)).count();
    }

    private short[] since(long sinceNanos) {
        List<Block> heard =
                blocks.stream().filter(each -> each.atNanos >= sinceNanos).toList();
        short[] all =
                new short[heard.stream().mapToInt(each -> each.samples.length).sum()];
        int position = 0;
        for (Block each : heard) {
            System.arraycopy(each.samples, 0, all, position, each.samples.length);
            position += each.samples.length;
        }
        return all;
    }
}
