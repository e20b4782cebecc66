package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RTCP that a stranger may send: each counted and dropped, nothing thrown, nothing grown. */
class BadRtcpTest {

    private final Endpoint end = new Endpoint();

    private long dropped(RtpDrop reason) {
        return end.session.dropped(reason);
    }

    private void assertDropped(RtpDrop reason, String... datagrams) {
        for (String datagram : datagrams) {
            end.takeRtcp(datagram);
        }
        end.turn();
        assertThat(dropped(reason)).isEqualTo(datagrams.length);
        assertThat(end.session.drops()).hasSize(1);
        assertThat(end.events).isEmpty();
        assertThat(end.rtcp).isEmpty();
        assertThat(end.rtp).isEmpty();
    }

    @Test
    void lessThanAHeaderIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_SHORT, "", "80", "80c9", "80c900");
    }

    @Test
    void aLengthPastTheEndIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_MALFORMED, "80c90002 00000001", "80c9ffff 00000001");
    }

    @Test
    void whatFollowsTheLastPacketIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_MALFORMED, "80c90001 00000001 00");
    }

    @Test
    void aVersionOtherThanTwoIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_MALFORMED, "40c90001 00000001");
    }

    @Test
    void impossiblePaddingIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_MALFORMED, "a0c90001 00000000", "a0c90001 000000ff", "a0c90000");
    }

    @Test
    void aLengthOfZeroIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_BAD_COUNT, "80c90000", "80c80000", "81cd0000", "81ce0000", "8fcd0000", "80cc0000");
    }

    @Test
    void aCountAboveTheBodyIsCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_BAD_COUNT, "9fc90001 00000001", "9fcb0001 00000001", "81c80006" + "00".repeat(24));
    }

    @Test
    void itemsWithoutAnEndAreCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_BAD_COUNT, "81ca0002 00000001 01ff6161", "81ca0002 00000001 01020000");
    }

    @Test
    void moreChunksThanThereIsRoomForAreCountedAndDropped() {
        assertDropped(RtpDrop.RTCP_BAD_COUNT, "9fca0002 00000001 00000000", "82ca0003 00000001 01000000 00000002");
    }

    @Test
    void ofAThousandChunksNoMoreThanTheirCountAreRead() {
        end.receive("v", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
        end.take(Packets.rtp(96, 1, 1000, 10, 20));
        ReceiveStream stream = ((RtpEvent.StreamAdded) end.events.get(0)).stream();
        end.takeRtcp("9fca07d0" + "0000000b 00000000".repeat(999) + "0000000a 01016100");
        assertThat(stream.cname()).as("it was the last").isNull();
    }

    @Test
    void extendedReportsWhoseBlocksLieAboutTheirLengthAreCountedAndDropped() {
        assertDropped(
                RtpDrop.RTCP_BAD_COUNT,
                "80cf0003 00000001 04000002 00000000",
                "80cf0003 00000001 0400ffff 00000000",
                "80cf0003 00000001 04000001 00000000",
                "80cf0003 00000001 05000001 00000000",
                "80cf0005 00000001 63000001 04000002 05000003 00000000");
    }

    @Test
    void congestionFeedbackThatClaims16384ReportsIsCountedAndDropped() {
        assertDropped(
                RtpDrop.RTCP_BAD_COUNT,
                "8bcd0004 00000001 00000002 00004000 55667788",
                "8bcd0004 00000001 00000002 0000ffff 55667788",
                "8bcd0104 00000001 00000002 00004000" + "8001".repeat(512) + "55667788");
    }

    @Test
    void transportFeedbackOf65535StatusesWithoutDeltasIsCountedAndDropped() {
        assertDropped(RtpDrop.BAD_TRANSPORT_FEEDBACK, "8fcd0004 00000001 00000002 0000ffff 00000000");
    }

    @Test
    void transportFeedbackOfAThousandChunksWithoutDeltasIsCountedAndDropped() {
        int chunks = 1_000;
        assertDropped(
                RtpDrop.BAD_TRANSPORT_FEEDBACK,
                "8fcd%04x 00000001 00000002 0000 1b58 000000 00".formatted(4 + chunks / 2) + "bfff".repeat(chunks));
    }

    @Test
    void transportFeedbackOfPacketsNeverSentIsCountedAndDropped() {
        assertDropped(RtpDrop.BAD_TRANSPORT_FEEDBACK, "8fcd0005 00000001 00000002 7000 0003 000000 00 0003 0000");
    }

    @Test
    void aTypeThatIsNotKnownIsCountedAndSkipped() {
        assertDropped(RtpDrop.RTCP_UNKNOWN_TYPE, "80dc0001 00000001", "9fcd0002 00000001 00000002");
    }

    @Test
    void aHugeApplicationPacketIsLeftToItsTap() {
        byte[] huge = new byte[65_536];
        System.arraycopy(Packets.hex("80cc3fff 00000001 61626364"), 0, huge, 0, 12);
        end.takeRtcp(huge);
        assertThat(end.session.drops()).isEmpty();
        assertThat(end.events).isEmpty();
        end.takeRtcp("80ccffff 00000001 61626364");
        assertThat(dropped(RtpDrop.RTCP_MALFORMED)).isEqualTo(1);
    }

    @Test
    void goodbyesOfOthersAreCountedAndDropped() {
        assertDropped(RtpDrop.REPORT_UNKNOWN_SSRC, "81cb0001 000000aa");
    }

    @Test
    void aDatagramOfManyRtcpPacketsIsReadToTheLimit() {
        byte[] many = new byte[4 * 300];
        for (int i = 0; i < 300; i++) {
            System.arraycopy(Packets.hex("80cb0000"), 0, many, 4 * i, 4);
        }
        end.takeRtcp(many);
        assertThat(dropped(RtpDrop.RTCP_TOO_MANY)).isEqualTo(1);
    }

    @Test
    void withoutReducedSizeRtcpBeginsWithAReport() {
        Endpoint strict = new Endpoint(RtpSessionOptions.defaults("end").withReducedSize(false));
        strict.takeRtcp("81ce0002 00000001 00000002");
        assertThat(strict.session.dropped(RtpDrop.RTCP_NOT_COMPOUND)).isEqualTo(1);
        strict.takeRtcp("80c90001 00000001 81ce0002 00000001 00000002");
        assertThat(strict.session.dropped(RtpDrop.RTCP_NOT_COMPOUND)).isEqualTo(1);
        assertThat(strict.session.dropped(RtpDrop.FEEDBACK_UNKNOWN_SSRC)).isEqualTo(1);
        strict.session.setReducedSize(true);
        strict.takeRtcp("81ce0002 00000001 00000002");
        assertThat(strict.session.dropped(RtpDrop.RTCP_NOT_COMPOUND))
                .as("negotiated meanwhile")
                .isEqualTo(1);
        assertThat(strict.session.dropped(RtpDrop.FEEDBACK_UNKNOWN_SSRC)).isEqualTo(2);
    }

    @Test
    void whatIsSaidOfOthersStreamsIsCounted() {
        end.takeRtcp("81cb0001 000000aa");
        end.takeRtcp("81c90007 00000001 000000aa 00000000 00000000 00000000 00000000 00000000");
        end.takeRtcp("80c80006 00000001 00000000 00000000 00000000 00000000 00000000");
        assertThat(dropped(RtpDrop.REPORT_UNKNOWN_SSRC)).isEqualTo(3);
        end.takeRtcp("81cd0003 00000001 000000aa 00010000");
        end.takeRtcp("81ce0002 00000001 000000aa");
        end.takeRtcp("84ce0004 00000001 00000000 000000aa 01000000");
        assertThat(dropped(RtpDrop.FEEDBACK_UNKNOWN_SSRC)).isEqualTo(3);
    }

    @Test
    void aBitRateOf81BitsIsTold() {
        end.takeRtcp("8fce0004 00000001 00000000 52454d42 00ffffff");
        assertThat(end.events).containsExactly(new RtpEvent.BitrateEstimated(Long.MAX_VALUE));
    }
}
