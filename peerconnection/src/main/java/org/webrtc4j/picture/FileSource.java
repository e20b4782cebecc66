package org.webrtc4j.picture;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.stage.CodecStage;

/**
 * The frames of a file, paced by their timestamps; each sender plays it from the beginning. It is read on the codec executor,
 * some frames ahead, and sent by the clock of the sender's loop.
 */
public final class FileSource implements MediaTrackSource {

    private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

    /** Frames that are read ahead. */
    static final int MAX_AHEAD = 32;

    private static final long SECOND = 1_000_000_000L;

    /** When reading is late by more, the rest is played later instead of faster. */
    private static final long MAX_BEHIND_NANOS = SECOND / 2;

    private final CodecDescription codec;
    private final String label;
    private final boolean repeat;
    private final FrameReader.Opener opener;

    /**
     * Creates a source.
     *
     * @param codec of the frames
     * @param label for people
     * @param repeat whether it begins anew at its end
     * @param opener opens the file for each sender, and each time it begins anew
     */
    public FileSource(CodecDescription codec, String label, boolean repeat, FrameReader.Opener opener) {
        this.codec = codec;
        this.label = label;
        this.repeat = repeat;
        this.opener = opener;
    }

    @Override
    public String kind() {
        return codec.kind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Feed open(Consumer consumer) {
        for (CodecDescription each : consumer.codecs()) {
            if (each.is(codec.mimeType())) {
                Playing playing = new Playing(consumer, each);
                playing.start();
                return playing;
            }
        }
        LOG.warn("{} is not sent: {} is not negotiated", label, codec.name());
        return Feed.NOTHING;
    }

    /** One sender's playing: reading in a stage, the clock on the loop. */
    private final class Playing implements Feed {

        private final Consumer consumer;
        private final CodecDescription negotiated;
        private final CodecStage stage;
        private final LoopTimer timer;
        private final BlockingQueue<EncodedFrame> ahead = new ArrayBlockingQueue<>(MAX_AHEAD);

        // In the stage.
        private @Nullable FrameReader reader;
        private @Nullable EncodedFrame held;
        private long shift;
        private long last = -1;
        private long step;
        private int framesOfRound;

        // On the loop.
        private boolean begun;
        private long originNanos;
        private long originTicks;

        private volatile boolean finished;
        private volatile boolean closed;

        Playing(Consumer consumer, CodecDescription negotiated) {
            this.consumer = consumer;
            this.negotiated = negotiated;
            stage = new CodecStage(consumer.codecExecutor(), 1);
            timer = consumer.loop().newTimer(this::tick);
            step = negotiated.clockRate() / 50;
        }

        void start() {
            stage.submit(this::read);
            consumer.loop().execute(this::tick);
        }

        private void tick() {
            if (closed) {
                timer.cancel();
                return;
            }
            long nowNanos = consumer.loop().clock().nanoTime();
            EncodedFrame next = ahead.peek();
            while (next != null && dueNanos(next, nowNanos) - nowNanos <= 0) {
                ahead.remove();
                consumer.frame(next);
                next = ahead.peek();
            }
            if (next == null && finished) {
                timer.cancel();
                return;
            }
            if (ahead.size() <= MAX_AHEAD / 2 && !finished && !stage.isBusy()) {
                stage.submit(this::read);
            }
            timer.arm(next == null ? nowNanos + SECOND / 100 : dueNanos(next, nowNanos));
        }

        private long dueNanos(EncodedFrame frame, long nowNanos) {
            if (!begun) {
                begun = true;
                originNanos = nowNanos;
                originTicks = frame.timestamp();
            }
            long ticks = frame.timestamp() - originTicks;
            long rate = negotiated.clockRate();
            long due = originNanos + ticks / rate * SECOND + ticks % rate * SECOND / rate;
            if (nowNanos - due > MAX_BEHIND_NANOS) {
                originNanos += nowNanos - due;
                return nowNanos;
            }
            return due;
        }

        private void read() {
            try {
                readAhead();
            } catch (IOException failure) {
                LOG.warn("{} is not read to its end", label, failure);
                end();
            }
        }

        private void readAhead() throws IOException {
            while (!closed && !finished) {
                EncodedFrame next = held == null ? nextFrame() : held;
                held = null;
                if (next == null) {
                    end();
                } else if (!ahead.offer(next)) {
                    held = next;
                    return;
                }
            }
            if (closed) {
                end();
            }
        }

        private @Nullable EncodedFrame nextFrame() throws IOException {
            FrameReader open = reader;
            if (open == null) {
                open = opener.open();
                reader = open;
            }
            EncodedFrame read = open.next();
            if (read == null && repeat && framesOfRound > 0) {
                open.close();
                open = opener.open();
                reader = open;
                shift = last + step;
                framesOfRound = 0;
                read = open.next();
            }
            if (read == null) {
                return null;
            }
            long timestamp = read.timestamp() + shift;
            if (timestamp <= last) {
                timestamp = last + 1;
            } else if (last >= 0) {
                step = timestamp - last;
            }
            last = timestamp;
            framesOfRound++;
            return new EncodedFrame(negotiated, read.key(), timestamp, read.bytes(), read.layers());
        }

        private void end() {
            finished = true;
            FrameReader open = reader;
            reader = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException ignored) {
                    // It was only read.
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            stage.submit(this::end);
            if (consumer.loop().inLoop()) {
                timer.cancel();
            }
        }
    }
}
