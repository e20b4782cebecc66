package org.webrtc4j.voice;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.SoundLevels;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.media.audio.LevelMeter;

/**
 * Takes sound from a supply, 20 ms every 20 ms, and has it encoded for every sender. The clock is absolute: a block that
 * comes late makes no later one late. It is that of the loop of one of the senders.
 *
 * <p>Safe from any thread; its monitor is never held while calling senders, and of a supply only {@link SoundSupply#isIdle}
 * is called under it.
 */
public final class SoundPacer {

    /** Blocks in a second. */
    public static final int BLOCKS_PER_SECOND = 50;

    /** How long a block plays: 20 ms. */
    public static final long BLOCK_NANOS = 1_000_000_000L / BLOCKS_PER_SECOND;

    /**
     * After a loop was held up for longer, sound goes on where it was, and the pause stays: to send all of it at once would be
     * heard late from then on.
     */
    static final int MAX_BLOCKS_BEHIND = 3;

    private final int sampleRate;
    private final int channels;
    private final SoundSupply supply;
    private final Object monitor = new Object();
    private final List<Sender> senders = new ArrayList<>();
    private final LevelMeter meter = new LevelMeter();
    private List<VoiceEncoder> encoders = List.of();
    private @Nullable Ticker ticker;
    private volatile @Nullable EventLoop lastLoop;

    /** When the next block begins, and its number since the first one. */
    private long nextNanos;

    private long nextIndex;
    private boolean begun;

    /**
     * Creates a pacer; nothing is taken before the first sender is there.
     *
     * @param sampleRate of the supply, a multiple of 50
     * @param channels of the supply, 1 or 2
     * @param supply where sound comes from
     */
    public SoundPacer(int sampleRate, int channels, SoundSupply supply) {
        if (sampleRate < 8_000 || sampleRate > 192_000 || sampleRate % BLOCKS_PER_SECOND != 0) {
            throw new IllegalArgumentException("A rate of " + sampleRate);
        }
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException(channels + " channels");
        }
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.supply = supply;
    }

    /**
     * Adds a sender.
     *
     * @param consumer takes encoded frames
     * @return what removes it
     */
    public MediaTrackSource.Feed open(MediaTrackSource.Consumer consumer) {
        supply.onBegun();
        Sender sender;
        synchronized (monitor) {
            VoiceEncoder encoder = encoderFor(consumer);
            encoder.add(consumer);
            sender = new Sender(consumer, encoder);
            senders.add(sender);
            if (ticker != null) {
                return sender;
            }
        }
        // What is said while the first codec is loaded would be lost, or late for good.
        sender.encoder.prepare(() -> beginWith(sender));
        return sender;
    }

    private void beginWith(Sender sender) {
        synchronized (monitor) {
            if (ticker == null && senders.contains(sender)) {
                begin(sender.consumer.loop());
            }
        }
    }

    /**
     * Tells whether waiting here would stop the clock.
     *
     * @return true on its loop
     */
    public boolean inLoop() {
        EventLoop loop = lastLoop;
        return loop != null && loop.inLoop();
    }

    /**
     * Tells how loud the supply has been.
     *
     * @return what was taken of it so far, silence included
     */
    public SoundLevels levels() {
        synchronized (monitor) {
            return new SoundLevels(meter.level(), meter.totalEnergy(), meter.totalSeconds());
        }
    }

    /** Something is to be played: the clock runs again if it stands still. */
    public void wake() {
        synchronized (monitor) {
            EventLoop loop = lastLoop;
            if (ticker == null && loop != null) {
                begin(loop);
            }
        }
    }

    /** What was given to encoders and is not encoded yet is left out. */
    public void clear() {
        List<VoiceEncoder> all;
        synchronized (monitor) {
            all = encoders;
        }
        all.forEach(VoiceEncoder::clear);
    }

    /** Senders that take the same of the same runtime share an encoder: sound has no key frames to wait for. */
    private VoiceEncoder encoderFor(MediaTrackSource.Consumer consumer) {
        for (VoiceEncoder each : encoders) {
            if (each.suits(consumer)) {
                return each;
            }
        }
        VoiceEncoder made = new VoiceEncoder(consumer, sampleRate, channels, nextIndex - 1);
        List<VoiceEncoder> more = new ArrayList<>(encoders);
        more.add(made);
        encoders = List.copyOf(more);
        return made;
    }

    private void begin(EventLoop loop) {
        lastLoop = loop;
        Ticker started = new Ticker(loop);
        ticker = started;
        try {
            loop.execute(started::start);
        } catch (RejectedExecutionException ended) {
            ticker = null;
            lastLoop = null;
        }
    }

    private void remove(Sender sender) {
        boolean ended;
        synchronized (monitor) {
            if (!senders.remove(sender)) {
                return;
            }
            if (sender.encoder.remove(sender.consumer)) {
                List<VoiceEncoder> fewer = new ArrayList<>(encoders);
                fewer.remove(sender.encoder);
                encoders = List.copyOf(fewer);
            }
            ended = senders.isEmpty() && sender.consumer.isClosed();
            if (ended) {
                ticker = null;
                lastLoop = null;
            } else {
                stayWithSenders();
            }
        }
        if (ended) {
            supply.onEnded();
            boolean anew;
            synchronized (monitor) {
                anew = !senders.isEmpty();
            }
            if (anew) {
                supply.onBegun();
            }
        }
    }

    /** A loop may end with its runtime: the clock is that of a sender's loop while there is one. */
    private void stayWithSenders() {
        Ticker current = ticker;
        if (current == null || senders.isEmpty()) {
            return;
        }
        for (Sender each : senders) {
            if (each.consumer.loop() == current.loop) {
                return;
            }
        }
        begin(senders.get(0).consumer.loop());
    }

    private final class Sender implements MediaTrackSource.Feed {

        private final MediaTrackSource.Consumer consumer;
        private final VoiceEncoder encoder;

        Sender(MediaTrackSource.Consumer consumer, VoiceEncoder encoder) {
            this.consumer = consumer;
            this.encoder = encoder;
        }

        @Override
        public void close() {
            remove(this);
        }
    }

    /** The clock on one loop; it stops when another one has taken its place. */
    private final class Ticker {

        private final EventLoop loop;
        private final LoopTimer timer;

        Ticker(EventLoop loop) {
            this.loop = loop;
            timer = loop.newTimer(this::tick);
        }

        void start() {
            synchronized (monitor) {
                if (ticker == this) {
                    catchUp(loop.clock().nanoTime());
                }
            }
            tick();
        }

        /** Goes on where the clock stood: time that has passed meanwhile counts, in whole blocks. */
        private void catchUp(long nowNanos) {
            long behind = begun ? (nowNanos - nextNanos) / BLOCK_NANOS : 0;
            // Another clock has another origin.
            boolean sameClock = begun && Math.abs(behind) < 3_600L * BLOCKS_PER_SECOND;
            if (!sameClock || behind > 0) {
                nextIndex += sameClock ? behind : 0;
                nextNanos = nowNanos;
            }
            begun = true;
        }

        void tick() {
            long nowNanos = loop.clock().nanoTime();
            while (true) {
                List<VoiceEncoder> takers;
                long startNanos;
                long index;
                synchronized (monitor) {
                    if (ticker != this) {
                        timer.cancel();
                        return;
                    }
                    if (senders.isEmpty() && supply.isIdle()) {
                        ticker = null;
                        timer.cancel();
                        return;
                    }
                    if (nowNanos - nextNanos < 0) {
                        timer.arm(nextNanos);
                        return;
                    }
                    long behind = (nowNanos - nextNanos) / BLOCK_NANOS;
                    if (behind > MAX_BLOCKS_BEHIND) {
                        nextNanos += behind * BLOCK_NANOS;
                        nextIndex += behind;
                    }
                    startNanos = nextNanos;
                    index = nextIndex++;
                    nextNanos += BLOCK_NANOS;
                    takers = encoders;
                }
                short[] block = new short[sampleRate / BLOCKS_PER_SECOND * channels];
                long encoded = index - 1;
                for (VoiceEncoder each : takers) {
                    encoded = Math.min(encoded, each.encodedIndex());
                }
                supply.next(block, new SoundSupply.Turn(index, startNanos, loop.clock(), encoded));
                synchronized (monitor) {
                    meter.add(block, 0, block.length, sampleRate * channels);
                }
                for (VoiceEncoder each : takers) {
                    each.encode(block, index);
                }
            }
        }
    }
}
