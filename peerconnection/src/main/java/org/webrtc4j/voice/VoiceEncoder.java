package org.webrtc4j.voice;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webrtc4j.MediaTrackSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.audio.Resampler;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.stage.CodecStage;

/** Encodes the blocks of a pacer for all senders that take the same codecs: in the first of these that has an encoder. */
final class VoiceEncoder {

    private static final Logger LOG = LoggerFactory.getLogger(VoiceEncoder.class);

    /** 100 ms: what waits longer for a thread is dropped, the oldest first. */
    static final int MAX_WAITING_BLOCKS = 5;

    private final List<CodecDescription> codecs;
    private final CodecFactory factory;
    private final Executor executor;
    private final int sampleRate;
    private final int channels;
    private final CodecStage stage;
    private final List<MediaTrackSource.Consumer> consumers = new CopyOnWriteArrayList<>();

    private volatile long encodedIndex;

    // In the stage.
    private boolean chosen;
    private @Nullable Encoding encoding;

    VoiceEncoder(MediaTrackSource.Consumer first, int sampleRate, int channels, long encodedIndex) {
        this.encodedIndex = encodedIndex;
        this.codecs = first.codecs();
        this.factory = first.codecFactory();
        this.executor = first.codecExecutor();
        this.sampleRate = sampleRate;
        this.channels = channels;
        this.stage = new CodecStage(executor, MAX_WAITING_BLOCKS);
    }

    boolean suits(MediaTrackSource.Consumer consumer) {
        return consumer.codecFactory() == factory
                && consumer.codecExecutor() == executor
                && consumer.codecs().equals(codecs);
    }

    void add(MediaTrackSource.Consumer consumer) {
        consumers.add(consumer);
    }

    /** Returns whether none is left, and this has ended. */
    boolean remove(MediaTrackSource.Consumer consumer) {
        consumers.remove(consumer);
        if (consumers.isEmpty()) {
            stage.end();
            return true;
        }
        return false;
    }

    /** Finds the encoder, then goes on. */
    void prepare(Runnable ready) {
        stage.submit(() -> {
            prepareNow();
            ready.run();
        });
    }

    /** Takes a block over; from any thread. */
    void encode(short[] block, long index) {
        stage.submit(() -> encodeNow(block, index));
    }

    /** The number of the last block that was done with; those before it were too, or were dropped. */
    long encodedIndex() {
        return encodedIndex;
    }

    void clear() {
        stage.clear();
    }

    private void encodeNow(short[] block, long index) {
        prepareNow();
        Encoding current = encoding;
        if (current != null) {
            current.encode(block, index);
        }
        encodedIndex = index;
    }

    /** In the stage, as all work with codecs: to load one takes longer than a loop may be held up. */
    private void prepareNow() {
        if (!chosen) {
            chosen = true;
            encoding = choose();
        }
    }

    private @Nullable Encoding choose() {
        for (CodecDescription codec : codecs) {
            AudioEncoder encoder = factory.audioEncoder(codec);
            if (encoder != null) {
                return new Encoding(codec, encoder);
            }
        }
        LOG.warn(
                "Nothing is sent: there is no encoder for any of {}. The artifact webrtc4j-opus brings one for Opus",
                codecs.stream().map(CodecDescription::name).toList());
        return null;
    }

    /** An encoder with what leads to it. */
    private final class Encoding {

        private final CodecDescription codec;
        private final AudioEncoder encoder;
        private final Resampler resampler;
        private final short[] resampled;
        private final int frameLength;
        private final long blockTicks;
        private short[] pending;
        private int pendingCount;
        private long nextIndex = -1;
        private long timestamp;
        private int lossPercent;

        Encoding(CodecDescription codec, AudioEncoder encoder) {
            this.codec = codec;
            this.encoder = encoder;
            resampler = new Resampler(sampleRate, channels, encoder.sampleRate(), encoder.channels());
            int most = resampler.maxOutput(sampleRate / SoundPacer.BLOCKS_PER_SECOND) * encoder.channels();
            resampled = new short[most];
            frameLength = encoder.frameSamples() * encoder.channels();
            pending = new short[frameLength + most];
            blockTicks = codec.clockRate() / SoundPacer.BLOCKS_PER_SECOND;
        }

        void encode(short[] block, long index) {
            if (index != nextIndex) {
                // The first block, or others before this one were dropped.
                timestamp = index * blockTicks - ticks(pendingCount / encoder.channels());
            }
            nextIndex = index + 1;
            followLoss();
            int count = resampler.process(block, 0, block.length / channels, resampled) * encoder.channels();
            if (pendingCount + count > pending.length) {
                pending = Arrays.copyOf(pending, pendingCount + count);
            }
            System.arraycopy(resampled, 0, pending, pendingCount, count);
            pendingCount += count;
            int used = 0;
            while (pendingCount - used >= frameLength) {
                EncodedFrame frame = EncodedFrame.audio(codec, timestamp, encoder.encode(pending, used));
                used += frameLength;
                timestamp += ticks(encoder.frameSamples());
                for (MediaTrackSource.Consumer each : consumers) {
                    each.frame(frame);
                }
            }
            System.arraycopy(pending, used, pending, 0, pendingCount - used);
            pendingCount -= used;
        }

        /** What all receivers hear is made for the one that loses most. */
        private void followLoss() {
            int most = 0;
            for (MediaTrackSource.Consumer each : consumers) {
                most = Math.max(most, each.packetLossPercent());
            }
            if (most != lossPercent) {
                lossPercent = most;
                encoder.setPacketLoss(most);
            }
        }

        private long ticks(int samples) {
            return (long) samples * codec.clockRate() / encoder.sampleRate();
        }
    }
}
