package org.webrtc4j.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets;
import org.webrtc4j.rtp.RtpDrop;

/** RTCP written and read: RFC 3550, 4585, 5104, 3611, 8888, REMB. */
class RtcpTest {

    private final RtcpWriter writer = new RtcpWriter(1200);
    private final RtcpReader reader = new RtcpReader();

    private void read(String hex) {
        byte[] bytes = Packets.hex(hex);
        reader.reset(bytes, 0, bytes.length);
    }

    private byte[] written() {
        byte[] bytes = new byte[writer.size()];
        writer.packet().get(bytes);
        return bytes;
    }

    private void readWritten() {
        reader.reset(writer.packet());
    }

    private void expect(RtcpKind kind) {
        assertThat(reader.next()).isTrue();
        assertThat(reader.kind()).isEqualTo(kind);
        assertThat(reader.problem()).isNull();
    }

    @Test
    void aCompoundIsReadPacketByPacket() {
        assertThat(writer.senderReport(1, 0x1122_3344_5566_7788L, 9, 10, 11)).isTrue();
        assertThat(writer.reportBlock(2, 128, -1, 0x1_ffffL, 77, 0xabcd, 65_536))
                .isTrue();
        assertThat(writer.reportBlock(3, 255, 0x100_0000, 5, 6, 7, 8)).isTrue();
        writer.sourceDescription(1, SourceDescriptionReader.CNAME, "name".getBytes(StandardCharsets.UTF_8));
        writer.bye(1);
        readWritten();

        expect(RtcpKind.SENDER_REPORT);
        assertThat(reader.senderSsrc()).isEqualTo(1);
        assertThat(reader.ntp()).isEqualTo(0x1122_3344_5566_7788L);
        assertThat(reader.rtpTimestamp()).isEqualTo(9);
        assertThat(reader.packetCount()).isEqualTo(10);
        assertThat(reader.octetCount()).isEqualTo(11);
        assertThat(reader.count()).isEqualTo(2);
        assertThat(reader.reportSsrc(0)).isEqualTo(2);
        assertThat(reader.fractionLost(0)).isEqualTo(128);
        assertThat(reader.cumulativeLost(0)).isEqualTo(-1);
        assertThat(reader.extendedHighestSequence(0)).isEqualTo(0x1_ffff);
        assertThat(reader.jitter(0)).isEqualTo(77);
        assertThat(reader.lastSenderReport(0)).isEqualTo(0xabcd);
        assertThat(reader.delaySinceLastSenderReport(0)).isEqualTo(65_536);
        assertThat(reader.cumulativeLost(1)).as("clamped").isEqualTo(0x7f_ffff);
        expect(RtcpKind.SOURCE_DESCRIPTION);
        SourceDescriptionReader items = new SourceDescriptionReader().reset(reader);
        assertThat(items.next()).isTrue();
        assertThat(items.ssrc()).isEqualTo(1);
        assertThat(items.itemType()).isEqualTo(1);
        assertThat(new String(items.array(), items.itemOffset(), items.itemLength(), StandardCharsets.UTF_8))
                .isEqualTo("name");
        assertThat(items.next()).isFalse();
        assertThat(items.failed()).isFalse();
        expect(RtcpKind.BYE);
        assertThat(reader.byeSsrc(0)).isEqualTo(1);
        assertThat(reader.next()).isFalse();
        assertThat(reader.malformed()).isFalse();
        assertThatThrownBy(() -> reader.byeSsrc(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aNameWhoseItemFillsItsWordIsEndedByAWordOfZeros() {
        for (int length = 0; length < 9; length++) {
            writer.clear().sourceDescription(1, 1, "a".repeat(length).getBytes(StandardCharsets.UTF_8));
            assertThat(writer.size() % 4).isZero();
            readWritten();
            expect(RtcpKind.SOURCE_DESCRIPTION);
            SourceDescriptionReader items = new SourceDescriptionReader().reset(reader);
            assertThat(items.next()).isTrue();
            assertThat(items.itemLength()).isEqualTo(length);
            assertThat(items.next()).isFalse();
            assertThat(items.failed()).isFalse();
        }
    }

    @Test
    void lostPacketsWithinSeventeenShareAnEntry() {
        writer.nack(1, 2, 0xfffe);
        writer.nackNext(0xffff);
        writer.nackNext(14);
        writer.nackNext(15);
        assertThat(written()).isEqualTo(Packets.hex("81cd0004 00000001 00000002 fffe8001 000f0000"));
        readWritten();

        expect(RtcpKind.NACK);
        assertThat(reader.senderSsrc()).isEqualTo(1);
        assertThat(reader.mediaSsrc()).isEqualTo(2);
        assertThat(reader.entryCount()).isEqualTo(2);
        assertThat(reader.nackPacketId(0)).isEqualTo(0xfffe);
        assertThat(reader.nackBitmask(0)).isEqualTo(0x8001);
        assertThat(reader.nackPacketId(1)).isEqualTo(15);
    }

    @Test
    void keyFrameRequestsNameTheirStream() {
        writer.pictureLoss(1, 2);
        writer.fullIntraRequest(1, 3, 200);
        assertThat(written())
                .isEqualTo(Packets.hex("81ce0002 00000001 00000002" + "84ce0004 00000001 00000000 00000003 c8000000"));
        readWritten();

        expect(RtcpKind.PICTURE_LOSS);
        assertThat(reader.mediaSsrc()).isEqualTo(2);
        expect(RtcpKind.FULL_INTRA_REQUEST);
        assertThat(reader.entrySsrc(0)).isEqualTo(3);
        assertThat(reader.firSequence(0)).isEqualTo(200);
    }

    @Test
    void aBitRateHasEighteenBitsOfPrecision() {
        writer.receiverEstimatedBitrate(1, 262_143, 7, 8);
        writer.receiverEstimatedBitrate(1, 10_000_001);
        writer.receiverEstimatedBitrate(1, Long.MAX_VALUE);
        readWritten();

        expect(RtcpKind.RECEIVER_ESTIMATED_BITRATE);
        assertThat(reader.rembBitrate()).isEqualTo(262_143);
        assertThat(reader.rembSsrcCount()).isEqualTo(2);
        assertThat(reader.rembSsrc(1)).isEqualTo(8);
        expect(RtcpKind.RECEIVER_ESTIMATED_BITRATE);
        assertThat(reader.rembBitrate()).isEqualTo(10_000_001 >> 6 << 6);
        expect(RtcpKind.RECEIVER_ESTIMATED_BITRATE);
        assertThat(reader.rembBitrate()).isGreaterThan(Long.MAX_VALUE / 2);
    }

    @Test
    void aBitRateOf81BitsIsHeldToWhatALongCanSay() {
        read("8fce0004 00000001 00000000 52454d42 00ffffff");
        expect(RtcpKind.RECEIVER_ESTIMATED_BITRATE);
        assertThat(reader.rembBitrate()).isEqualTo(Long.MAX_VALUE);

        read("83cd0004 00000001 00000000 00000002 fffffe05");
        expect(RtcpKind.TMMBR);
        assertThat(reader.entrySsrc(0)).isEqualTo(2);
        assertThat(reader.maximumBitrate(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(reader.packetOverhead(0)).isEqualTo(5);

        read("84cd0002 00000001 00000000");
        expect(RtcpKind.TMMBN);
        assertThat(reader.entryCount()).isZero();
    }

    @Test
    void extendedReportsHaveBlocksAndUnknownOnesAreSkipped() {
        writer.referenceTime(1, 0x0102_0304_0506_0708L);
        writer.delaySinceReferenceTime(1, 2, 3, 4);
        writer.targetBitrate(1, 0, 1, 500);
        writer.targetBitrateNext(2, 0, 1_500);
        readWritten();
        ExtendedReportReader blocks = new ExtendedReportReader();

        expect(RtcpKind.EXTENDED_REPORT);
        blocks.reset(reader);
        assertThat(blocks.next()).isTrue();
        assertThat(blocks.blockType()).isEqualTo(ExtendedReportReader.REFERENCE_TIME);
        assertThat(blocks.referenceTime()).isEqualTo(0x0102_0304_0506_0708L);
        assertThat(blocks.next()).isFalse();
        expect(RtcpKind.EXTENDED_REPORT);
        blocks.reset(reader);
        assertThat(blocks.next()).isTrue();
        assertThat(blocks.entryCount()).isEqualTo(1);
        assertThat(blocks.delaySsrc(0)).isEqualTo(2);
        assertThat(blocks.lastReferenceTime(0)).isEqualTo(3);
        assertThat(blocks.delay(0)).isEqualTo(4);
        expect(RtcpKind.EXTENDED_REPORT);
        blocks.reset(reader);
        assertThat(blocks.next()).isTrue();
        assertThat(blocks.entryCount()).isEqualTo(2);
        assertThat(blocks.targetTemporalLayer(0)).isEqualTo(1);
        assertThat(blocks.targetSpatialLayer(1)).isEqualTo(2);
        assertThat(blocks.targetKbps(1)).isEqualTo(1_500);

        read("80cf0006 00000001 63000001 aaaaaaaa 04000002 0000000000000001");
        expect(RtcpKind.EXTENDED_REPORT);
        blocks.reset(reader);
        assertThat(blocks.next()).isTrue();
        assertThat(blocks.blockType()).isEqualTo(ExtendedReportReader.REFERENCE_TIME);
    }

    @Test
    void blocksThatLieAboutTheirLengthEndTheReport() {
        ExtendedReportReader blocks = new ExtendedReportReader();
        for (String lie : new String[] {
            "80cf0003 00000001 04000002 00000000", // past the end
            "80cf0003 00000001 04000001 00000000", // too short for a reference time
            "80cf0003 00000001 05000001 00000000", // not whole entries
        }) {
            read(lie);
            expect(RtcpKind.EXTENDED_REPORT);
            blocks.reset(reader);
            assertThat(blocks.next()).isFalse();
            assertThat(blocks.failed()).isTrue();
        }
    }

    @Test
    void congestionFeedbackHasRunsOfPacketsPerStream() {
        writer.congestionFeedback(1, 0x55667788);
        writer.congestionStream(2, 0xffff);
        writer.congestionReport(true, 1, 100);
        writer.congestionReport(false, 0, 0);
        writer.congestionReport(true, 0, 9_000);
        writer.congestionStream(3, 5);
        writer.congestionReport(true, 3, -1);
        assertThat(written())
                .isEqualTo(Packets.hex("8bcd0009 00000001 00000002 ffff0003 a0640000 9ffe0000"
                        + "00000003 00050001 ffff0000 55667788"));
        readWritten();

        expect(RtcpKind.CONGESTION_FEEDBACK);
        CongestionFeedbackReader feedback = new CongestionFeedbackReader().reset(reader);
        assertThat(feedback.timestamp()).isEqualTo(0x55667788);
        assertThat(feedback.nextStream()).isTrue();
        assertThat(feedback.ssrc()).isEqualTo(2);
        assertThat(feedback.reportCount()).isEqualTo(3);
        assertThat(feedback.next()).isTrue();
        assertThat(feedback.sequenceNumber()).isEqualTo(0xffff);
        assertThat(feedback.received()).isTrue();
        assertThat(feedback.ecn()).isEqualTo(1);
        assertThat(feedback.arrivalOffset()).isEqualTo(100);
        assertThat(feedback.next()).isTrue();
        assertThat(feedback.sequenceNumber()).isZero();
        assertThat(feedback.received()).isFalse();
        assertThat(feedback.next()).isTrue();
        assertThat(feedback.arrivalOffset()).isEqualTo(CongestionFeedbackReader.OFFSET_TOO_LARGE);
        assertThat(feedback.next()).isFalse();
        assertThat(feedback.nextStream()).isTrue();
        assertThat(feedback.next()).isTrue();
        assertThat(feedback.arrivalOffset()).isEqualTo(CongestionFeedbackReader.OFFSET_UNAVAILABLE);
        assertThat(feedback.nextStream()).isFalse();
        assertThat(feedback.failed()).isFalse();
    }

    @Test
    void congestionFeedbackThatClaimsMoreReportsThanItHasFails() {
        read("8bcd0004 00000001 00000002 00004000 55667788");
        expect(RtcpKind.CONGESTION_FEEDBACK);
        CongestionFeedbackReader feedback = new CongestionFeedbackReader().reset(reader);
        assertThat(feedback.nextStream()).isFalse();
        assertThat(feedback.failed()).isTrue();
        assertThat(feedback.next()).isFalse();
    }

    @Test
    void applicationPacketsCarryAnyData() {
        writer.application(1, 9, 0x6e616d65, Packets.hex("01020304"));
        readWritten();
        expect(RtcpKind.APPLICATION);
        assertThat(reader.count()).isEqualTo(9);
        assertThat(reader.applicationName()).isEqualTo(0x6e616d65);
        assertThat(reader.applicationDataLength()).isEqualTo(4);
        assertThat(reader.applicationData(3)).isEqualTo(4);
        assertThatThrownBy(() -> reader.applicationData(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> writer.application(1, 9, 0, new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }

    private void malformed(String hex) {
        read(hex);
        while (reader.next()) {
            assertThat(reader.problem()).isNotNull();
        }
        assertThat(reader.malformed()).isTrue();
    }

    @Test
    void lengthsPastTheEndAreMalformed() {
        malformed("80c9");
        malformed("80c90002 00000001");
        malformed("80c9ffff 00000001");
        malformed("40c90001 00000001");
        malformed("a0c90001 00000000");
        malformed("a0c90001 00000005");
        malformed("a0c90000");
    }

    private void problem(String hex, RtpDrop expected) {
        read(hex);
        assertThat(reader.next()).isTrue();
        assertThat(reader.problem()).isEqualTo(expected);
    }

    @Test
    void countsAboveTheBodyAreAProblem() {
        problem("81c90001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("9fc80006 00000001 00000001 00000001 00000001 00000001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("80c90000", RtpDrop.RTCP_BAD_COUNT);
        problem("82cb0001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("9fca0001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("80cc0001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("81cd0002 00000001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("84ce0003 00000001 00000001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("81ce0001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("8fcd0003 00000001 00000001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("8bcd0001 00000001", RtpDrop.RTCP_BAD_COUNT);
        problem("8fce0004 00000001 00000000 52454d42 01000000", RtpDrop.RTCP_BAD_COUNT);
        problem("80cf0000", RtpDrop.RTCP_BAD_COUNT);
    }

    @Test
    void whatIsNotKnownIsSkippedByItsLength() {
        problem("80d00001 00000001", RtpDrop.RTCP_UNKNOWN_TYPE);
        problem("82cd0002 00000001 00000001", RtpDrop.RTCP_UNKNOWN_TYPE);
        problem("8fce0004 00000001 00000000 41424344 00000000", RtpDrop.RTCP_UNKNOWN_TYPE);
        read("80d00001 00000001 80c90001 00000001");
        assertThat(reader.next()).isTrue();
        expect(RtcpKind.RECEIVER_REPORT);
    }

    @Test
    void itemsWithoutAnEndFail() {
        SourceDescriptionReader items = new SourceDescriptionReader();
        for (String endless :
                new String[] {"81ca0002 00000001 01026161", "81ca0002 00000001 01ff6161", "81ca0001 00000001"}) {
            read(endless);
            expect(RtcpKind.SOURCE_DESCRIPTION);
            items.reset(reader);
            while (items.next()) {
                assertThat(items.itemLength()).isEqualTo(2);
            }
            assertThat(items.failed()).isTrue();
        }
    }

    @Test
    void whatDoesNotFitIsNotWritten() {
        RtcpWriter small = new RtcpWriter(32);
        assertThat(small.receiverReport(1)).isTrue();
        assertThat(small.reportBlock(1, 0, 0, 0, 0, 0, 0)).isTrue();
        assertThat(small.reportBlock(2, 0, 0, 0, 0, 0, 0)).isFalse();
        assertThat(small.bye(1)).isFalse();
        assertThat(small.size()).isEqualTo(32);
        assertThat(small.packet().get(0)).as("one block").isEqualTo((byte) 0x81);
        assertThat(small.clear().remaining()).isEqualTo(32);
    }

    @Test
    void aReportHasAtMost31Blocks() {
        writer.receiverReport(1);
        for (int i = 0; i < 31; i++) {
            assertThat(writer.reportBlock(i, 0, 0, 0, 0, 0, 0)).isTrue();
        }
        assertThat(writer.reportBlock(31, 0, 0, 0, 0, 0, 0)).isFalse();
        assertThat(writer.receiverReport(1)).isTrue();
        assertThat(writer.reportBlock(31, 0, 0, 0, 0, 0, 0)).isTrue();
    }

    /** libwebrtc takes a run of no packets at the end for a fault of everything before it. */
    @Test
    void congestionFeedbackBeginsNoStreamForWhichThereIsNoRoom() {
        for (int size = 100; size < 140; size++) {
            RtcpWriter writer = new RtcpWriter(size);
            assertThat(writer.congestionFeedback(1, 2)).isTrue();
            int streams = 0;
            while (writer.congestionStream(streams, 7)) {
                streams++;
                assertThat(writer.congestionReport(true, 0, 1)).isTrue();
            }
            assertThat(streams).isBetween(6, 10);
        }
    }
}
