package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeTest {

    @ParameterizedTest
    @CsvSource({
        "SENDRECV, SENDRECV, SENDRECV",
        "SENDRECV, RECVONLY, RECVONLY",
        "SENDONLY, RECVONLY, INACTIVE",
        "SENDONLY, SENDRECV, SENDONLY",
        "INACTIVE, SENDRECV, INACTIVE"
    })
    void directionsHaveInCommonWhatBothDo(Direction one, Direction other, Direction common) {
        assertThat(one.intersect(other)).isEqualTo(common);
        assertThat(other.intersect(one)).isEqualTo(common);
        assertThat(one.reversed().reversed()).isEqualTo(one);
        assertThat(one.reversed().sends()).isEqualTo(one.receives());
    }

    @Test
    void parametersOfAFormatAreFoundWithoutRegardToCaseAndBlanks() {
        Fmtp fmtp = new Fmtp("111", "minptime=10; UseInbandFec=1;cbr ;stereo=;;x=a=b");

        assertThat(fmtp.parameter("minptime")).contains("10");
        assertThat(fmtp.parameter("useinbandfec")).contains("1");
        assertThat(fmtp.parameter("cbr")).contains("");
        assertThat(fmtp.parameter("x")).contains("a=b");
        assertThat(fmtp.parameter("apt")).isEmpty();
        assertThat(fmtp.asMap())
                .containsExactly(
                        entry("minptime", "10"),
                        entry("useinbandfec", "1"),
                        entry("cbr", ""),
                        entry("stereo", ""),
                        entry("x", "a=b"));
        assertThat(new Fmtp("96", "").asMap()).isEmpty();
    }

    @Test
    void optionsBetweenCommasCountToo() {
        assertThat(IceOptions.of("ice2,trickle").contains("trickle")).isTrue();
        assertThat(IceOptions.of("trickle", "sped").contains("sped")).isTrue();
        assertThat(IceOptions.of("trickles").contains("trickle")).isFalse();
        assertThat(IceOptions.of("trickle").contains("")).isFalse();
    }

    @Test
    void aFingerprintIsMadeOfBytesAndGivesThemBack() {
        byte[] digest = new byte[20];
        digest[0] = (byte) 0xaf;
        digest[19] = 0x7f;

        Fingerprint fingerprint = Fingerprint.of("sha-1", digest);

        assertThat(fingerprint.digits()).startsWith("AF:00:").endsWith(":00:7F").hasSize(59);
        assertThat(fingerprint.digest()).isEqualTo(digest);
        assertThat(new Fingerprint("SHA-1", fingerprint.digits().toLowerCase(Locale.ROOT)).digest())
                .isEqualTo(digest);
        assertThat(fingerprint.isKnownHash()).isTrue();
        assertThat(new Fingerprint("md5", "00").isKnownHash()).isFalse();
    }

    @Test
    void anInitChunkIsCarriedInBase64() {
        assertThat(SctpInit.of(new byte[] {1, 0, 0, 1}).text()).isEqualTo("sctp-init:AQAAAQ==");
        assertThat(new SctpInit("AQAAAQ==").chunk()).containsExactly(1, 0, 0, 1);
        assertThat(new SctpInit("AQAAAQ").chunk()).containsExactly(1, 0, 0, 1);
    }

    @Test
    void theSctpPortOfOldDraftsIsFound() {
        MediaDescription section = MediaDescription.builder("application", "DTLS/SCTP", "5000")
                .attribute(new Sctpmap(5000, "webrtc-datachannel", 256))
                .build();

        assertThat(section.isDataChannel()).isTrue();
        assertThat(section.sctpPort()).hasValue(5000);
        assertThat(section.maxMessageSize()).isEqualTo(65_536);
        assertThat(MediaDescription.builder("application", "TCP/DTLS/SCTP", "webrtc-datachannel")
                        .build()
                        .isDataChannel())
                .isTrue();
        assertThat(MediaDescription.builder("application", "UDP/BFCP", "*")
                        .build()
                        .isDataChannel())
                .isFalse();
    }

    @Test
    void timesCountInTheirUnits() {
        SessionDescription description = SessionDescription.parse("""
                v=0
                o=- 1 1 IN IP4 0.0.0.0
                s=-
                t=3724394400 3724398000
                r=7d 1h 0 25h
                r=604800 3600 0 90m
                z=3730928400 -1h 3749680800 0
                """);

        List<RepeatTimes> repeats = description.times().get(0).repeats();
        assertThat(repeats)
                .extracting(repeat -> repeat.interval().seconds(), repeat -> repeat.duration()
                        .seconds())
                .containsOnly(tuple(604_800L, 3_600L));
        assertThat(repeats.get(0).offsets()).extracting(TypedTime::seconds).containsExactly(0L, 90_000L);
        assertThat(repeats.get(1).offsets()).extracting(TypedTime::seconds).containsExactly(0L, 5_400L);
        assertThat(description.timeZones())
                .extracting(adjustment -> adjustment.offset().seconds())
                .containsExactly(-3_600L, 0L);
    }

    @Test
    void anOfferOfADataChannelIsBuiltLineByLine() {
        byte[] digest = new byte[32];
        SessionDescription offer = SessionDescription.builder(Origin.anonymous(42, 1))
                .attribute(Group.bundle(List.of("0")))
                .attribute(Flag.EXTMAP_ALLOW_MIXED)
                .media(MediaDescription.dataChannel()
                        .attribute(new IceUfrag("abcd"))
                        .attribute(new IcePwd("0123456789012345678901"))
                        .attribute(IceOptions.of("trickle"))
                        .attribute(Fingerprint.of("sha-256", digest))
                        .attribute(Setup.ACTPASS)
                        .attribute(new Mid("0"))
                        .attribute(new SctpPort(5000))
                        .attribute(new MaxMessageSize(262_144))
                        .build())
                .build();

        assertThat(offer.write().lines())
                .containsExactly(
                        "v=0",
                        "o=- 42 1 IN IP4 0.0.0.0",
                        "s=-",
                        "t=0 0",
                        "a=group:BUNDLE 0",
                        "a=extmap-allow-mixed",
                        "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                        "c=IN IP4 0.0.0.0",
                        "a=ice-ufrag:abcd",
                        "a=ice-pwd:0123456789012345678901",
                        "a=ice-options:trickle",
                        "a=fingerprint:sha-256 " + "00:".repeat(31) + "00",
                        "a=setup:actpass",
                        "a=mid:0",
                        "a=sctp-port:5000",
                        "a=max-message-size:262144");
        assertThat(SessionDescription.parse(offer.write())).isEqualTo(offer);
        MediaDescription trickled = offer.media()
                .get(0)
                .with(Candidate.parse("candidate:1 1 udp 1 ::1 9 typ host"), Flag.END_OF_CANDIDATES);
        assertThat(offer.withMedia(0, trickled).endOfCandidates(trickled)).isTrue();
        assertThat(offer.withMedia(0, trickled).media().get(0).candidates()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\na=evil", "a\nb", "a\0", "\ud800"})
    void noValueCanSmuggleInALine(String value) {
        assertThatThrownBy(() -> new UnknownAttribute("x", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Mid(value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Msid(value, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Fmtp("96", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Candidate.Extension("x", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnknownLine('y', value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SessionDescription.builder(Origin.anonymous(1, 1))
                        .name(value)
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNameOfAKnownAttributeIsNoUnknownAttribute() {
        assertThatThrownBy(() -> new UnknownAttribute("mid", "0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UnknownAttribute("sendrecv", null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Attribute.parse("x-mid:0")).isEqualTo(new UnknownAttribute("x-mid", "0"));
        assertThat(Attribute.parse("x-mid")).isEqualTo(new UnknownAttribute("x-mid", null));
        assertThatThrownBy(() -> Attribute.parse("a".repeat(20_000))).isInstanceOf(SdpException.class);
    }
}
