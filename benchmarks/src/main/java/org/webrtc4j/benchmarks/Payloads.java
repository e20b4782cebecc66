package org.webrtc4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadFormats;

/** What payload formats cost a frame: cut into payloads, and put together again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Payloads {

    private static final int MAX_PAYLOAD = 1_150;
    private static final int VIDEO_FRAME = 10_000;
    private static final int AUDIO_FRAME = 120;
    private static final int OBU_TYPE_FRAME = 6;

    /** The codec, by its name. */
    @Param({"opus", "VP8", "VP9", "H264", "AV1"})
    public String codec = "opus";

    // What the state holds until it is set up.
    private EncodedFrame frame = frame("opus");
    private Packetizer packetizer = packetizer(frame.codec());
    private Depacketizer depacketizer = depacketizer(frame.codec());
    private final List<byte[]> payloads = new ArrayList<>();
    private long bytes;

    /** Makes a frame and its payloads. */
    @Setup
    public void prepare() {
        frame = frame(codec);
        packetizer = packetizer(frame.codec());
        depacketizer = depacketizer(frame.codec());
        payloads.clear();
        packetizer.packetize(
                frame,
                MAX_PAYLOAD,
                (array, offset, length, marker) -> payloads.add(Arrays.copyOfRange(array, offset, offset + length)));
    }

    /**
     * Cuts a frame of 10,000 bytes, of 120 for sound.
     *
     * @return bytes of payload so far
     */
    @Benchmark
    public long packetize() {
        packetizer.packetize(frame, MAX_PAYLOAD, (array, offset, length, marker) -> bytes += length);
        return bytes;
    }

    /**
     * Puts the frame together, into an array of its own.
     *
     * @return bytes of frames so far
     */
    @Benchmark
    public long depacketize() {
        depacketizer.begin();
        for (byte[] payload : payloads) {
            if (depacketizer.add(payload, 0, payload.length) != null) {
                throw new IllegalStateException("Refused");
            }
        }
        depacketizer.end(0, true, whole -> bytes += whole.bytes().length);
        return bytes;
    }

    private static Packetizer packetizer(CodecDescription description) {
        return Objects.requireNonNull(PayloadFormats.packetizer(description, new Random(1)));
    }

    private static Depacketizer depacketizer(CodecDescription description) {
        return Objects.requireNonNull(PayloadFormats.depacketizer(description));
    }

    private static EncodedFrame frame(String codec) {
        if (codec.equals("opus")) {
            byte[] sound = new byte[AUDIO_FRAME];
            sound[0] = (byte) 0xf8;
            return EncodedFrame.audio(CodecDescription.audio("opus", 48_000, 2, ""), 0, sound);
        }
        byte[] picture = new byte[VIDEO_FRAME];
        Arrays.fill(picture, (byte) 0x55);
        CodecDescription description =
                CodecDescription.video(codec, codec.equals("H264") ? "packetization-mode=1" : "");
        switch (codec) {
            case "VP8" -> picture[0] = 0;
            // One slice of an IDR picture behind its start code.
            case "H264" -> System.arraycopy(new byte[] {0, 0, 0, 1, 0x65, (byte) 0x88}, 0, picture, 0, 6);
            // One unit up to the end, with its size in two bytes.
            case "AV1" -> {
                int size = VIDEO_FRAME - 3;
                picture[0] = OBU_TYPE_FRAME << 3 | 2;
                picture[1] = (byte) (0x80 | (size & 0x7f));
                picture[2] = (byte) (size >> 7);
            }
            default -> {
                // Nothing of VP9's frame is looked at.
            }
        }
        return EncodedFrame.video(description, true, 0, picture);
    }
}
