package org.webrtc4j.picture;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.codec.TestPicture;
import org.webrtc4j.media.codec.VideoEncoder;
import org.webrtc4j.media.codec.VideoFrame;
import org.webrtc4j.stage.CodecStage;

/**
 * Colour bars that tell their number ({@link TestPicture}), encoded for each sender on its own in the codec negotiated first
 * that there is an encoder for. An encoder that is too slow for the rate leaves numbers out.
 *
 * @param width pixels
 * @param height pixels
 * @param framesPerSecond pictures in a second
 */
public record ColourBars(int width, int height, int framesPerSecond) implements MediaTrackSource {

    private static final Logger LOG = LoggerFactory.getLogger(ColourBars.class);
    private static final long SECOND = 1_000_000_000L;
    private static final int CLOCK = 90_000;

    /**
     * Checks.
     *
     * @throws IllegalArgumentException when the picture is too small for its number, too large for an encoder in Java, of an
     *     odd size, or its rate is none
     */
    public ColourBars {
        if (width < 128 || height < 32 || width > 1_920 || height > 1_920 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("Bars of " + width + "x" + height);
        }
        if (framesPerSecond < 1 || framesPerSecond > 60) {
            throw new IllegalArgumentException(framesPerSecond + " frames in a second");
        }
    }

    @Override
    public String kind() {
        return "video";
    }

    @Override
    public String label() {
        return "Colour bars";
    }

    @Override
    public Feed open(Consumer consumer) {
        Drawing drawing = new Drawing(consumer);
        drawing.start();
        return drawing;
    }

    /** The pictures for one sender: its clock on the loop, drawing and encoding in a stage. */
    private final class Drawing implements Feed {

        private final Consumer consumer;
        private final CodecStage stage;
        private final LoopTimer timer;
        private final AtomicBoolean keyWanted = new AtomicBoolean();

        // On the loop.
        private long begunNanos;
        private long number;

        // In the stage.
        private final VideoFrame picture = new VideoFrame(width, height);
        private @Nullable VideoEncoder encoder;
        private boolean chosen;

        private volatile boolean closed;

        Drawing(Consumer consumer) {
            this.consumer = consumer;
            stage = new CodecStage(consumer.codecExecutor(), 1);
            timer = consumer.loop().newTimer(this::tick);
        }

        void start() {
            consumer.loop().execute(() -> {
                begunNanos = consumer.loop().clock().nanoTime();
                tick();
            });
        }

        private void tick() {
            if (closed) {
                timer.cancel();
                return;
            }
            long elapsed = consumer.loop().clock().nanoTime() - begunNanos;
            long due = elapsed * framesPerSecond / SECOND;
            if (elapsed >= 0 && due >= number) {
                // Numbers whose time is over are left out.
                number = due;
                long drawn = number++;
                stage.submit(() -> encode(drawn));
            }
            timer.arm(begunNanos + (number * SECOND + framesPerSecond - 1) / framesPerSecond);
        }

        private void encode(long drawn) {
            if (!chosen) {
                chosen = true;
                choose();
            }
            VideoEncoder current = encoder;
            if (current != null && !closed) {
                boolean key = keyWanted.getAndSet(false);
                long timestamp = drawn * CLOCK / framesPerSecond;
                if (consumer.isEnabled()) {
                    TestPicture.draw(picture, drawn);
                    consumer.frame(current.encode(picture, timestamp, key));
                } else {
                    picture.blacken();
                    consumer.black(current.encode(picture, timestamp, key));
                }
            }
        }

        private void choose() {
            for (CodecDescription codec : consumer.codecs()) {
                encoder = consumer.codecFactory().videoEncoder(codec);
                if (encoder != null) {
                    return;
                }
            }
            LOG.warn(
                    "No picture is sent: there is no encoder for any of {}. The artifact webrtc4j-h264 brings some",
                    consumer.codecs().stream()
                            .map(CodecDescription::name)
                            .distinct()
                            .toList());
        }

        @Override
        public void requestKeyFrame() {
            keyWanted.set(true);
        }

        @Override
        public void close() {
            closed = true;
            stage.end();
            if (consumer.loop().inLoop()) {
                timer.cancel();
            }
        }
    }
}
