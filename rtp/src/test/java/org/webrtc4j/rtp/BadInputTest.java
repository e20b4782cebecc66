package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets.Extension;
import org.webrtc4j.rtp.rtcp.RtcpKind;
import org.webrtc4j.rtp.rtcp.RtcpReader;
import org.webrtc4j.rtp.rtcp.RtcpWriter;

/** What a stranger may send: each counted and dropped, nothing thrown, nothing grown. */
class BadInputTest {

    private final Endpoint end = new Endpoint();

    private long dropped(RtpDrop reason) {
        return end.session.dropped(reason);
    }

    private void video() {
        end.receive("v", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
    }

    private void rtp(int sequence) {
        end.take(Packets.rtp(96, sequence, 1000, 10, 20));
    }

    private void assertDropped(RtpDrop reason, String packet) {
        video();
        end.take(Packets.hex(packet));
        assertThat(dropped(reason)).isEqualTo(1);
        assertThat(end.session.drops()).hasSize(1);
        assertThat(end.sequences).isEmpty();
        assertThat(end.session.receivedSsrcs()).isZero();
    }

    @Test
    void fewerThanTwelveBytesAreCountedAndDropped() {
        assertDropped(RtpDrop.SHORT_PACKET, "80600001 00000002 000000");
    }

    @Test
    void aVersionOtherThanTwoIsCountedAndDropped() {
        assertDropped(RtpDrop.BAD_VERSION, "40600001 00000002 0000000a");
    }

    @Test
    void aPayloadTypeInTheRangeOfRtcpIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_PAYLOAD_TYPE, "80c80001 00000002 0000000a");
    }

    @Test
    void contributorsPastTheEndAreCountedAndDropped() {
        assertDropped(RtpDrop.BAD_CSRC, "8f600001 00000002 0000000a 0000000b");
    }

    @Test
    void anExtensionPastTheEndIsCountedAndDropped() {
        assertDropped(RtpDrop.BAD_EXTENSION, "90600001 00000002 0000000a bedeffff");
    }

    @Test
    void paddingOfZeroBytesIsCountedAndDropped() {
        assertDropped(RtpDrop.BAD_PADDING, "a0600001 00000002 0000000a 00");
    }

    @Test
    void morePaddingThanPayloadIsCountedAndDropped() {
        assertDropped(RtpDrop.BAD_PADDING, "a0600001 00000002 0000000a aa03");
    }

    @Test
    void aPacketAboveTheLimitIsCountedAndDropped() {
        assertDropped(RtpDrop.OVERSIZED_PACKET, "80600001 00000002 0000000a" + "00".repeat(1489));
    }

    @Test
    void whatFollowsIdentifier15IsNotRead() {
        video();
        end.take(Packets.rtp(96, false, 1, 2, 10, Extension.oneByte("f0aa 2001 0000"), new byte[9]));
        assertThat(end.sequences).hasSize(1);
        end.now += 1_000 * Endpoint.MILLI;
        end.turn();
        assertThat(end.rtcp)
                .as("no number of the transport to tell of")
                .noneMatch(rtcp -> (rtcp[1] & 0xff) == RtcpKind.TRANSPORT_FEEDBACK.type());
    }

    @Test
    void elementsPastTheEndOfTheirExtensionAreCountedAndThePacketIsUsed() {
        video();
        end.take(Packets.rtp(96, false, 1, 2, 10, Extension.oneByte("1fff0000"), new byte[9]));

        assertThat(dropped(RtpDrop.BAD_EXTENSION_ELEMENT)).isEqualTo(1);
        assertThat(end.sequences).hasSize(1);
    }

    @Test
    void unknownPayloadTypesAreCounted() {
        video();
        end.take(Packets.rtp(100, 1, 1000, 10, 20));
        end.take(Packets.rtp(100, 1, 1000, 99, 20));

        assertThat(dropped(RtpDrop.UNKNOWN_PAYLOAD_TYPE)).isEqualTo(2);
    }

    @Test
    void aFloodOfSsrcsIsHeldToTheLimit() {
        Endpoint small = new Endpoint(RtpSessionOptions.defaults("end").withMaxReceiveStreams(50));
        small.receive("v", CallTest.VIDEO);
        for (int i = 0; i < 5_000; i++) {
            small.take(Packets.rtp(96, 1, 1000, i, 20));
        }
        assertThat(small.session.receivedSsrcs()).isEqualTo(50);
        assertThat(small.session.dropped(RtpDrop.TOO_MANY_SSRCS)).isEqualTo(4_950);
        assertThat(small.session.dropped(RtpDrop.PROBATION)).isEqualTo(50);

        small.now += 31_000 * Endpoint.MILLI;
        small.take(Packets.rtp(96, 1, 1000, 77_777, 20));
        assertThat(small.session.receivedSsrcs()).as("a silent one made room").isEqualTo(50);
        assertThat(small.session.dropped(RtpDrop.TOO_MANY_SSRCS)).isEqualTo(4_950);
    }

    @Test
    void aJumpIsTakenWhenTheNextPacketConfirmsIt() {
        video();
        for (int jump : new int[] {3001, 1 << 15, 50_000}) {
            int before = end.sequences.size();
            long drops = dropped(RtpDrop.SEQUENCE_JUMP) + dropped(RtpDrop.TOO_OLD);
            int base = before == 0 ? 100 : (int) (long) end.sequences.get(before - 1) + 1;
            rtp(base);
            rtp(base + jump);
            rtp(base + 1);
            rtp(base + 1 + jump);
            rtp(base + 2 + jump);

            assertThat(dropped(RtpDrop.SEQUENCE_JUMP) + dropped(RtpDrop.TOO_OLD))
                    .isEqualTo(drops + 2);
            assertThat(end.sequences).hasSize(before + 3);
            assertThat(end.sequences.get(before + 2)).isGreaterThan(end.sequences.get(before + 1));
        }
        end.turn();
        assertThat(end.rtcp)
                .as("a key frame is asked for, and nothing that was jumped over")
                .hasSize(1);
        RtcpReader reader = new RtcpReader().reset(end.rtcp.get(0), 0, end.rtcp.get(0).length);
        assertThat(reader.next()).isTrue();
        assertThat(reader.kind()).isEqualTo(RtcpKind.PICTURE_LOSS);
    }

    @Test
    void timestampsMayGoBackwards() {
        video();
        for (long timestamp : new long[] {1000, 500, 0xffff_fff0L, 10, 0x8000_0000L, 0}) {
            end.take(Packets.rtp(96, end.sequences.size() + 1, timestamp, 10, 20));
        }
        assertThat(end.sequences).hasSize(6);
    }

    @Test
    void aReplayIsADuplicateAndWhatIsFarBehindIsTooOld() {
        video();
        for (int i = 0; i < 9_000; i++) {
            rtp(i);
        }
        rtp(8_999);
        rtp(8_999 - 4_000);
        rtp(8_999 - 5_000);

        assertThat(dropped(RtpDrop.DUPLICATE)).isEqualTo(2);
        assertThat(dropped(RtpDrop.TOO_OLD)).isEqualTo(1);
        assertThat(end.sequences).hasSize(9_000);
    }

    @Test
    void anSsrcDoesNotMoveBetweenSectionsWithEveryPacket() {
        end.receive("v", CallTest.VIDEO);
        end.receive("w", CallTest.VIDEO);
        for (int i = 0; i < 100; i++) {
            String mid = i % 2 == 0 ? "1076 0000" : "1077 0000";
            end.take(Packets.rtp(96, false, i, 2, 10, Extension.oneByte(mid), new byte[9]));
            end.now += 20 * Endpoint.MILLI;
        }
        assertThat(end.events).hasSizeLessThanOrEqualTo(3);
        assertThat(end.sequences).hasSize(100);
    }

    @Test
    void aNameOfASimulcastDoesNotMoveBetweenSsrcsWithEveryPacket() {
        end.session.addReceiveSection(new ReceiveParameters("v", CallTest.VIDEO, List.of(), List.of("hi", "lo"), true));
        for (int i = 0; i < 200; i++) {
            end.take(Packets.rtp(96, false, i, 2, 10 + i % 2, Extension.oneByte("1076 a16869 000000"), new byte[9]));
            end.now += 10 * Endpoint.MILLI;
        }
        assertThat(end.events).hasSizeBetween(2, 4);
        assertThat(end.session.receivedSsrcs()).isEqualTo(1);
        assertThat(dropped(RtpDrop.RID_TAKEN)).isBetween(90L, 100L);
    }

    @Test
    void anSsrcThatChangesItsNameKeepsItsStream() {
        ReceiveSection section = end.session.addReceiveSection(
                new ReceiveParameters("v", CallTest.VIDEO, List.of(), List.of("hi", "lo"), true));
        for (int i = 0; i < 100; i++) {
            String name = i % 2 == 0 ? "a16869" : "a16c6f";
            end.take(Packets.rtp(96, false, i, 2, 10, Extension.oneByte("1076 " + name + " 000000"), new byte[9]));
        }
        assertThat(section.streams()).extracting(ReceiveStream::rid).containsExactly("hi");
        assertThat(end.events).hasSize(1);
    }

    @Test
    void aRetransmissionOfAPayloadTypeThatIsNotReceivedIsCountedAndDropped() {
        end.receive(
                "v",
                List.of(PayloadFormat.repaired(96, 90_000), PayloadFormat.rtx(97, 90_000, 99)),
                new SignalledSsrc(10, 11, null));
        rtp(100);
        end.take(Packets.rtp(97, false, 1, 1000, 11, null, Packets.hex("0065 aabb")));
        assertThat(dropped(RtpDrop.RTX_UNASSOCIATED)).isEqualTo(1);
        assertThat(end.sequences).hasSize(1);
    }

    @Test
    void retransmissionsThatMakeNoSenseAreCounted() {
        video();
        end.take(Packets.rtp(97, 1, 1000, 11, 20));
        assertThat(dropped(RtpDrop.RTX_UNASSOCIATED)).as("before its stream").isEqualTo(1);
        rtp(100);
        end.take(Packets.rtp(97, 2, 1000, 11, 1));
        assertThat(dropped(RtpDrop.RTX_TOO_SHORT)).isEqualTo(1);
        end.take(Packets.rtp(97, 3, 1000, 11, 0));
        assertThat(dropped(RtpDrop.RTX_TOO_SHORT)).as("padding probes").isEqualTo(1);
        end.take(Packets.rtp(97, false, 4, 1000, 11, null, Packets.hex("7000 aabb")));
        assertThat(dropped(RtpDrop.RTX_OUT_OF_WINDOW)).isEqualTo(1);
        end.take(Packets.rtp(97, false, 5, 1000, 11, null, Packets.hex("0064 aabb")));
        assertThat(dropped(RtpDrop.DUPLICATE)).as("of what came").isEqualTo(1);
        end.take(Packets.rtp(97, 6, 1000, 10, 20));
        assertThat(dropped(RtpDrop.RTX_UNASSOCIATED)).as("in the stream itself").isEqualTo(2);
        end.take(Packets.rtp(96, 7, 1000, 11, 20));
        assertThat(dropped(RtpDrop.RTX_UNASSOCIATED))
                .as("no retransmission in its stream")
                .isEqualTo(3);
        assertThat(end.sequences).hasSize(1);
    }

    @Test
    void aTapMayKeepAPacket() {
        ReceiveSection section = end.session.addReceiveSection(
                new ReceiveParameters("v", CallTest.VIDEO, List.of(new SignalledSsrc(10, -1, null)), List.of(), true));
        section.addTap((stream, packet) -> false);
        section.addTap((stream, packet) -> {
            throw new AssertionError("not reached");
        });
        rtp(1);
        assertThat(dropped(RtpDrop.REFUSED_BY_TAP)).isEqualTo(1);
    }

    private int lastSequence;

    private SendStream sending(int packets) {
        SendStream stream = end.session.addSendStream(
                new SendParameters("v", null, 20, 21, CallTest.VIDEO, CallTest.EXTENSIONS, true));
        for (int i = 0; i < packets; i++) {
            lastSequence = stream.send(new byte[1000], 0, 1000, false, i * 3000L, 96, end.now);
        }
        end.turn();
        end.rtp.clear();
        return stream;
    }

    @Test
    void aStormOfRequestsIsNotMultiplied() {
        SendStream stream = sending(1000);
        int last = lastSequence;
        RtcpWriter storm = new RtcpWriter(1400);
        storm.nack(1, 20, last - 900);
        for (int i = -899; i <= 0; i++) {
            storm.nackNext((last + i) & 0xffff);
        }
        byte[] datagram = new byte[storm.size()];
        storm.packet().get(datagram);
        for (int i = 0; i < 1_000; i++) {
            end.takeRtcp(datagram);
            end.now += Endpoint.MILLI / 10;
            end.turn();
        }
        long resent = end.rtp.stream().mapToLong(packet -> packet.length).sum();
        assertThat(resent).as("what was saved up of the media").isBetween(50_000L, 70_000L);
        assertThat(dropped(RtpDrop.NACK_LIMITED)).isPositive();
        assertThat(stream.stats().retransmittedPacketsSent()).isEqualTo(end.rtp.size());
    }

    @Test
    void requestsForWhatIsGoneOrNeverWasAreCounted() {
        sending(1000);
        int last = lastSequence;
        for (int back : new int[] {999, 600, -1, -500, 20_000}) {
            RtcpWriter nack = new RtcpWriter(100);
            nack.nack(1, 20, (last - back) & 0xffff);
            byte[] bytes = new byte[nack.size()];
            nack.packet().get(bytes);
            end.takeRtcp(bytes);
        }
        end.turn();
        assertThat(dropped(RtpDrop.NACK_NOT_IN_HISTORY)).isEqualTo(5);
        assertThat(end.rtp).isEmpty();
    }

    @Test
    void aFullIntraRequestRepeatedIsTheSameRequest() {
        SendStream stream = sending(1);
        for (int number : new int[] {7, 7, 7, 8}) {
            end.takeRtcp("84ce0004 00000001 00000000 00000014 0" + number + "000000");
            end.turn();
            end.now += 300 * Endpoint.MILLI;
        }
        assertThat(stream.stats().firCount()).isEqualTo(2);
        assertThat(dropped(RtpDrop.KEY_FRAME_REQUEST_REPEATED)).isEqualTo(2);
        assertThat(end.events)
                .containsExactly(new RtpEvent.KeyFrameRequested(stream), new RtpEvent.KeyFrameRequested(stream));
    }

    @Test
    void anythingAtAllIsTakenWithoutAnException() {
        video();
        sending(50);
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = (byte) (0x80 | (bytes[0] & 0x3f));
                if (random.nextBoolean()) {
                    bytes[1] = (byte) (200 + random.nextInt(8));
                    end.takeRtcp(bytes);
                } else {
                    end.take(bytes);
                }
            }
            end.now += random.nextInt(1000) * 1000L;
            end.turn();
            end.rtp.clear();
            end.rtcp.clear();
            end.events.clear();
        }
        assertThat(end.session.drops()).hasSizeGreaterThan(8);
    }
}
