package org.webrtc4j.jsep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.Extmap;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.Fmtp;
import org.webrtc4j.sdp.Group;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtcpFeedback;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;

/** RFC 9429 section 5.3.1, on offers of browsers. */
class AnswerBuilderTest {

    private static SessionDescription answer(SessionDescription offer, Direction direction) {
        return answer(offer, Sections.answering(offer, direction));
    }

    private static SessionDescription answer(SessionDescription offer, List<Optional<SectionWish>> wishes) {
        return new AnswerBuilder(offer, wishes, List.of()).write(Sections.ORIGIN, Setup.ACTIVE, Sections.TRANSPORT);
    }

    private static SessionDescription edited(String name, String from, String to) {
        return SessionDescription.parse(Sections.recorded(name).write().replace(from, to));
    }

    private static List<CodecCapability> only(String kind, String name) {
        return SdpCodecs.known(kind).stream()
                .filter(each -> each.codec().name().equals(name))
                .toList();
    }

    @Test
    void chromiumsFormatsAreAnsweredInItsOrderWithItsPayloadTypesAndRetransmissions() {
        SessionDescription offer = Sections.recorded("chromium-avdata-offer");
        SessionDescription answer = answer(offer, Direction.SENDRECV);

        List<Integer> offered = offer.media().get(1).payloadTypes();
        List<Integer> answered = answer.media().get(1).payloadTypes();
        assertThat(answered).isSubsetOf(offered).contains(96, 97, 98, 99, 45, 46, 102, 103);
        assertThat(answered).isSortedAccordingTo((a, b) -> offered.indexOf(a) - offered.indexOf(b));
        for (RtpFormat each : answer.media().get(1).rtpFormats()) {
            if (each.isRetransmission()) {
                assertThat(answered).contains(each.associatedPayloadType());
            }
        }
        assertThat(answer.media()).noneMatch(MediaDescription::isRejected);
        assertThat(answer.bundles()).containsExactly(Group.bundle(List.of("0", "1", "2")));
    }

    @Test
    void theAnswersOrderIsThatOfTheCodecPreferencesWhereTheyWereSet() {
        SessionDescription offer = Sections.recorded("chromium-video-offer");
        List<CodecCapability> chosen =
                List.of(only("video", "AV1").get(0), only("video", "VP8").get(0));
        SessionDescription answer =
                answer(offer, List.of(Optional.of(Sections.wish("video", Direction.RECVONLY, chosen, true))));

        assertThat(answer.media().get(0).payloadTypes()).containsExactly(45, 46, 96, 97);
    }

    @Test
    void directionsAreIntersectedFromTheAnswerersPointOfView() {
        SessionDescription sendonly = Sections.recorded("firefox-sendonly-offer");
        assertThat(answer(sendonly, Direction.SENDRECV).media().get(0).direction())
                .hasValue(Direction.RECVONLY);
        assertThat(answer(sendonly, Direction.SENDONLY).media().get(0).direction())
                .hasValue(Direction.INACTIVE);
        SessionDescription inactive = Sections.recorded("chromium-inactive-offer");
        assertThat(answer(inactive, Direction.SENDRECV).media().get(0).direction())
                .hasValue(Direction.INACTIVE);
    }

    @Test
    void aSectionWithoutACommonCodecIsRejectedAndLeavesTheBundle() {
        SessionDescription offer = Sections.recorded("chromium-avdata-offer");
        List<Optional<SectionWish>> wishes = List.of(
                Optional.of(Sections.wish("audio", Direction.SENDRECV)),
                Optional.of(Sections.wish("video", Direction.SENDRECV, only("audio", "PCMU"), false)),
                Optional.empty());
        SessionDescription answer = answer(offer, wishes);

        assertThat(answer.media().get(1).port()).isZero();
        assertThat(answer.media().get(1).isRejected()).isTrue();
        assertThat(answer.bundles()).containsExactly(Group.bundle(List.of("0", "2")));
    }

    @Test
    void eventsAloneAreNoCommonCodec() {
        SessionDescription offer = Sections.recorded("chromium-audio-offer");
        SectionWish events = Sections.wish("audio", Direction.SENDRECV, only("audio", "telephone-event"), true);

        assertThat(answer(offer, List.of(Optional.of(events))).media().get(0).isRejected())
                .isTrue();
    }

    @Test
    void withoutABundleOnlyTheFirstSectionHasATransport() {
        SessionDescription offer = edited("chromium-avdata-offer", "a=group:BUNDLE 0 1 2\r\n", "");
        SessionDescription answer = answer(offer, Direction.SENDRECV);

        assertThat(answer.media()).extracting(MediaDescription::isRejected).containsExactly(false, true, true);
        assertThat(answer.bundles()).isEmpty();
    }

    @Test
    void aSectionOutsideOfTheBundleIsRejected() {
        SessionDescription offer = edited("chromium-avdata-offer", "a=group:BUNDLE 0 1 2", "a=group:BUNDLE 0 2");
        SessionDescription answer = answer(offer, Direction.SENDRECV);

        assertThat(answer.media()).extracting(MediaDescription::isRejected).containsExactly(false, true, false);
    }

    @Test
    void theTransportInUseStaysAndWhatLeftItsBundleIsRejected() {
        SessionDescription offer = edited("chromium-avdata-offer", "a=group:BUNDLE 0 1 2", "a=group:BUNDLE 1 2");
        SessionDescription answer = new AnswerBuilder(
                        offer, Sections.answering(offer, Direction.SENDRECV), List.of(1, 2))
                .write(Sections.ORIGIN, Setup.ACTIVE, Sections.TRANSPORT);

        assertThat(answer.media()).extracting(MediaDescription::isRejected).containsExactly(true, false, false);
    }

    @Test
    void aSectionThatWantsAnotherTransportForRtcpIsRejected() {
        SessionDescription offer = edited("chromium-audio-offer", "a=rtcp-mux\r\n", "");

        assertThat(answer(offer, Direction.SENDRECV).media().get(0).isRejected())
                .isTrue();
    }

    @Test
    void bundleOnlySectionsAreAnsweredWithAPort() {
        SessionDescription offer = Sections.recorded("gst-av-offer");
        SessionDescription answer = answer(offer, Direction.SENDRECV);

        assertThat(offer.media()).anyMatch(each -> each.attributes().contains(Flag.BUNDLE_ONLY));
        assertThat(answer.media()).allMatch(each -> each.port() > 0);
        assertThat(answer.media()).noneMatch(each -> each.attributes().contains(Flag.BUNDLE_ONLY));
    }

    @Test
    void theRidsOfAnOfferedSimulcastAreTakenInItsOrderAndPausedOnesStayPaused() {
        String answer = answer(Sections.recorded("chromium-simulcast-paused-offer"), Direction.RECVONLY)
                .write();
        assertThat(answer).contains("a=rid:lo recv", "a=rid:mid recv", "a=rid:hi recv", "a=simulcast:recv lo;~mid;hi");

        // Without the header extension for rids the streams could not be told apart.
        SessionDescription without = edited(
                "chromium-simulcast-paused-offer", "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", "urn:x:unknown");
        assertThat(answer(without, Direction.RECVONLY).write()).doesNotContain("a=simulcast", "a=rid");
    }

    @Test
    void extensionsKeepTheOfferersIdentifiersAndTurnTheirDirections() {
        SessionDescription offer = Sections.recorded("firefox-simulcast-paused-offer");
        List<Extmap> answered =
                answer(offer, Direction.RECVONLY).media().get(0).attributes().all(Extmap.class);

        for (Extmap each : answered) {
            Extmap theirs = offer.extmaps(offer.media().get(0)).stream()
                    .filter(other -> other.uri().equals(each.uri()))
                    .findFirst()
                    .orElseThrow();
            assertThat(each.id()).isEqualTo(theirs.id());
            if (theirs.direction() == Direction.SENDONLY) {
                assertThat(each.direction()).isEqualTo(Direction.RECVONLY);
            }
        }
        assertThat(answered).anyMatch(each -> each.uri().equals(ExtensionSpec.MID));
    }

    @Test
    void anIdentifierThatAnOfferGivesTwoMeaningsKeepsTheFirst() {
        SessionDescription offer = Sections.recorded("aiortc-av-offer");
        SessionDescription answer = answer(offer, Direction.SENDRECV);

        for (Extmap audio : answer.media().get(0).attributes().all(Extmap.class)) {
            for (Extmap video : answer.media().get(1).attributes().all(Extmap.class)) {
                assertThat(audio.id() == video.id()).isEqualTo(audio.uri().equals(video.uri()));
            }
        }
    }

    @Test
    void h264IsAnsweredWithTheLowerLevelUnlessBothAllowAsymmetry() {
        String offered = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
        SessionDescription symmetric =
                edited("chromium-h264-offer", offered, "packetization-mode=1;profile-level-id=42e00b");
        String fmtp = answer(symmetric, Direction.SENDRECV).media().get(0).attributes().all(Fmtp.class).stream()
                .map(Fmtp::parameters)
                .filter(each -> each.contains("42e00b"))
                .findFirst()
                .orElse("");

        assertThat(fmtp).contains("packetization-mode=1");
        assertThat(answer(Sections.recorded("chromium-h264-offer"), Direction.SENDRECV)
                        .write())
                .contains(offered.substring(offered.indexOf("profile")));
    }

    /** RFC 8888 section 6: it is of the section. A sender that were told twice would count losses twice. */
    @Test
    void whereArrivalsAreToldStreamByStreamTheyAreNotToldByTheTransportsNumbers() {
        SessionDescription offer =
                edited("chromium-avdata-offer", "a=rtcp-mux\r\n", "a=rtcp-mux\r\na=rtcp-fb:* ack ccfb\r\n");
        assertThat(offer.write()).contains("transport-cc", "transport-wide-cc");
        SessionDescription answer = answer(offer, Direction.SENDRECV);

        assertThat(answer.write())
                .contains("a=rtcp-fb:96 nack pli")
                .doesNotContain("transport-cc", "transport-wide-cc");
        for (MediaDescription each : answer.media().subList(0, 2)) {
            assertThat(each.attributes().all(RtcpFeedback.class).stream()
                            .filter(line -> line.type().equals("ack")))
                    .containsExactly(new RtcpFeedback(RtcpFeedback.ALL, "ack", "ccfb"));
        }
        assertThat(answer(Sections.recorded("chromium-avdata-offer"), Direction.SENDRECV)
                        .write())
                .contains("transport-cc", "transport-wide-cc")
                .doesNotContain("ccfb");
    }
}
