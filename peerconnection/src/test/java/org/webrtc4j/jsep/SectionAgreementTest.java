package org.webrtc4j.jsep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.webrtc4j.media.capability.RtcpFeedback;
import org.webrtc4j.sdp.Direction;
import org.webrtc4j.sdp.SessionDescription;
import org.webrtc4j.sdp.Setup;

/** What two recorded descriptions of one exchange mean. */
class SectionAgreementTest {

    private static SectionAgreement between(String ours, String theirs, int index) {
        SessionDescription local = Sections.recorded(ours);
        SessionDescription remote = Sections.recorded(theirs);
        return SectionAgreement.of(
                local, local.media().get(index), remote, remote.media().get(index));
    }

    @Test
    void codecsOfBothSidesHaveTheFeedbackThatBothHave() {
        SectionAgreement agreement = between("chromium-avdata-answer", "chromium-avdata-offer", 1);

        MediaPlan.Codec vp8 = agreement.sendCodecs().get(0);
        assertThat(vp8.payloadType()).isEqualTo(96);
        assertThat(vp8.rtxPayloadType()).isEqualTo(97);
        assertThat(vp8.codec().mimeType()).isEqualTo("video/VP8");
        assertThat(vp8.feedback())
                .contains(RtcpFeedback.NACK, RtcpFeedback.NACK_PLI, RtcpFeedback.CCM_FIR, RtcpFeedback.TRANSPORT_CC);
        assertThat(agreement.reducedSizeRtcp()).isTrue();
        assertThat(agreement.extensions()).anyMatch(each -> each.uri().equals(ExtensionSpec.MID) && each.receives());
    }

    @Test
    void sourcesAndCnamesOfTheOtherSideAreNamedWithTheirRetransmissions() {
        SectionAgreement agreement = between("chromium-avdata-answer", "chromium-avdata-offer", 1);

        assertThat(agreement.sources()).containsExactly(new MediaPlan.Source(3_414_401_780L, 2_642_012_246L));
        assertThat(agreement.remoteCname()).isEqualTo("9hy5XAYrS4D6EaRA");
        assertThat(between("chromium-avdata-answer", "chromium-avdata-offer", 0).sources())
                .containsExactly(new MediaPlan.Source(3_222_430_912L, MediaPlan.NO_SSRC));
    }

    @Test
    void theRidsThatWereAnsweredMayCome() {
        SessionDescription offer = Sections.recorded("chromium-to-firefox-simulcast-offer");
        SessionDescription answer = new AnswerBuilder(offer, Sections.answering(offer, Direction.RECVONLY), List.of())
                .write(Sections.ORIGIN, Setup.ACTIVE, Sections.TRANSPORT);
        SectionAgreement agreement = SectionAgreement.of(
                answer, answer.media().get(0), offer, offer.media().get(0));

        assertThat(agreement.receiveRids()).containsExactly("q", "h", "f");
    }

    @Test
    void whatTheOtherSideDoesNotAnswerIsNotSentButTakenShouldItCome() {
        SessionDescription offer = Sections.recorded("chromium-video-offer");
        SessionDescription answer = Sections.recorded("chromium-av1-answer");
        SectionAgreement agreement = SectionAgreement.of(
                offer, offer.media().get(0), answer, answer.media().get(0));

        assertThat(agreement.receiveCodecs())
                .extracting(each -> each.codec().name())
                .containsExactly("AV1");
        assertThat(agreement.sendCodecs())
                .extracting(each -> each.codec().name())
                .containsExactly("AV1");
        assertThat(agreement.unansweredCodecs())
                .extracting(each -> each.codec().name())
                .contains("VP8", "H264")
                .doesNotContain("AV1");
        assertThat(agreement.takenCodecs())
                .hasSize(1 + agreement.unansweredCodecs().size());
    }

    @Test
    void mediaMayComeAsSoonAsTheOfferIsOut() {
        SessionDescription offer = Sections.recorded("chromium-video-offer");
        SectionAgreement agreement =
                SectionAgreement.NONE.awaiting(offer, offer.media().get(0));

        assertThat(agreement.receiveCodecs())
                .extracting(each -> each.codec().name())
                .contains("VP8", "AV1");
        assertThat(agreement.sendCodecs()).isEmpty();
        assertThat(agreement.extensions()).isNotEmpty();
    }
}
