package org.webrtc4j.samples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.audio.Goertzel;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.CodecRegistry;
import org.webrtc4j.media.codec.TestPicture;
import org.webrtc4j.media.codec.VideoDecoder;
import org.webrtc4j.media.codec.VideoFrame;

/** Looks for the tone and the numbers of test media in frames that come back, on a thread of its own. */
final class ReturnedMedia implements AutoCloseable {

    /** The tone that is looked for. */
    static final double TONE_HERTZ = 440;

    private static final int RATE = 48_000;
    private static final int ENOUGH = 10;
    private static final double AUDIBLE = 1_000;

    private final CodecRegistry codecs = CodecRegistry.discover(ReturnedMedia.class.getClassLoader());
    private final ExecutorService decoding = Executors.newSingleThreadExecutor();
    private final CompletableFuture<String> verdict = new CompletableFuture<>();

    // On the thread of decoding.
    private @Nullable AudioDecoder ear;
    private @Nullable VideoDecoder eye;
    private int lastNumber = -1;

    private final AtomicInteger tones = new AtomicInteger();
    private final AtomicInteger pictures = new AtomicInteger();

    /** Takes a frame from the loop. */
    void take(EncodedFrame frame) {
        if (!decoding.isShutdown()) {
            decoding.execute(() -> {
                if (frame.kind() == MediaKind.AUDIO) {
                    listen(frame);
                } else {
                    look(frame);
                }
            });
        }
    }

    /** Completes with nothing when enough tones and pictures came back, or with what is wrong with them. */
    CompletableFuture<String> verdict() {
        return verdict;
    }

    @Override
    public void close() {
        decoding.shutdownNow();
    }

    @Override
    public String toString() {
        return tones + " packets with the tone, " + pictures + " pictures";
    }

    private void listen(EncodedFrame frame) {
        if (ear == null) {
            ear = codecs.audioDecoder(frame.codec(), RATE, 1);
        }
        if (ear == null) {
            verdict.complete("there is no decoder for " + frame.codec().mimeType());
            return;
        }
        short[] samples = new short[ear.maxSamples() * ear.channels()];
        int count = ear.decode(frame.bytes(), 0, frame.bytes().length, samples);
        double heard =
                count <= 0 ? 0 : Goertzel.amplitude(samples, 0, ear.channels(), count, ear.sampleRate(), TONE_HERTZ);
        if (heard > AUDIBLE) {
            tones.incrementAndGet();
            decide();
        }
    }

    private void look(EncodedFrame frame) {
        if (eye == null) {
            eye = codecs.videoDecoder(frame.codec());
        }
        if (eye == null) {
            verdict.complete("there is no decoder for " + frame.codec().mimeType());
            return;
        }
        VideoFrame picture = eye.decode(frame);
        int number = picture == null ? -1 : TestPicture.read(picture);
        if (number < 0) {
            return;
        }
        if (number <= lastNumber) {
            verdict.complete("picture " + number + " came back after " + lastNumber);
        }
        lastNumber = number;
        pictures.incrementAndGet();
        decide();
    }

    private void decide() {
        if (tones.get() >= ENOUGH && pictures.get() >= ENOUGH) {
            verdict.complete("");
        }
    }
}
