package org.webrtc4j.jsep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.Extmap;
import org.webrtc4j.sdp.Flag;
import org.webrtc4j.sdp.Group;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.Msid;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;
import org.webrtc4j.sdp.Ssrc;
import org.webrtc4j.sdp.SsrcGroup;

/** RFC 9429 sections 5.2.1 and 5.2.2. */
class OfferBuilderTest {

    private static OfferBuilder.Built initial(BundlePolicy policy, boolean data, SectionWish... wishes) {
        return build(null, null, -1, policy, data, wishes);
    }

    private static OfferBuilder.Built build(
            @Nullable SessionDescription local,
            @Nullable SessionDescription remote,
            int liveData,
            BundlePolicy policy,
            boolean data,
            SectionWish... wishes) {
        return OfferBuilder.build(new OfferRequest(
                Sections.ORIGIN,
                local,
                remote,
                liveData,
                data,
                Arrays.asList(wishes),
                policy,
                local == null ? Sections.mids("new0", "new1", "new2", "new3") : Sections.mids("later0", "later1"),
                Sections.TRANSPORT));
    }

    private static final SectionWish AUDIO = Sections.wish("audio", Direction.SENDRECV);
    private static final SectionWish VIDEO = Sections.wish("video", Direction.SENDRECV);

    @Test
    void aSectionIsMadeForEachTransceiverInTheirOrderAndDataComesLast() {
        OfferBuilder.Built built = initial(BundlePolicy.BALANCED, true, VIDEO, AUDIO);

        assertThat(built.description().media())
                .extracting(MediaDescription::media)
                .containsExactly("video", "audio", "application");
        assertThat(built.sections()).containsExactly(0, 1);
        assertThat(built.data()).isEqualTo(2);
        assertThat(built.carrier()).isZero();
        assertThat(built.description().bundles()).containsExactly(Group.bundle(List.of("new0", "new1", "new2")));
        assertThat(built.description().attributes().contains(Flag.EXTMAP_ALLOW_MIXED))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(BundlePolicy.class)
    void bundleOnlySectionsHavePortZeroAsThePolicySays(BundlePolicy policy) {
        List<MediaDescription> sections =
                initial(policy, true, AUDIO, VIDEO, VIDEO).description().media();

        List<Boolean> bundleOnly = sections.stream()
                .map(each -> each.attributes().contains(Flag.BUNDLE_ONLY))
                .toList();
        assertThat(bundleOnly)
                .isEqualTo(
                        switch (policy) {
                            case BALANCED -> List.of(false, false, true, false);
                            case MAX_COMPAT -> List.of(false, false, false, false);
                            case MAX_BUNDLE -> List.of(false, true, true, true);
                        });
        for (MediaDescription each : sections) {
            assertThat(each.port() == 0).isEqualTo(each.attributes().contains(Flag.BUNDLE_ONLY));
            assertThat(each.isRejected()).isFalse();
            assertThat(each.attributes().first(Setup.class)).hasValue(Setup.ACTPASS);
        }
    }

    @Test
    void aMediaSectionSaysWhatTheTransceiverSendsAsBrowsersDo() {
        MediaDescription section = initial(BundlePolicy.BALANCED, false, VIDEO)
                .description()
                .media()
                .get(0);

        assertThat(section.protocol()).isEqualTo("UDP/TLS/RTP/SAVPF");
        assertThat(section.direction()).hasValue(Direction.SENDRECV);
        assertThat(section.msids()).containsExactly(new Msid("stream", "track"));
        assertThat(section.attributes().all(SsrcGroup.class))
                .containsExactly(new SsrcGroup("FID", List.of(1_000L, 1_001L)));
        assertThat(section.attributes().all(Ssrc.class))
                .contains(new Ssrc(1_000, "cname", "cname"), new Ssrc(1_001, "msid", "stream track"));
        assertThat(section.attributes().contains(Flag.RTCP_MUX)).isTrue();
        assertThat(section.attributes().contains(Flag.RTCP_MUX_ONLY)).isTrue();
        assertThat(section.attributes().contains(Flag.RTCP_RSIZE)).isTrue();
        List<RtpFormat> formats = section.rtpFormats();
        assertThat(formats.get(0).rtpmap().encoding()).isEqualTo("VP8");
        assertThat(formats.get(0).feedback()).hasSize(5);
        assertThat(formats.get(1).associatedPayloadType())
                .isEqualTo(formats.get(0).payloadType());
    }

    @Test
    void aSectionThatDoesNotSendNamesNoStreamAndNoSource() {
        MediaDescription section = initial(BundlePolicy.BALANCED, false, Sections.wish("audio", Direction.RECVONLY))
                .description()
                .media()
                .get(0);

        assertThat(section.msids()).isEmpty();
        assertThat(section.attributes().all(Ssrc.class)).isEmpty();
    }

    @Test
    void severalEncodingsAreOfferedAsSimulcastWithoutSources() {
        SectionWish wish =
                Sections.simulcast(VIDEO, new LocalEncoding("q", 1, 2, true), new LocalEncoding("f", 3, 4, false));
        String section =
                initial(BundlePolicy.BALANCED, false, wish).description().write();

        assertThat(section).contains("a=rid:q send", "a=rid:f send", "a=simulcast:send q;~f");
        assertThat(section).doesNotContain("a=ssrc:");
    }

    @Test
    void withinABundleAPayloadTypeAndAnIdentifierMeanOneThing() {
        SessionDescription offer =
                initial(BundlePolicy.MAX_COMPAT, false, AUDIO, VIDEO, VIDEO).description();
        Map<Integer, String> codecs = new HashMap<>();
        Map<Integer, String> extensions = new HashMap<>();
        for (MediaDescription section : offer.media()) {
            for (RtpFormat each : section.rtpFormats()) {
                String codec = each.rtpmap().encoding() + " " + each.fmtp();
                assertThat(codecs.computeIfAbsent(each.payloadType(), key -> codec))
                        .isEqualTo(codec);
            }
            for (Extmap each : section.attributes().all(Extmap.class)) {
                assertThat(extensions.computeIfAbsent(each.id(), key -> each.uri()))
                        .isEqualTo(each.uri());
            }
        }
    }

    @Test
    void aReofferKeepsThePayloadTypesAndIdentifiersOfAFirefoxWhoseOfferWasAnswered() {
        SessionDescription theirs = Sections.recorded("firefox-complete-host-offer");
        SessionDescription answer = new AnswerBuilder(theirs, Sections.answering(theirs, Direction.SENDRECV), List.of())
                .write(Sections.ORIGIN, Setup.ACTIVE, Sections.TRANSPORT);

        SessionDescription reoffer = build(
                        answer,
                        theirs,
                        2,
                        BundlePolicy.BALANCED,
                        true,
                        Sections.at(AUDIO, 0, "0", false),
                        Sections.at(VIDEO, 1, "1", false),
                        VIDEO)
                .description();

        for (int i = 0; i < 2; i++) {
            MediaDescription before = answer.media().get(i);
            MediaDescription after = reoffer.media().get(i);
            assertThat(after.mid()).isEqualTo(before.mid());
            for (RtpFormat each : before.rtpFormats()) {
                assertThat(after.rtpFormats()).anyMatch(other -> other.rtpmap().equals(each.rtpmap()));
            }
            assertThat(after.attributes().all(Extmap.class).stream().map(each -> each.id() + each.uri()))
                    .containsAll(before.attributes().all(Extmap.class).stream()
                            .map(each -> each.id() + each.uri())
                            .toList());
        }
        assertThat(reoffer.media().get(2).isDataChannel()).isTrue();
        assertThat(reoffer.media().get(3).payloadTypes())
                .containsAll(answer.media().get(1).payloadTypes());
        assertThat(reoffer.media().get(3).mid()).hasValue("later0");
    }

    @Test
    void aStoppedTransceiversSectionIsRejectedAndItsPlaceIsTakenAgainOnceBothSidesKnow() {
        SessionDescription local =
                initial(BundlePolicy.BALANCED, false, AUDIO, VIDEO).description();
        SectionWish audio = Sections.at(AUDIO, 0, "new0", true);
        SectionWish video = Sections.at(VIDEO, 1, "new1", false);

        OfferBuilder.Built stopping = build(local, local, -1, BundlePolicy.BALANCED, false, audio, video);
        assertThat(stopping.description().media().get(0).isRejected()).isTrue();
        assertThat(stopping.description().bundles()).containsExactly(Group.bundle(List.of("new1")));
        assertThat(stopping.carrier()).isEqualTo(1);
        assertThat(stopping.sections()).containsExactly(0, 1);

        OfferBuilder.Built recycled =
                build(stopping.description(), stopping.description(), -1, BundlePolicy.BALANCED, true, video, VIDEO);
        assertThat(recycled.sections()).containsExactly(1, 0);
        assertThat(recycled.description().media().get(0).media()).isEqualTo("video");
        assertThat(recycled.description().media().get(0).mid())
                .isNotEqualTo(local.media().get(0).mid());
        assertThat(recycled.data()).isEqualTo(2);
    }

    @Test
    void aSectionOnceNegotiatedIsNotBundleOnlyInALaterOffer() {
        SessionDescription local =
                initial(BundlePolicy.MAX_BUNDLE, false, AUDIO, VIDEO).description();
        SessionDescription reoffer = build(
                        local,
                        local,
                        -1,
                        BundlePolicy.MAX_BUNDLE,
                        false,
                        Sections.at(AUDIO, 0, "new0", false),
                        Sections.at(VIDEO, 1, "new1", false))
                .description();

        assertThat(reoffer.media()).noneMatch(each -> each.attributes().contains(Flag.BUNDLE_ONLY));
    }
}
