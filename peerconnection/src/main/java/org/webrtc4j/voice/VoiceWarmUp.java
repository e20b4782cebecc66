package org.webrtc4j.voice;

import java.util.SplittableRandom;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.audio.SpeechNoiseGenerator;
import org.webrtc4j.media.codec.AudioDecoder;
import org.webrtc4j.media.codec.AudioEncoder;
import org.webrtc4j.media.codec.CodecFactory;

/**
 * Has Opus loaded and compiled before the first call: without that its first second is encoded slower than it is spoken, and
 * the other side keeps sound back for long because of the jitter that makes.
 */
public final class VoiceWarmUp {

    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "useinbandfec=1");

    /** Two seconds of speech. */
    private static final int PACKETS = 100;

    private VoiceWarmUp() {}

    /**
     * Encodes and decodes what sounds like speech; takes about a second where nothing is compiled yet.
     *
     * @param factory whose Opus is warmed up; nothing is done where it has none
     */
    public static void run(CodecFactory factory) {
        AudioEncoder encoder = factory.audioEncoder(OPUS);
        AudioDecoder decoder = factory.audioDecoder(OPUS, 48_000, 1);
        if (encoder == null || decoder == null) {
            return;
        }
        SpeechNoiseGenerator speech =
                new SpeechNoiseGenerator(encoder.sampleRate() * encoder.channels(), 20_000, new SplittableRandom(1));
        short[] block = new short[encoder.frameSamples() * encoder.channels()];
        short[] heard = new short[decoder.maxSamples() * decoder.channels()];
        for (int i = 0; i < PACKETS; i++) {
            speech.generate(block, 0, block.length);
            byte[] packet = encoder.encode(block, 0);
            decoder.decode(packet, 0, packet.length, heard);
        }
    }
}
