package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets.Extension;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.rtcp.RtcpWriter;

/** Packets of one receiver to many, with numbers that go on whatever the source. */
class ForwardingTest {

    private static final HeaderExtensionMap FROM = HeaderExtensionMap.builder()
            .put(1, HeaderExtensionType.MID)
            .put(5, HeaderExtensionType.VIDEO_ORIENTATION)
            .put(6, HeaderExtensionType.ABSOLUTE_SEND_TIME)
            .put(7, "urn:example:other")
            .build();
    private static final HeaderExtensionMap TO = HeaderExtensionMap.builder()
            .put(3, HeaderExtensionType.VIDEO_ORIENTATION)
            .put(4, HeaderExtensionType.MID)
            .put(8, HeaderExtensionType.ABSOLUTE_SEND_TIME)
            .build();
    private static final List<PayloadFormat> FORMATS =
            List.of(PayloadFormat.repaired(100, 90_000), PayloadFormat.rtx(101, 90_000, 100));

    private final Endpoint end = new Endpoint();
    private final SendStream stream =
            end.session.addSendStream(new SendParameters("0", null, 50, 51, FORMATS, TO, true));
    private final RtpPacket packet = new RtpPacket();

    private RtpPacket packet(long ssrc, long sequence, long timestamp, byte[] payload) {
        byte[] bytes = Packets.rtp(
                96, true, (int) sequence, timestamp, ssrc, Extension.oneByte("1041 5003 62aabbcc 70dd 0000"), payload);
        byte[] array = Arrays.copyOf(bytes, bytes.length + 5);
        assertThat(packet.parse(array, 0, bytes.length, end.now)).isNull();
        packet.setUnwrapped(sequence, timestamp);
        return packet;
    }

    private boolean forward(ForwardSource from, long sequence, long timestamp) {
        RtpPacket next = packet(9, sequence, timestamp, new byte[] {(byte) sequence, 1, 2});
        from.keep(next);
        return stream.forward(next, from, 100, end.now);
    }

    private static ForwardSource source() {
        return new ForwardSource(FROM, new PacketHistory());
    }

    private RtpPacket last() {
        return end.sent(end.rtp.size() - 1);
    }

    @Test
    void theHeaderIsItsOwnAndThePayloadTheSame() {
        assertThat(stream.forward(packet(9, 500, 9000, Packets.hex("010203")), source(), 100, end.now))
                .isTrue();

        RtpPacket sent = last();
        assertThat(sent.ssrc()).isEqualTo(50);
        assertThat(sent.payloadType()).isEqualTo(100);
        assertThat(sent.marker()).isTrue();
        assertThat(sent.payloadLength()).isEqualTo(3);
        assertThat(sent.array()[sent.payloadOffset() + 2]).isEqualTo((byte) 3);
        assertThat(sent.extensionLength(3)).as("orientation, renamed").isEqualTo(1);
        assertThat(sent.array()[sent.extensionOffset(3)]).isEqualTo((byte) 3);
        assertThat(sent.array()[sent.extensionOffset(4)]).as("our mid").isEqualTo((byte) '0');
        assertThat(sent.extensionLength(8)).as("our send time").isEqualTo(3);
        assertThat(sent.extensionCount()).isEqualTo(3);
    }

    @Test
    void thePayloadGoesToTheSinkFromWhereItLies() {
        RtpPacket from = packet(9, 500, 9000, Packets.hex("aabb"));
        int[] seen = new int[1];
        end.session.addOutboundTap((s, header, payload, again) -> {
            assertThat(payload.remaining()).isEqualTo(2);
            assertThat(again).isFalse();
            from.array()[from.payloadOffset()] = 0x55;
            seen[0] = payload.get(payload.position());
        });
        stream.forward(from, source(), 100, end.now);
        assertThat(seen[0]).as("the same bytes").isEqualTo(0x55);
    }

    @Test
    void contributingSourcesAreKept() {
        byte[] bytes = Packets.hex("8260 0001 00000002 00000003 00000004 00000005 aa");
        packet.parse(ByteBuffer.wrap(bytes), end.now);
        stream.forward(packet, source(), 100, end.now);
        assertThat(last().csrcCount()).isEqualTo(2);
        assertThat(last().csrc(1)).isEqualTo(5);
        assertThat(last().payloadLength()).isEqualTo(1);
    }

    @Test
    void numbersAndTimestampsGoOnFromSourceToSource() {
        ForwardSource first = source();
        forward(first, 500, 9000);
        RtpPacket one = last();
        forward(first, 501, 12_000);
        assertThat(last().sequenceNumber()).isEqualTo(one.sequenceNumber() + 1);
        assertThat(last().timestamp()).isEqualTo(one.timestamp() + 3000);

        end.now += 40 * Endpoint.MILLI;
        ForwardSource second = source();
        forward(second, 70_000, 5_000_000_000L);
        assertThat(last().sequenceNumber()).isEqualTo(one.sequenceNumber() + 2);
        assertThat(last().timestamp()).as("40 ms later").isEqualTo(one.timestamp() + 3000 + 3600);
        forward(second, 70_001, 5_000_003_000L);
        assertThat(last().sequenceNumber()).isEqualTo(one.sequenceNumber() + 3);
        assertThat(last().timestamp()).isEqualTo(one.timestamp() + 9600);
        assertThat(forward(second, 69_999, 5_000_000_000L))
                .as("before the switch")
                .isFalse();

        end.now += 10 * Endpoint.MILLI;
        stream.send(new byte[5], 0, 5, false, 77, 100, end.now);
        assertThat(last().sequenceNumber()).isEqualTo(one.sequenceNumber() + 4);
        assertThat(last().timestamp()).isEqualTo(one.timestamp() + 9600 + 900);
        forward(first, 600, 99_000);
        assertThat(last().sequenceNumber()).isEqualTo(one.sequenceNumber() + 5);
    }

    @Test
    void whatTheSourceLostStaysAGapAndWhatIsLeftOutIsNone() {
        ForwardSource from = source();
        forward(from, 500, 0);
        int first = last().sequenceNumber();
        forward(from, 503, 0);
        assertThat(last().sequenceNumber()).isEqualTo(first + 3);
        forward(from, 501, 0);
        assertThat(last().sequenceNumber()).as("late").isEqualTo(first + 1);

        stream.omit(packet(9, 504, 0, new byte[1]), from);
        stream.omit(packet(9, 506, 0, new byte[1]), from);
        forward(from, 507, 0);
        assertThat(last().sequenceNumber()).isEqualTo(first + 5);
        forward(from, 505, 0);
        assertThat(last().sequenceNumber()).as("late, between two left out").isEqualTo(first + 4);
        assertThat(forward(from, 506, 0)).as("left out").isFalse();
        forward(from, 502, 0);
        assertThat(last().sequenceNumber()).as("late, before both").isEqualTo(first + 2);
    }

    @Test
    void aJumpOfTheSourceIsNotPassedOn() {
        ForwardSource from = source();
        forward(from, 500, 0);
        int first = last().sequenceNumber();
        forward(from, 50_500, 3000);
        assertThat(last().sequenceNumber()).isEqualTo(first + 1);
        forward(from, 50_501, 3000);
        assertThat(last().sequenceNumber()).isEqualTo(first + 2);
        assertThat(forward(from, 501, 0)).as("from before the jump").isFalse();
    }

    @Test
    void renegotiationChangesIdentifiersAndNeitherNumbersNorTimestamps() {
        ForwardSource from = source();
        forward(from, 500, 0);
        RtpPacket before = last();
        HeaderExtensionMap next = HeaderExtensionMap.builder()
                .put(12, HeaderExtensionType.VIDEO_ORIENTATION)
                .build();
        stream.update(new SendParameters("0", null, 50, 52, FORMATS, next, true));
        end.now += 500 * Endpoint.MILLI;
        forward(from, 501, 3000);
        assertThat(last().sequenceNumber()).isEqualTo(before.sequenceNumber() + 1);
        assertThat(last().timestamp()).isEqualTo(before.timestamp() + 3000);
        assertThat(last().extensionId(0)).isEqualTo(12);
        assertThat(last().extensionCount()).isEqualTo(1);
        nack(last().sequenceNumber());
        assertThat(last().ssrc()).isEqualTo(52);
        assertThatThrownBy(() -> stream.update(new SendParameters("0", null, 99, 52, FORMATS, next, true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void paddingOfTheSourceIsLeftOut() {
        ForwardSource from = source();
        forward(from, 500, 0);
        int first = last().sequenceNumber();
        assertThat(stream.forward(packet(9, 501, 0, new byte[0]), from, 100, end.now))
                .isFalse();
        forward(from, 502, 0);
        assertThat(last().sequenceNumber()).isEqualTo(first + 1);
    }

    @Test
    void aPatchIsSentAndThePayloadPutBack() {
        RtpPacket from = packet(9, 500, 0, Packets.hex("0102030405060708090a"));
        stream.forward(from, source(), 100, 0xf1f2f3f4f5f6f7f8L, 3, end.now);

        RtpPacket sent = last();
        assertThat(Arrays.copyOfRange(sent.array(), sent.payloadOffset(), sent.payloadOffset() + 10))
                .isEqualTo(Packets.hex("f1f2f30405060708090a"));
        assertThat(Arrays.copyOfRange(from.array(), from.payloadOffset(), from.payloadOffset() + 10))
                .isEqualTo(Packets.hex("0102030405060708090a"));
        assertThatThrownBy(() -> stream.forward(from, source(), 100, 0, 9, end.now))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stream.forward(from, source(), 99, end.now))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void nack(int sequence) {
        RtcpWriter nack = new RtcpWriter(100);
        nack.nack(1, 50, sequence & 0xffff);
        byte[] bytes = new byte[nack.size()];
        nack.packet().get(bytes);
        end.takeRtcp(bytes);
        end.turn();
    }

    @Test
    void whatWasForwardedIsSentAgainAsItWasSent() {
        ForwardSource from = source();
        RtpPacket original = packet(9, 500, 9000, Packets.hex("01020304"));
        from.keep(original);
        stream.forward(original, from, 100, 0xff00_0000_0000_0000L, 1, end.now);
        RtpPacket sent = last();
        int timestamp = sent.timestamp();
        int sequence = sent.sequenceNumber();

        nack(sequence);

        RtpPacket again = last();
        assertThat(end.rtp).hasSize(2);
        assertThat(again.ssrc()).isEqualTo(51);
        assertThat(again.payloadType()).isEqualTo(101);
        assertThat(again.timestamp()).isEqualTo(timestamp);
        assertThat(again.marker()).isTrue();
        assertThat(again.extensionLength(3)).isEqualTo(1);
        assertThat(Arrays.copyOfRange(again.array(), again.payloadOffset(), again.payloadOffset() + 6))
                .isEqualTo(new byte[] {(byte) (sequence >>> 8), (byte) sequence, (byte) 0xff, 2, 3, 4});
        assertThat(stream.stats().retransmittedPacketsSent()).isEqualTo(1);
        assertThat(stream.stats().retransmittedBytesSent()).isEqualTo(6);

        nack(sequence);
        assertThat(end.rtp).as("asked for again within a round trip").hasSize(2);
        end.now += 4_000 * Endpoint.MILLI;
        nack(sequence);
        assertThat(end.rtp).as("too old").hasSize(2);
    }

    @Test
    void oneHistoryServesManyReceivers() {
        SendStream other = end.session.addSendStream(new SendParameters("1", null, 60, 61, FORMATS, TO, true));
        PacketHistory history = new PacketHistory();
        ForwardSource from = new ForwardSource(FROM, history);
        for (int i = 0; i < 100; i++) {
            RtpPacket next = packet(9, 500 + i, 0, new byte[] {(byte) i, 7});
            from.keep(next);
            stream.forward(next, from, 100, end.now);
            other.forward(next, from, 100, end.now);
        }
        assertThat(history.allocatedBytes()).as("four chunks of 32 slots").isEqualTo(4 * 32 * 1500);
        int sequence = end.sent(2 * 42).sequenceNumber();
        nack(sequence);
        RtpPacket again = last();
        assertThat(again.array()[again.payloadOffset() + 2]).isEqualTo((byte) 42);
    }

    @Test
    void midIsSentUntilTheReceiverHasReported() {
        forward(source(), 500, 0);
        assertThat(last().hasExtension(4)).isTrue();
        end.takeRtcp("81c90007 00000001 00000032 00000000 00000000 00000000 00000000 00000000");
        forward(source(), 500, 0);
        assertThat(last().hasExtension(4)).isFalse();
    }

    @Test
    void paddingProbesLeaveInTheStreamOfRetransmissions() {
        assertThat(stream.sendPadding(100, end.now)).as("nothing was sent yet").isFalse();
        forward(source(), 500, 0);
        assertThat(stream.sendPadding(100, end.now)).isTrue();
        assertThat(last().ssrc()).isEqualTo(51);
        assertThat(last().payloadLength()).isZero();
        assertThat(last().paddingLength()).isEqualTo(100);
        assertThat(stream.stats().paddingPacketsSent()).isEqualTo(1);
    }

    @Test
    void anSsrcIsSentOnce() {
        assertThatThrownBy(() -> end.session.addSendStream(
                        new SendParameters("1", null, 51, SignalledSsrc.NONE, FORMATS, TO, true)))
                .isInstanceOf(IllegalArgumentException.class);
        end.session.removeSendStream(stream);
        assertThat(end.session.addSendStream(new SendParameters("1", null, 51, 50, FORMATS, TO, true)))
                .isNotNull();
    }

    @Test
    void ownPayloadsCarryTheExtensionsPutBefore() {
        stream.putExtension(HeaderExtensionType.VIDEO_ORIENTATION, new byte[] {2}, 0, 1);
        assertThat(stream.putExtension(HeaderExtensionType.PLAYOUT_DELAY, new byte[3], 0, 3))
                .as("not negotiated")
                .isFalse();
        stream.send(new byte[5], 0, 5, false, 0, 100, end.now);
        assertThat(last().array()[last().extensionOffset(3)]).isEqualTo((byte) 2);
        stream.send(new byte[5], 0, 5, false, 0, 100, end.now);
        assertThat(last().hasExtension(3)).isFalse();

        nack(end.sent(0).sequenceNumber());
        assertThat(last().array()[last().extensionOffset(3)]).isEqualTo((byte) 2);
    }

    @Test
    void aStreamThatIsSentAgainGoesOnWithItsNumbers() {
        ForwardSource from = source();
        forward(from, 500, 9000);
        int before = last().sequenceNumber();
        end.session.removeSendStream(stream);
        SendParameters again = new SendParameters("1", null, 50, 51, FORMATS, TO, true);

        end.session.resumeSendStream(stream, again);
        forward(from, 700, 18_000);

        assertThat(last().sequenceNumber()).isEqualTo(before + 1);
        assertThat(last().array()[last().extensionOffset(4)])
                .as("the receiver may have forgotten it: the mid again")
                .isEqualTo((byte) '1');
        assertThatThrownBy(() -> end.session.resumeSendStream(stream, again))
                .as("it is sent already")
                .isInstanceOf(IllegalArgumentException.class);
        end.session.handleBatchEnd(end.now);
        assertThat(end.rtcp).as("no goodbye for what goes on").isEmpty();
    }
}
