package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.fec.FecGenerator;
import org.webrtc4j.rtp.fec.FecScheme;

/** Repair packets in a session: those of a stream of their own, and those within RED. */
class ForwardErrorCorrectionTest {

    private static final PayloadFormat FLEXFEC = PayloadFormat.of(PayloadFormat.Role.FLEXFEC, 49, 90_000);
    private static final PayloadFormat RED = PayloadFormat.of(PayloadFormat.Role.RED, 110, 90_000);
    private static final PayloadFormat ULPFEC = PayloadFormat.of(PayloadFormat.Role.ULPFEC, 111, 90_000);

    private final Endpoint sender = new Endpoint();
    private final Endpoint receiver = new Endpoint();
    private final List<byte[]> taken = new ArrayList<>();
    private final List<byte[]> sent = new ArrayList<>();

    private SendStream send(int percent) {
        SendStream stream = sender.session.addSendStream(new SendParameters(
                "v",
                null,
                50,
                SignalledSsrc.NONE,
                List.of(PayloadFormat.plain(98, 90_000), FLEXFEC),
                CallTest.EXTENSIONS,
                true,
                51));
        stream.setProtection(percent);
        return stream;
    }

    private ReceiveSection receive(PayloadFormat... formats) {
        ReceiveSection section = receiver.receive("v", List.of(formats), new SignalledSsrc(50, -1, null, 51));
        section.addTap((stream, packet) -> {
            byte[] payload = new byte[packet.payloadLength()];
            packet.payload().get(payload);
            taken.add(payload);
            return true;
        });
        return section;
    }

    private void frame(SendStream stream, int packets, Random random) {
        for (int i = 0; i < packets; i++) {
            byte[] payload = new byte[1 + random.nextInt(1_000)];
            random.nextBytes(payload);
            sent.add(payload);
            stream.send(payload, 0, payload.length, i == packets - 1, sent.size() * 10L, 98, sender.now);
        }
    }

    @Test
    void everySingleLossOfAFrameComesBackWithHalfAsManyRepairPackets() {
        SendStream stream = send(50);
        ReceiveSection section = receive(PayloadFormat.plain(98, 90_000), FLEXFEC);
        Random random = new Random(4);
        int lost = 0;
        for (int i = 0; i < 200; i++) {
            sender.rtp.clear();
            int before = sent.size();
            frame(stream, 4, random);
            assertThat(sender.rtp).hasSize(6);
            int drop = i == 0 ? 1 : random.nextInt(4);
            for (int j = 0; j < 6; j++) {
                if (j != drop) {
                    receiver.take(sender.rtp.get(j));
                }
            }
            lost++;
            assertThat(taken).hasSize(sent.size());
            List<byte[]> frame = taken.subList(before, taken.size());
            assertThat(frame).containsExactlyInAnyOrderElementsOf(sent.subList(before, sent.size()));
        }
        InboundStats stats = section.streams().get(0).stats();
        assertThat(stats.recoveredPackets()).isEqualTo(lost);
        assertThat(stats.fecPacketsReceived()).isEqualTo(400);
        assertThat(stats.fecPacketsDiscarded()).isEqualTo(200);
        assertThat(stats.packetsLost()).as("before repair").isEqualTo(200);
        assertThat(stream.stats().fecPacketsSent()).isEqualTo(400);
        assertThat(receiver.session.drops()).doesNotContainKey(RtpDrop.FEC_UNUSABLE);
    }

    /** The moment at which a packet leaves the pacer comes into its header last, beside the payload of a shorter header. */
    @Test
    void whatIsWrittenIntoAHeaderAfterwardsIsNotPartOfWhatComesBack() {
        receiver.session.setHeaderExtensions(HeaderExtensionMap.builder()
                .put(3, HeaderExtensionType.ABSOLUTE_SEND_TIME)
                .put(7, HeaderExtensionType.VIDEO_TIMING)
                .build());
        receive(PayloadFormat.plain(98, 90_000), FLEXFEC);
        FecGenerator generator = new FecGenerator(FecScheme.FLEXFEC_03, 50);
        byte[] payload = new byte[40];
        new Random(3).nextBytes(payload);
        byte[][] protects = new byte[2][];
        byte[][] leaves = new byte[2][];
        String timing = "32 000000 7c 01 0001 0002 0003 %s 0000 0000 00 00";
        Packets.Extension early = Packets.Extension.oneByte(String.format(timing, "0000"));
        Packets.Extension late =
                Packets.Extension.oneByte(String.format(timing, "0018").replace("32 000000", "32 abcdef"));
        protects[0] = Packets.rtp(98, true, 100, 7, 50, early, payload);
        leaves[0] = Packets.rtp(98, true, 100, 7, 50, late, payload);
        protects[1] = Packets.rtp(98, true, 101, 8, 50, null, payload);
        for (int i = 0; i < 2; i++) {
            generator.add(protects[i], 12, protects[i], 12, protects[i].length - 12, 100 + i);
        }
        generator.end(1);
        byte[] repair = new byte[1_500];
        receiver.take(leaves[0]);
        byte[] body = Arrays.copyOf(repair, generator.write(0, repair, 0));
        receiver.take(Packets.rtp(49, false, 1, 8, 51, null, body));
        assertThat(taken).hasSize(2).allMatch(each -> Arrays.equals(each, payload));
    }

    @Test
    void withoutReportedLossNothingIsAdded() {
        SendStream stream = sender.session.addSendStream(new SendParameters(
                "v", null, 50, -1, List.of(PayloadFormat.plain(98, 90_000), FLEXFEC), CallTest.EXTENSIONS, true, 51));
        frame(stream, 10, new Random(1));
        assertThat(sender.rtp).hasSize(10);
        assertThat(stream.stats().fecPacketsSent()).isZero();
    }

    @Test
    void repairPacketsOfAStreamThatNobodyNamedAreLeftAside() {
        SendStream stream = send(50);
        receiver.receive("v", List.of(PayloadFormat.plain(98, 90_000), FLEXFEC), new SignalledSsrc(50, -1, null));
        frame(stream, 4, new Random(1));
        sender.rtp.forEach(receiver::take);
        assertThat(receiver.sequences).hasSize(4);
        assertThat(receiver.session.dropped(RtpDrop.FEC_UNASSOCIATED)).isEqualTo(2);
    }

    private static byte[] red(int sequence, int blockType, byte[] block) {
        byte[] payload = new byte[block.length + 1];
        payload[0] = (byte) blockType;
        System.arraycopy(block, 0, payload, 1, block.length);
        return Packets.rtp(110, false, sequence, 7, 50, null, payload);
    }

    @Test
    void withinRedAPacketThatIsLostComesBackAndTheRepairPacketLeavesOnlyItsNumber() {
        receive(PayloadFormat.plain(98, 90_000), RED, ULPFEC);
        FecGenerator generator = new FecGenerator(FecScheme.ULPFEC, 50);
        for (int i = 0; i < 5; i++) {
            byte[] payload = {(byte) i, 2, 3};
            byte[] plain = Packets.rtp(98, false, 100 + i, 7, 50, null, payload);
            generator.add(plain, 12, plain, 12, 3, 100 + i);
            if (i != 3) {
                receiver.take(red(100 + i, 98, payload));
            }
        }
        generator.end(1);
        byte[] repair = new byte[1_500];
        receiver.take(red(105, 111, Arrays.copyOf(repair, generator.write(0, repair, 0))));
        assertThat(taken).hasSize(6);
        assertThat(taken.get(3)).containsExactly(4, 2, 3);
        assertThat(taken.get(4)).as("the repair packet").isEmpty();
        assertThat(taken.get(5)).containsExactly(3, 2, 3);
        assertThat(receiver.sequences.get(5)).isEqualTo(receiver.sequences.get(3) - 1);
    }

    @Test
    void redThatIsMalformedIsCountedAndLeavesOnlyItsNumber() {
        receive(PayloadFormat.plain(98, 90_000), RED, ULPFEC);
        receiver.take(red(1, 98, new byte[] {1}));
        receiver.take(red(2, 0x80 | 98, new byte[] {1, 2, 3, 4}));
        receiver.take(red(3, 110, new byte[] {1}));
        receiver.take(red(4, 77, new byte[] {1}));
        receiver.take(Packets.rtp(110, 5, 7, 50, 0));
        receiver.take(red(6, 111, new byte[] {1, 2, 3}));
        assertThat(taken).hasSize(6);
        assertThat(taken.stream().filter(each -> each.length > 0)).hasSize(1);
        assertThat(receiver.session.dropped(RtpDrop.RED_MALFORMED)).isEqualTo(4);
        assertThat(receiver.session.dropped(RtpDrop.FEC_UNUSABLE)).isEqualTo(1);
    }
}
