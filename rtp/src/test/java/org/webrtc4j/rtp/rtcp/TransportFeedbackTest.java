package org.webrtc4j.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets;

/** draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1. */
class TransportFeedbackTest {

    private static final long TICK = 250_000;

    private final RtcpWriter writer = new RtcpWriter(1200);
    private final RtcpReader reader = new RtcpReader();
    private final TransportFeedbackReader feedback = new TransportFeedbackReader();
    private final TransportFeedbackBuilder builder = new TransportFeedbackBuilder(1100);

    private boolean read(String body) {
        byte[] bytes = Packets.hex(body);
        byte[] packet = new byte[12 + bytes.length];
        System.arraycopy(Packets.hex("8fcd0000 00000001 00000002"), 0, packet, 0, 12);
        packet[3] = (byte) (packet.length / 4 - 1);
        System.arraycopy(bytes, 0, packet, 12, bytes.length);
        reader.reset(packet, 0, packet.length);
        assertThat(reader.next()).isTrue();
        assertThat(reader.problem()).isNull();
        return feedback.reset(reader);
    }

    private List<String> packets() {
        List<String> packets = new ArrayList<>();
        while (feedback.next()) {
            packets.add(feedback.index() + "@" + feedback.ticks());
        }
        return packets;
    }

    @Test
    void runsAndVectorsAreRead() {
        // A run of 2 small, a one-bit vector of which the first and last are received, a two-bit vector with a large
        // delta.
        assertThat(read("fffe 0013 fffffe 07  2002  a001  d840" + "0a 14 1e 28 32 ff00 000000"))
                .isTrue();

        assertThat(feedback.baseSequence()).isEqualTo(0xfffe);
        assertThat(feedback.statusCount()).isEqualTo(19);
        assertThat(feedback.referenceTime()).isEqualTo(-2);
        assertThat(feedback.feedbackCount()).isEqualTo(7);
        assertThat(packets()).containsExactly("0@10", "1@30", "2@60", "15@100", "16@150", "17@-106");
    }

    @Test
    void aCountOf65535WithoutDeltasIsReadAsNothingReceived() {
        assertThat(read("0000 ffff 000000 00" + "1fff".repeat(8) + "1fff 0000")).isTrue();
        assertThat(packets()).isEmpty();
    }

    @Test
    void statusesOrDeltasThatDoNotFitAreRefused() {
        assertThat(read("0000 ffff 000000 00 1fff 1fff")).as("too few chunks").isFalse();
        assertThat(read("0000 ffff 000000 00")).as("no chunks").isFalse();
        assertThat(read("0000 0009 000000 00 2009 0000"))
                .as("nine deltas in two bytes")
                .isFalse();
        assertThat(read("0000 1fff 000000 00 3fff 0000"))
                .as("8191 deltas in two bytes")
                .isFalse();
        assertThat(read("0000 0002 000000 00 c0c0 0000"))
                .as("no vector of one bit, but two large")
                .isTrue();
        assertThat(read("0000 0001 000000 00 6001 0000"))
                .as("a run of the reserved symbol")
                .isFalse();
        assertThat(read("0000 0001 000000 00 f000 0000"))
                .as("the reserved symbol")
                .isFalse();
        assertThat(packets()).isEmpty();
    }

    @Test
    void aRunOfNoLengthIsSkipped() {
        assertThat(read("0000 0001 000000 00 2000 2001 05 000000")).isTrue();
        assertThat(packets()).containsExactly("0@5");
    }

    @Test
    void packetsThatArrivedEvenlyAreARun() {
        builder.begin(3, 10, 64_000_000L);
        for (int i = 0; i < 20; i++) {
            assertThat(builder.add(10 + i, 64_000_000L + i * (4 * TICK))).isTrue();
        }
        assertThat(writer.transportFeedback(1, 2, builder)).isTrue();
        byte[] bytes = new byte[writer.size()];
        writer.packet().get(bytes);

        assertThat(bytes)
                .isEqualTo(Packets.hex(
                        "afcd000a 00000001 00000002 000a 0014 000001 03 2014 00" + "04".repeat(19) + "0002"));
    }

    @Test
    void anArrivalTooFarFromTheOneBeforeBeginsTheNextFeedback() {
        builder.begin(0, 0, 0);
        assertThat(builder.add(0, 0)).isTrue();
        assertThat(builder.add(1, 32_768 * TICK)).isFalse();
        assertThat(builder.add(1, 32_767 * TICK)).isTrue();
        assertThat(builder.add(2, -TICK)).isTrue();
        assertThat(builder.add(2, 0)).as("not above the one before").isFalse();
        assertThat(builder.add(0xffff, 0))
                .as("more statuses than a count can say")
                .isFalse();
        assertThat(builder.statusCount()).isEqualTo(3);
    }

    @Test
    void whateverArrivedIsReadAsItWasWritten() {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            double loss = random.nextDouble() * random.nextDouble();
            long jitter = 1 + (1L << random.nextInt(15));
            long base = random.nextInt(1 << 20);
            long time = random.nextLong(1L << 50);
            int holes = random.nextInt(3) == 0 ? 20_000 : 3;
            List<String> expected = new ArrayList<>();
            builder.begin(seed, base, time);
            long reference = Math.floorDiv(time, 256 * TICK) * 256;
            long sequence = base + random.nextInt(3);
            while (builder.add(sequence, time)) {
                expected.add((sequence - base) + "@" + (Math.floorDiv(time, TICK) - reference));
                sequence += 1 + (random.nextDouble() < loss ? random.nextInt(holes) : 0);
                time += (long) (random.nextGaussian() * jitter * TICK / 4);
                if (random.nextInt(200) == 0) {
                    break;
                }
            }
            assertThat(writer.clear().transportFeedback(1, 2, builder))
                    .as("seed %d", seed)
                    .isTrue();
            reader.reset(writer.packet());
            assertThat(reader.next()).isTrue();
            assertThat(feedback.reset(reader)).as("seed %d", seed).isTrue();
            assertThat(feedback.baseSequence()).isEqualTo((int) base & 0xffff);
            assertThat(feedback.referenceTime()).isEqualTo((int) (reference / 256) << 8 >> 8);
            assertThat(packets()).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
