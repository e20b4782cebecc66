package org.webrtc4j.opus;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.opus.OpusToc;

/** Opus encoded by Concentus: 48 kHz, 20 ms. */
final class ConcentusEncoder implements AudioEncoder {

    private static final int SAMPLE_RATE = 48_000;
    private static final int FRAME_SAMPLES = 960;

    /** What RFC 7587 section 3.1.1 recommends for full-band speech, and for stereo music. */
    private static final int MONO_BITRATE = 32_000;

    private static final int STEREO_BITRATE = 64_000;
    private static final int MIN_BITRATE = 6_000;
    private static final int MAX_BITRATE = 510_000;

    /** Concentus at 5 costs half as much again, and at 10 three times as much, for what is hardly heard. */
    private static final int COMPLEXITY = 3;

    /** Below it what is repeated for a lost packet (in-band FEC) comes out no nearer to the original than a guess. */
    private static final int REPAIRING_COMPLEXITY = 5;

    /** 20 ms of nothing: a packet of the first byte alone (RFC 6716 section 3.1). */
    private static final byte[] NOTHING = {(byte) 0xf8};

    private final int channels;
    private final int maxBitrate;
    private final byte[] packet = new byte[OpusToc.MAX_FRAME_BYTES + 1];
    private final OpusEncoder library;

    ConcentusEncoder(CodecDescription codec) {
        channels = codec.number("stereo", 0) == 1 ? 2 : 1;
        maxBitrate = Math.max(MIN_BITRATE, Math.min(MAX_BITRATE, codec.number("maxaveragebitrate", MAX_BITRATE)));
        try {
            library = new OpusEncoder(
                    SAMPLE_RATE,
                    channels,
                    channels == 1 ? OpusApplication.OPUS_APPLICATION_VOIP : OpusApplication.OPUS_APPLICATION_AUDIO);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
        library.setComplexity(COMPLEXITY);
        library.setUseVBR(codec.number("cbr", 0) != 1);
        library.setUseDTX(codec.number("usedtx", 0) == 1);
        library.setUseInbandFEC(codec.number("useinbandfec", 0) == 1);
        setBitrate(channels == 1 ? MONO_BITRATE : STEREO_BITRATE);
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
    public int frameSamples() {
        return FRAME_SAMPLES;
    }

    @Override
    public byte[] encode(short[] samples, int offset) {
        try {
            int length = library.encode(samples, offset, FRAME_SAMPLES, packet, 0, packet.length);
            return length > 0 ? Arrays.copyOf(packet, length) : NOTHING.clone();
        } catch (OpusException | RuntimeException | AssertionError failure) {
            library.resetState();
            return NOTHING.clone();
        }
    }

    @Override
    public void setBitrate(int bitsPerSecond) {
        library.setBitrate(Math.max(MIN_BITRATE, Math.min(maxBitrate, bitsPerSecond)));
    }

    @Override
    public void setPacketLoss(int percent) {
        library.setPacketLossPercent(Math.max(0, Math.min(100, percent)));
        library.setComplexity(percent > 0 && library.getUseInbandFEC() ? REPAIRING_COMPLEXITY : COMPLEXITY);
    }
}
