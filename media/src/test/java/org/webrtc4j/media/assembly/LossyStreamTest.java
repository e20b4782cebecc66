package org.webrtc4j.media.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.media.assembly.Receiver.MILLI;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.Packetizer;
import org.webrtc4j.media.PayloadFormats;
import org.webrtc4j.media.Payloads;
import org.webrtc4j.media.RandomFrames;

/** Random streams over a path that loses, repeats and reorders. */
class LossyStreamTest {

    private static final int FRAMES = 120;
    private static final long DEADLINE = 100 * MILLI;

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares packets.
    private record Sent(int frame, long sequence, long timestamp, boolean marker, byte[] payload, long arrival) {}

    @ParameterizedTest
    @ValueSource(
            strings = {"audio/opus", "audio/PCMU", "video/VP8", "video/VP9", "video/H264", "video/H265", "video/AV1"})
    void whenEveryPacketComesBeforeItsDeadlineEveryFrameComesOut(String type) {
        CodecDescription codec = RandomFrames.codec(type);
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<EncodedFrame> frames = frames(codec, random);
            List<Sent> packets = packets(codec, frames, random, 0);
            Receiver receiver = receive(codec, packets, AssemblyOptions.video().withDeadlineNanos(DEADLINE));

            assertThat(receiver.drops).as("seed %d", seed).isEmpty();
            assertSame(seed, receiver.frames, frames);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio/opus", "audio/PCMU", "video/VP8", "video/VP9", "video/H264", "video/H265"})
    void everyFrameOfWhichAllPacketsComeIsGivenOutAndNoOther(String type) {
        CodecDescription codec = RandomFrames.codec(type);
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<EncodedFrame> frames = frames(codec, random);
            List<Sent> packets = packets(codec, frames, random, 0.02);
            boolean[] lost = new boolean[FRAMES];
            packets.stream().filter(packet -> packet.arrival < 0).forEach(packet -> lost[packet.frame] = true);
            Receiver receiver = receive(
                    codec,
                    packets.stream().filter(packet -> packet.arrival >= 0).toList(),
                    AssemblyOptions.video().withDeadlineNanos(DEADLINE).withWaitForKeyFrame(false));
            List<EncodedFrame> whole = new ArrayList<>();
            for (int i = 0; i < FRAMES; i++) {
                if (!lost[i]) {
                    whole.add(frames.get(i));
                }
            }

            assertSame(seed, receiver.frames, whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"video/VP8", "video/VP9", "video/H264", "video/H265", "video/AV1"})
    void noFrameIsGivenOutBetweenALossAndTheNextKeyFrame(String type) {
        CodecDescription codec = RandomFrames.codec(type);
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<EncodedFrame> frames = frames(codec, random);
            List<Sent> packets = packets(codec, frames, random, 0.01);
            Receiver receiver = receive(
                    codec,
                    packets.stream().filter(packet -> packet.arrival >= 0).toList(),
                    AssemblyOptions.video().withDeadlineNanos(DEADLINE));
            long previous = Long.MIN_VALUE;
            for (EncodedFrame frame : receiver.frames) {
                assertThat(frame.key() || frame.timestamp() == previous + 3_000)
                        .as("seed %d", seed)
                        .isTrue();
                previous = frame.timestamp();
            }
            boolean anyLost = packets.stream().anyMatch(packet -> packet.arrival < 0);
            assertThat(receiver.frames.size() < FRAMES).as("seed %d", seed).isEqualTo(anyLost);
        }
    }

    /** Its payloads do not tell where a frame begins, so that after a loss the next marker is awaited. */
    @Test
    void everyFrameOfAv1BehindAnEndThatCameIsGivenOut() {
        CodecDescription codec = RandomFrames.codec("video/AV1");
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<EncodedFrame> frames = frames(codec, random);
            List<Sent> packets = packets(codec, frames, random, 0.02);
            boolean[] lost = new boolean[FRAMES];
            boolean[] endLost = new boolean[FRAMES];
            for (Sent packet : packets) {
                lost[packet.frame] |= packet.arrival < 0;
                endLost[packet.frame] |= packet.arrival < 0 && packet.marker;
            }
            Receiver receiver = receive(
                    codec,
                    packets.stream().filter(packet -> packet.arrival >= 0).toList(),
                    AssemblyOptions.video().withDeadlineNanos(DEADLINE).withWaitForKeyFrame(false));
            List<EncodedFrame> whole = new ArrayList<>();
            for (int i = 0; i < FRAMES; i++) {
                if (!lost[i] && (i == 0 || !endLost[i - 1] || frames.get(i).key())) {
                    whole.add(frames.get(i));
                }
            }

            assertSame(seed, receiver.frames, whole);
        }
    }

    /** Up to two lost in a row come back with the next packet. */
    @Test
    void redBringsLostSoundBackAtOnce() {
        CodecDescription red = CodecDescription.audio("red", 48_000, 2, "111/111/111");
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Packetizer packetizer = Objects.requireNonNull(PayloadFormats.packetizer(red, random));
            Receiver receiver = new Receiver(AssemblyOptions.audio(), red);
            RandomFrames source = new RandomFrames(Payloads.OPUS, random);
            List<EncodedFrame> sent = new ArrayList<>();
            int run = 0;
            for (int i = 0; i < FRAMES; i++) {
                EncodedFrame frame = source.next();
                sent.add(frame);
                byte[] payload = Payloads.of(packetizer, frame, 1_200).bytes.get(0);
                boolean lost = i > 0 && i < FRAMES - 1 && run < 2 && random.nextInt(4) == 0;
                run = lost ? run + 1 : 0;
                if (!lost) {
                    receiver.packet(i, frame.timestamp(), false, payload);
                    assertThat(receiver.frames).as("seed %d", seed).hasSize(i + 1);
                }
            }
            assertSame(seed, receiver.frames, sent);
        }
    }

    private static List<EncodedFrame> frames(CodecDescription codec, Random random) {
        RandomFrames source = new RandomFrames(codec, random);
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            frames.add(source.next());
        }
        return frames;
    }

    /** Up to 80 ms of delay; the first packet comes first, so that the stream has a beginning. Lost: a negative arrival. */
    private static List<Sent> packets(CodecDescription codec, List<EncodedFrame> frames, Random random, double loss) {
        Packetizer packetizer = Objects.requireNonNull(PayloadFormats.packetizer(codec, random));
        int max = codec.kind() == MediaKind.AUDIO ? 1_500 : 200 + random.nextInt(1_000);
        long sequence = random.nextInt(70_000);
        List<Sent> packets = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            Payloads payloads = Payloads.of(packetizer, frames.get(i), max);
            for (int j = 0; j < payloads.bytes.size(); j++) {
                boolean first = packets.isEmpty();
                long delay = first ? 0 : (long) (random.nextDouble() * 80 * MILLI);
                boolean lost = !first && random.nextDouble() < loss;
                Sent packet = new Sent(
                        i,
                        sequence++,
                        frames.get(i).timestamp(),
                        payloads.markers.get(j),
                        payloads.bytes.get(j),
                        lost ? -1 : i * 20L * MILLI + delay);
                packets.add(packet);
                if (!lost && random.nextInt(50) == 0) {
                    packets.add(packet);
                }
            }
        }
        return packets;
    }

    private static Receiver receive(CodecDescription codec, List<Sent> packets, AssemblyOptions options) {
        Receiver receiver = new Receiver(options, codec);
        List<Sent> arriving = new ArrayList<>(packets);
        arriving.sort(Comparator.comparingLong(Sent::arrival));
        for (Sent packet : arriving) {
            while (receiver.assembler.nextTimeout() <= packet.arrival) {
                receiver.pass(receiver.assembler.nextTimeout() - receiver.now);
            }
            receiver.now = packet.arrival;
            receiver.packet(packet.sequence, packet.timestamp, packet.marker, packet.payload);
        }
        receiver.pass(2 * DEADLINE);
        return receiver;
    }

    private static void assertSame(long seed, List<EncodedFrame> out, List<EncodedFrame> in) {
        assertThat(out).as("seed %d", seed).hasSameSizeAs(in);
        for (int i = 0; i < in.size(); i++) {
            assertThat(out.get(i).timestamp())
                    .as("seed %d", seed)
                    .isEqualTo(in.get(i).timestamp());
            assertThat(out.get(i).bytes())
                    .as("seed %d", seed)
                    .isEqualTo(in.get(i).bytes());
            assertThat(out.get(i).key()).as("seed %d", seed).isEqualTo(in.get(i).key());
        }
    }
}
