package org.webrtc4j.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.rtp.Packets.Extension;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;

/** RFC 8843 section 9.2 and RFC 8852: which stream a packet belongs to. */
class DemultiplexingTest {

    private static final List<PayloadFormat> AUDIO = List.of(PayloadFormat.plain(111, 48_000));

    private final Endpoint end = new Endpoint();

    private void take(int payloadType, int sequence, long ssrc, String extension) {
        end.take(Packets.rtp(payloadType, false, sequence, 0, ssrc, Extension.oneByte(extension), new byte[10]));
    }

    @Test
    void theMidDecides() {
        ReceiveSection v = end.receive("v", CallTest.VIDEO);
        ReceiveSection w = end.receive("w", CallTest.VIDEO);
        take(96, 1, 10, "1077 0000");
        take(96, 1, 20, "1076 0000");
        end.take(Packets.rtp(96, 2, 0, 10, 5));

        assertThat(v.streams()).extracting(ReceiveStream::ssrc).containsExactly(20L);
        assertThat(w.streams()).extracting(ReceiveStream::ssrc).containsExactly(10L);
        assertThat(w.streams().get(0).stats().packetsReceived()).isEqualTo(2);
        take(96, 1, 30, "1078 0000");
        assertThat(end.session.dropped(RtpDrop.UNKNOWN_SSRC)).isEqualTo(1);
    }

    @Test
    void anSsrcMovesWithItsMid() {
        ReceiveSection v = end.receive("v", CallTest.VIDEO);
        ReceiveSection w = end.receive("w", CallTest.VIDEO);
        take(96, 1, 10, "1077 0000");
        end.now += 2_000 * Endpoint.MILLI;
        take(96, 2, 10, "1076 0000");

        assertThat(w.streams()).isEmpty();
        assertThat(v.streams()).hasSize(1);
    }

    @Test
    void theSsrcOfTheDescriptionDecidesWithoutAMid() {
        end.receive("v", CallTest.VIDEO);
        ReceiveSection w = end.receive("w", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
        end.take(Packets.rtp(96, 1, 0, 10, 5));
        end.take(Packets.rtp(97, false, 1, 0, 11, null, Packets.hex("0002aabb")));

        assertThat(w.streams()).hasSize(1);
        assertThat(w.streams().get(0).rtxSsrc()).isEqualTo(11);
        assertThat(w.streams().get(0).stats().repairedPackets()).isEqualTo(1);
        assertThat(end.sequences).hasSize(2);
    }

    @Test
    void thePayloadTypeDecidesWhereOneSectionHasItAfterTwoPackets() {
        ReceiveSection v = end.receive("v", CallTest.VIDEO);
        ReceiveSection a = end.receive("a", AUDIO);
        end.take(Packets.rtp(111, 1, 0, 10, 5));
        assertThat(end.sequences).isEmpty();
        end.take(Packets.rtp(111, 2, 0, 10, 5));
        assertThat(end.sequences).hasSize(1);
        assertThat(a.streams()).hasSize(1);
        assertThat(v.streams()).isEmpty();

        end.receive("w", CallTest.VIDEO);
        end.take(Packets.rtp(96, 1, 0, 20, 5));
        assertThat(end.session.dropped(RtpDrop.UNKNOWN_SSRC))
                .as("two sections have it")
                .isEqualTo(1);
    }

    @Test
    void retransmissionsBelongToTheOnlyStreamWhereNothingIsSaid() {
        ReceiveSection v = end.receive("v", CallTest.VIDEO);
        take(96, 1, 10, "1076 0000");
        take(97, 1, 11, "1076 0000");
        assertThat(v.streams().get(0).rtxSsrc()).isEqualTo(11);
        take(97, 1, 12, "1076 0000");
        assertThat(end.session.dropped(RtpDrop.RTX_UNASSOCIATED)).isEqualTo(1);
    }

    @Test
    void paddingThatProbesThePathCountsForItsStreamBeforeThatIsHeard() {
        ReceiveSection v = end.receive("v", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
        end.take(Packets.rtp(97, 1, 0, 11, 0));
        assertThat(v.streams()).extracting(ReceiveStream::ssrc).containsExactly(10L);
        assertThat(v.streams().get(0).stats().packetsReceived()).isZero();
        assertThat(v.streams().get(0).isHeard()).isFalse();
        take(96, 1, 10, "1076 0000");
        assertThat(v.streams()).hasSize(1);
        assertThat(v.streams().get(0).isHeard()).isTrue();
        assertThat(v.streams().get(0).stats().retransmittedPacketsReceived()).isEqualTo(1);
        assertThat(v.streams().get(0).stats().packetsReceived()).isEqualTo(1);
        assertThat(end.sequences).hasSize(1);
    }

    @Test
    void anSsrcThatIsDescribedAsRetransmissionsIsTakenFromTheStreamThatUsedIt() {
        ReceiveSection v = end.receive("v", CallTest.VIDEO);
        ReceiveSection w = end.receive("w", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
        take(96, 1, 11, "1076 0000");
        assertThat(v.streams()).hasSize(1);
        take(96, 1, 10, "1077 0000");

        assertThat(v.streams()).isEmpty();
        assertThat(w.streams()).extracting(ReceiveStream::rtxSsrc).containsExactly(11L);
        end.take(Packets.rtp(97, false, 1, 0, 11, null, Packets.hex("0002aabb")));
        assertThat(w.streams().get(0).stats().repairedPackets()).isEqualTo(1);
    }

    @Test
    void aStreamThatNobodyHeardTakesNoRoomFromThoseThatAre() {
        Endpoint small = new Endpoint(RtpSessionOptions.defaults("end").withMaxReceiveStreams(1));
        small.receive("v", CallTest.VIDEO, new SignalledSsrc(10, 11, null));
        small.take(Packets.rtp(97, 1, 0, 11, 0));
        assertThat(small.session.dropped(RtpDrop.RTX_UNASSOCIATED)).isEqualTo(1);
    }

    private ReceiveSection simulcast() {
        ReceiveSection section = end.session.addReceiveSection(
                new ReceiveParameters("v", CallTest.VIDEO, List.of(), List.of("hi", "lo"), true));
        section.addTap((stream, packet) -> end.sequences.add(packet.unwrappedSequence()));
        return section;
    }

    @Test
    void streamsOfASimulcastAreToldByTheirRid() {
        ReceiveSection section = simulcast();
        take(96, 1, 10, "1076 a16869 000000");
        take(96, 1, 20, "1076 a16c6f 000000");
        assertThat(section.streams()).extracting(ReceiveStream::rid).containsExactly("hi", "lo");

        take(97, 1, 21, "1076 b16c6f 000000");
        assertThat(section.streams().get(1).rtxSsrc()).isEqualTo(21);
        assertThat(section.streams().get(0).rtxSsrc()).isEqualTo(SignalledSsrc.NONE);
        take(97, 1, 22, "1076 b17878 000000");
        assertThat(end.session.dropped(RtpDrop.RTX_UNASSOCIATED))
                .as("no such rid")
                .isEqualTo(1);
    }

    @Test
    void aRidWithANewSsrcReplacesItsStream() {
        ReceiveSection section = simulcast();
        take(96, 1, 10, "1076 a16869 000000");
        take(96, 1, 30, "1076 a16869 000000");
        assertThat(section.streams()).extracting(ReceiveStream::ssrc).containsExactly(30L);
        assertThat(end.session.receivedSsrcs()).isEqualTo(1);
        assertThat(end.events).hasSize(2);
    }

    @Test
    void sectionsComeChangeAndGo() {
        ReceiveSection section = end.receive("v", CallTest.VIDEO);
        take(96, 1, 10, "1076 0000");
        section.update(new ReceiveParameters("v", AUDIO, List.of(), List.of(), false));
        take(96, 2, 10, "1076 0000");
        assertThat(end.session.dropped(RtpDrop.UNKNOWN_PAYLOAD_TYPE)).isEqualTo(1);
        take(111, 3, 10, "1076 0000");
        assertThat(end.sequences).hasSize(2);

        end.session.removeReceiveSection(section);
        take(111, 4, 10, "1076 0000");
        assertThat(end.sequences).hasSize(2);
        assertThat(end.session.receivedSsrcs()).isZero();
        end.pass(60_000 * Endpoint.MILLI);
    }

    @Test
    void sourcesAreToldWithTheirLevels() {
        ReceiveSection section = end.receive("a", AUDIO, new SignalledSsrc(10, -1, null));
        take(111, 1, 10, "40aa 0000");
        end.now += Endpoint.MILLI;
        end.take(Packets.hex("826f0002 00000007 0000000a 00000004 00000005 aa"));

        assertThat(section.synchronizationSources(0)).containsExactly(new RtpSource(10, 7, end.now, -1, false));
        assertThat(section.contributingSources(0)).extracting(RtpSource::ssrc).containsExactlyInAnyOrder(4L, 5L);
        assertThat(section.contributingSources(end.now + 1)).isEmpty();
        take(111, 3, 10, "40aa 0000");
        assertThat(section.synchronizationSources(0).get(0).audioLevel()).isEqualTo(42);
        assertThat(section.synchronizationSources(0).get(0).voice()).isTrue();
    }

    /** RFC 6465: a byte for each contributing source, in their order. */
    @Test
    void aMixerTellsTheLevelOfEachContributor() {
        end.session.setHeaderExtensions(HeaderExtensionMap.builder()
                .put(5, HeaderExtensionType.CSRC_AUDIO_LEVEL)
                .build());
        ReceiveSection section = end.receive("a", AUDIO, new SignalledSsrc(10, -1, null));
        end.take(Packets.hex("926f0002 00000007 0000000a 00000004 00000005 bede0001 51147f00 aa"));
        assertThat(section.contributingSources(0))
                .extracting(RtpSource::ssrc, RtpSource::audioLevel)
                .containsExactlyInAnyOrder(tuple(4L, 20), tuple(5L, 127));
        end.now += Endpoint.MILLI;
        end.take(Packets.hex("926f0003 00000008 0000000a 00000004 00000005 bede0001 50210000 aa"));
        assertThat(section.contributingSources(0))
                .as("a level is missing")
                .extracting(RtpSource::ssrc, RtpSource::audioLevel)
                .containsExactlyInAnyOrder(tuple(4L, 33), tuple(5L, -1));
    }

    @Test
    void aThousandStreamsAreFoundAndReportedOn() {
        Endpoint many = new Endpoint();
        ReceiveSection section =
                many.session.addReceiveSection(new ReceiveParameters("v", AUDIO, List.of(), List.of(), true));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1000; i++) {
                many.take(Packets.rtp(111, round, 0, i * 7_919L, 5));
            }
        }
        assertThat(section.streams()).hasSize(1000);
        many.pass(2_000 * Endpoint.MILLI);
        long blocks = many.rtcp.stream().mapToLong(packet -> packet[0] & 0x1f).sum();
        assertThat(blocks).isEqualTo(1000);
        assertThat(many.rtcp).allSatisfy(packet -> assertThat(packet.length).isLessThanOrEqualTo(1200));
    }
}
