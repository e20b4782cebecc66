package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.rtcp.RtcpWriter;

/** NACK without RTX: the packet itself leaves again, as it left (RFC 4585 section 6.2.1). */
class PlainRetransmissionTest {

    private static final List<PayloadFormat> FORMATS =
            List.of(PayloadFormat.repaired(96, 90_000), PayloadFormat.plain(98, 90_000));

    private final Endpoint end = new Endpoint();
    private final SendStream stream = end.session.addSendStream(
            new SendParameters("v", null, 50, SignalledSsrc.NONE, FORMATS, CallTest.EXTENSIONS, true));

    private int send(int number, int payloadType) {
        byte[] payload = new byte[100];
        Arrays.fill(payload, (byte) number);
        return stream.send(payload, 0, payload.length, true, number * 3_000L, payloadType, end.now);
    }

    private void nack(int sequence) {
        end.now += 20 * Endpoint.MILLI;
        RtcpWriter writer = new RtcpWriter(100);
        writer.nack(1, 50, sequence & 0xffff);
        byte[] request = new byte[writer.size()];
        writer.packet().get(request);
        end.takeRtcp(request);
        end.turn();
    }

    @Test
    void thePacketLeavesAgainByteForByte() {
        int first = send(1, 96);
        int second = send(2, 96);
        send(3, 96);
        nack(second);
        nack(first);

        assertThat(end.repeated).containsExactly(end.leftAsRepeatable.get(1), end.leftAsRepeatable.get(0));
        assertThat(end.rtp).as("nothing is made anew").hasSize(3);
        OutboundStats stats = stream.stats();
        assertThat(stats.packetsSent()).isEqualTo(3);
        assertThat(stats.retransmittedPacketsSent()).isEqualTo(2);
        assertThat(stats.retransmittedBytesSent()).isEqualTo(200);
    }

    @Test
    void aForwardedPacketLeavesAgainWithItsOwnHeaderAndPatch() {
        ForwardSource from = new ForwardSource(CallTest.EXTENSIONS, new PacketHistory());
        byte[] bytes = Packets.hex("8060 01f4 00002328 00000009 010203");
        RtpPacket packet = new RtpPacket();
        assertThat(packet.parse(bytes, 0, bytes.length, end.now)).isNull();
        packet.setUnwrapped(500, 9_000);
        assertThat(stream.forward(packet, from, 96, 0xaa00_0000_0000_0000L, 1, end.now))
                .isTrue();
        nack(end.sent(0).sequenceNumber());

        assertThat(end.repeated).hasSize(1);
        byte[] left = end.repeated.get(0);
        assertThat(left).isEqualTo(end.leftAsRepeatable.get(0));
        assertThat(left[left.length - Endpoint.TAG_BYTES - 3]).isEqualTo((byte) 0xaa);
        assertThat(bytes[bytes.length - 3])
                .as("the source's bytes are put back")
                .isEqualTo((byte) 1);
    }

    @Test
    void itLeavesAgainOnceInHalfARoundTripHoweverOftenItIsAskedFor() {
        int sequence = send(1, 96);
        nack(sequence);
        end.now -= 20 * Endpoint.MILLI;
        nack(sequence);
        assertThat(end.repeated).hasSize(1);
        assertThat(end.session.dropped(RtpDrop.NACK_LIMITED)).isEqualTo(1);
        end.now += 200 * Endpoint.MILLI;
        nack(sequence);
        assertThat(end.repeated).hasSize(2);
    }

    @Test
    void whatWasNeverSentOrIsNotAskedForByNackIsNotThere() {
        int sequence = send(1, 98);
        nack(sequence);
        nack(sequence + 7);
        assertThat(end.leftAsRepeatable).isEmpty();
        assertThat(end.repeated).isEmpty();
        assertThat(end.session.dropped(RtpDrop.NACK_NOT_IN_HISTORY)).isEqualTo(2);
    }

    @Test
    void withRtxThePacketItselfDoesNotLeaveAgain() {
        stream.update(new SendParameters("v", null, 50, 51, CallTest.VIDEO, CallTest.EXTENSIONS, true));
        int sequence = send(1, 96);
        nack(sequence);
        assertThat(end.repeated).isEmpty();
        assertThat(end.rtp).hasSize(2);
        assertThat(end.sent(1).ssrc()).isEqualTo(51);
    }

    @Test
    void reportsCountWhatLeftAgainInTheSameStream() {
        int sequence = send(1, 96);
        nack(sequence);
        end.pass(5_000 * Endpoint.MILLI);
        // The packet count of the sender report (RFC 3550 section 6.4.1).
        assertThat(end.rtcp).anySatisfy(packet -> {
            assertThat(packet[1]).isEqualTo((byte) 200);
            assertThat(packet[23]).isEqualTo((byte) 2);
        });
    }
}
