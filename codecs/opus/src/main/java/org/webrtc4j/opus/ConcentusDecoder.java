package org.webrtc4j.opus;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.opus.OpusToc;

/**
 * Opus decoded by Concentus. Packets are checked before, and what the library throws all the same (some damaged packets make
 * it fail an assertion) costs its state, not the call.
 */
final class ConcentusDecoder implements AudioDecoder {

    private static final int MAX_MILLISECONDS = 120;

    /** Lengths of concealment are multiples of 2.5 ms. */
    private static final int STEPS_PER_SECOND = 400;

    /** The only rate: at lower ones the library gives out silence for packets in hybrid mode. */
    private static final int SAMPLE_RATE = 48_000;

    private final int channels;
    private OpusDecoder library;

    ConcentusDecoder(int channels) {
        this.channels = channels;
        library = make();
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int maxSamples() {
        return SAMPLE_RATE / 1_000 * MAX_MILLISECONDS;
    }

    @Override
    public int decode(byte[] bytes, int offset, int length, short[] out) {
        check(out);
        if (OpusToc.check(bytes, offset, length) != null) {
            return REFUSED;
        }
        try {
            int samples = library.decode(bytes, offset, length, out, 0, maxSamples(), false);
            return samples > 0 ? samples : REFUSED;
        } catch (OpusException | RuntimeException | AssertionError failure) {
            library = make();
            return REFUSED;
        }
    }

    @Override
    public int recover(byte[] bytes, int offset, int length, int samples, short[] out) {
        check(out);
        if (!OpusToc.mayHaveFec(bytes, offset, length)) {
            return conceal(samples, out);
        }
        try {
            // The library fills what the packet does not carry by concealment.
            int made = library.decode(bytes, offset, length, out, 0, steps(samples), true);
            return made > 0 ? Math.min(made, samples) : REFUSED;
        } catch (OpusException | RuntimeException | AssertionError failure) {
            library = make();
            return REFUSED;
        }
    }

    @Override
    public int conceal(int samples, short[] out) {
        check(out);
        try {
            int made = library.decode((byte[]) null, 0, 0, out, 0, steps(samples), false);
            return made > 0 ? Math.min(made, samples) : REFUSED;
        } catch (OpusException | RuntimeException | AssertionError failure) {
            library = make();
            return REFUSED;
        }
    }

    @Override
    public void reset() {
        library.resetState();
    }

    private int steps(int samples) {
        int step = SAMPLE_RATE / STEPS_PER_SECOND;
        return Math.min(maxSamples(), Math.max(1, (samples + step - 1) / step) * step);
    }

    private void check(short[] out) {
        if (out.length < maxSamples() * channels) {
            throw new IllegalArgumentException(out.length + " samples, at least " + maxSamples() * channels);
        }
    }

    private OpusDecoder make() {
        try {
            return new OpusDecoder(SAMPLE_RATE, channels);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
    }
}
