package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 8866, RFC 3264 and RFC 9429; sources stand in vectors/sdp/SOURCES.md. */
class PublishedExamplesTest {

    private static String text(String name) {
        try (InputStream in = PublishedExamplesTest.class.getResourceAsStream("/vectors/sdp/" + name + ".sdp")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static SessionDescription example(String name) {
        return SessionDescription.parse(text(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rfc8866-section5",
                "rfc3264-section10.1-offer",
                "rfc3264-section10.1-answer",
                "rfc3264-section10.2-offer",
                "rfc9429-offer-a1",
                "rfc9429-answer-a1",
                "rfc9429-offer-b1",
                "rfc9429-answer-b1",
                "rfc9429-offer-b2",
                "rfc9429-answer-b2",
                "rfc9429-offer-c1",
                "rfc9429-answer-c1",
                "rfc9429-offer-c2",
                "rfc9429-answer-c2"
            })
    void anExampleIsWrittenAsItIsPrinted(String name) {
        assertThat(example(name).write()).isEqualTo(text(name));
        assertThat(SessionDescription.parse(example(name).write())).isEqualTo(example(name));
    }

    @Test
    void theExampleOfRfc8866HasEveryPartInItsPlace() {
        SessionDescription description = example("rfc8866-section5");

        assertThat(description)
                .isEqualTo(SessionDescription.builder(
                                new Origin("jdoe", "3724394400", "3724394405", "IN", "IP4", "198.51.100.1"))
                        .name("Call to John Smith")
                        .information("SDP Offer #1")
                        .uri("http://www.jdoe.example.com/home.html")
                        .emails(List.of("Jane Doe <jane@jdoe.example.com>"))
                        .phones(List.of("+1 617 555-6011"))
                        .connection(new Connection("IN", "IP4", "198.51.100.1"))
                        .media(MediaDescription.builder("audio", "RTP/AVP", "0")
                                .port(49170)
                                .build())
                        .media(MediaDescription.builder("audio", "RTP/AVP", "0")
                                .port(49180)
                                .build())
                        .media(MediaDescription.builder("video", "RTP/AVP", "99")
                                .port(51372)
                                .connection(new Connection("IN", "IP6", "2001:db8::2"))
                                .attribute(new Rtpmap(99, "h263-1998", 90_000))
                                .build())
                        .build());
        assertThat(description.connection(description.media().get(0)))
                .contains(new Connection("IN", "IP4", "198.51.100.1"));
        assertThat(description.connection(description.media().get(2)))
                .contains(new Connection("IN", "IP6", "2001:db8::2"));
    }

    @Test
    void aPayloadTypeWithoutRtpmapHasItsStaticMeaning() {
        assertThat(example("rfc8866-section5").media().get(0).rtpFormats())
                .containsExactly(new RtpFormat(new Rtpmap(0, "PCMU", 8_000), null, List.of(), -1));
        assertThat(example("rfc3264-section10.1-answer").media())
                .extracting(section -> section.rtpFormats().get(0).rtpmap().encoding(), MediaDescription::isRejected)
                .containsExactly(tuple("PCMU", false), tuple("H261", true), tuple("MPV", false));
    }

    @Test
    void aRejectionKeepsMediaProtocolAndFormats() {
        MediaDescription offered = example("rfc3264-section10.1-offer").media().get(1);

        assertThat(offered.rejection().withAttributes(Attributes.NONE).toBuilder()
                        .connection(Connection.UNSPECIFIED)
                        .build())
                .isEqualTo(MediaDescription.builder("video", "RTP/AVP", "31")
                        .port(0)
                        .connection(Connection.UNSPECIFIED)
                        .build());
        assertThat(offered.rejection().isRejected()).isTrue();
    }

    @Test
    void bundledSectionsFindTheirTransportInTheTaggedOne() {
        SessionDescription answer = example("rfc9429-answer-b2");
        MediaDescription tagged = answer.media().get(0);

        assertThat(answer.media()).hasSize(4).allSatisfy(section -> {
            assertThat(answer.taggedSection(section)).isEqualTo(tagged);
            assertThat(answer.iceUfrag(section)).contains("ATEn");
            assertThat(answer.icePwd(section)).contains("AtSK0WpNtpUjkY4+86js7ZQl");
            assertThat(answer.setup(section)).contains(Setup.PASSIVE);
            assertThat(answer.fingerprints(section))
                    .isEqualTo(tagged.attributes().all(Fingerprint.class));
            assertThat(answer.hasIceOption(section, "trickle")).isTrue();
            assertThat(answer.hasIceOption(section, "renomination")).isFalse();
        });
        assertThat(answer.media().get(1).sctpPort()).hasValue(5000);
        assertThat(answer.media().get(1).maxMessageSize()).isEqualTo(65_536);
        assertThat(answer.direction(answer.media().get(2))).isEqualTo(Direction.RECVONLY);
        assertThat(answer.media().get(2).attributes().first(ImageAttr.class))
                .contains(new ImageAttr("100", "recv [x=[48:1920],y=[48:1080],q=1.0]"));
    }

    @Test
    void anUnbundledSectionOfAnOfferHasItsOwnTransport() {
        SessionDescription offer = example("rfc9429-offer-a1");

        assertThat(offer.iceUfrag(offer.media().get(0))).contains("ETEn");
        assertThat(offer.iceUfrag(offer.media().get(1))).contains("BGKk");
        assertThat(offer.media().get(0).attributes().first(Rtcp.class))
                .contains(new Rtcp(10101, new Connection("IN", "IP4", "203.0.113.100")));
    }

    @Test
    void aSectionThatIsBundleOnlyIsNotRejectedAtPortZero() {
        SessionDescription offer = example("rfc9429-offer-b1");

        assertThat(offer.media()).allMatch(section -> !section.isRejected());
    }

    @Test
    void simulcastStreamsAreReadInTheirOrder() {
        Simulcast simulcast = example("rfc9429-offer-b2")
                .mediaByMid("v1")
                .orElseThrow()
                .attributes()
                .first(Simulcast.class)
                .orElseThrow();

        assertThat(simulcast.send())
                .containsExactly(Simulcast.Stream.of("1"), Simulcast.Stream.of("2"), Simulcast.Stream.of("3"));
        assertThat(simulcast.receive()).isEmpty();
    }

    @Test
    void plainTelephonyIsUnderstoodWithStaticPayloadTypes() {
        SessionDescription description = SessionDescription.parse("""
                v=0
                o=- 1 1 IN IP4 192.0.2.1
                s=call
                c=IN IP4 192.0.2.1
                t=0 0
                m=audio 49170 RTP/AVP 0 8 101
                a=rtpmap:101 telephone-event/8000
                a=fmtp:101 0-16
                a=ptime:20
                """);
        MediaDescription audio = description.media().get(0);

        assertThat(audio.isRtp()).isTrue();
        assertThat(audio.port()).isEqualTo(49170);
        assertThat(audio.rtpFormats())
                .extracting(format -> format.rtpmap().text())
                .containsExactly("rtpmap:0 PCMU/8000", "rtpmap:8 PCMA/8000", "rtpmap:101 telephone-event/8000");
        assertThat(audio.attributes().first(PacketTime.class)).contains(new PacketTime(false, "20"));
        assertThat(description.direction(audio)).isEqualTo(Direction.SENDRECV);
        assertThat(description.iceUfrag(audio)).isEmpty();
    }
}
