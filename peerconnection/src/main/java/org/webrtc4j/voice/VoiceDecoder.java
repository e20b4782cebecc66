package org.webrtc4j.voice;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.audio.Resampler;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.CodecFactory;
import org.webrtc4j.media.playout.JitterBuffer;
import org.webrtc4j.media.playout.PlayoutOptions;
import org.webrtc4j.media.playout.PlayoutStats;

/**
 * Frames of one stream after another, of whatever codec, into blocks of one rate. Each stream and each codec begins with a
 * jitter buffer of its own. Confined to one thread at a time.
 */
final class VoiceDecoder {

    private final CodecFactory factory;
    private final int sampleRate;
    private final int channels;
    private final int blockLength;

    private @Nullable Line line;
    /** Of the lines before, of the same stream. */
    private PlayoutStats before = PlayoutStats.NONE;

    private @Nullable CodecDescription undecodable;
    private long leastDelayNanos;
    private short[] ready = new short[0];
    private int readyCount;

    VoiceDecoder(CodecFactory factory, int sampleRate, int channels) {
        if (sampleRate < 8_000 || sampleRate > 192_000 || sampleRate % SoundPacer.BLOCKS_PER_SECOND != 0) {
            throw new IllegalArgumentException("A rate of " + sampleRate);
        }
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException(channels + " channels");
        }
        this.factory = factory;
        this.sampleRate = sampleRate;
        this.channels = channels;
        blockLength = sampleRate / SoundPacer.BLOCKS_PER_SECOND * channels;
    }

    /** Takes a frame in; one that nothing decodes (comfort noise, telephone events) is left out. */
    void put(EncodedFrame frame, long stream, long arrivalNanos) {
        Line current = line;
        if (current == null || current.stream != stream || !current.codec.equals(frame.codec())) {
            Line made = begin(frame.codec(), stream);
            if (made == null) {
                return;
            }
            before = current == null || current.stream != stream
                    ? PlayoutStats.NONE
                    : before.plus(current.buffer.stats());
            line = made;
            current = made;
        }
        current.buffer.put(frame, arrivalNanos);
    }

    private @Nullable Line begin(CodecDescription codec, long stream) {
        if (codec.equals(undecodable)) {
            return null;
        }
        AudioDecoder decoder = factory.audioDecoder(codec, sampleRate, channels);
        if (decoder == null) {
            undecodable = codec;
            return null;
        }
        return new Line(codec, stream, decoder);
    }

    /** Keeps what is played back at least so long. */
    void delayAtLeast(long nanos) {
        leastDelayNanos = nanos;
        Line current = line;
        if (current != null) {
            current.buffer.delayAtLeast(nanos);
        }
    }

    /** Plays 20 ms. */
    void pull(long nowNanos) {
        Line current = line;
        if (current != null) {
            current.pull(nowNanos);
        }
    }

    /** What the stream that plays has come to, or null before the first. */
    @Nullable
    Playout playout() {
        Line current = line;
        if (current == null) {
            return null;
        }
        JitterBuffer buffer = current.buffer;
        long position = buffer.position();
        return new Playout(
                current.stream,
                current.decoderRate,
                before.plus(buffer.stats()),
                position,
                buffer.earliestNanos(position));
    }

    /** The next block, or null when none is whole. */
    short @Nullable [] next() {
        if (readyCount < blockLength) {
            return null;
        }
        short[] block = Arrays.copyOf(ready, blockLength);
        readyCount -= blockLength;
        System.arraycopy(ready, blockLength, ready, 0, readyCount);
        return block;
    }

    /** What one stream goes through while its codec stays. */
    private final class Line {

        private final CodecDescription codec;
        private final long stream;
        private final int decoderRate;
        private final JitterBuffer buffer;
        private final Resampler resampler;
        private final int samples;
        private final short[] played;
        private final short[] resampled;

        Line(CodecDescription codec, long stream, AudioDecoder decoder) {
            this.codec = codec;
            this.stream = stream;
            decoderRate = decoder.sampleRate();
            buffer = new JitterBuffer(decoder, codec.clockRate(), PlayoutOptions.defaults());
            buffer.delayAtLeast(leastDelayNanos);
            resampler = new Resampler(decoder.sampleRate(), decoder.channels(), sampleRate, channels);
            samples = decoder.sampleRate() / SoundPacer.BLOCKS_PER_SECOND;
            played = new short[samples * decoder.channels()];
            resampled = new short[resampler.maxOutput(samples) * channels];
        }

        void pull(long nowNanos) {
            buffer.pull(samples, played, nowNanos);
            int count = resampler.process(played, 0, samples, resampled) * channels;
            if (readyCount + count > ready.length) {
                ready = Arrays.copyOf(ready, readyCount + count);
            }
            System.arraycopy(resampled, 0, ready, readyCount, count);
            readyCount += count;
        }
    }
}
