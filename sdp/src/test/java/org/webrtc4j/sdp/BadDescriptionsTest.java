package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadDescriptionsTest {

    /** Four lines, so that what follows begins at line 5. */
    private static final String SESSION = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";

    /** Line 5. */
    private static final String AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\n";

    /** Line 5. */
    private static final String DATA = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";

    private static final String DIGEST = "AB:".repeat(31) + "AB";

    private static Arguments bad(String what, String text, int line, int column) {
        return Arguments.of(what, text, line, column);
    }

    private static Arguments session(String what, String line, int column) {
        return bad(what, SESSION + line + "\r\n", 5, column);
    }

    private static Arguments audio(String what, String line, int column) {
        return bad(what, SESSION + AUDIO + line + "\r\n", 6, column);
    }

    private static Arguments data(String what, String line, int column) {
        return bad(what, SESSION + DATA + line + "\r\n", 6, column);
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                bad("empty", "", 1, 1),
                bad("only line ends", "\r\n\r\n", 1, 1),
                bad("no v=", "o=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n", 1, 1),
                bad("version 1", "v=1\r\n", 1, 3),
                bad("version that is no number", "v=zero\r\n", 1, 3),
                bad("v= twice", SESSION + "v=0\r\n", 5, 1),
                bad("v= in a section", SESSION + DATA + "v=0\r\n", 6, 1),
                bad("no o=", "v=0\r\ns=-\r\nt=0 0\r\n", 3, 6),
                bad("no s=", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\nt=0 0\r\n" + DATA, 4, 3),
                session("o= twice", "o=- 1 1 IN IP4 0.0.0.0", 23),
                bad("origin without an address", "v=0\r\no=- 1 1 IN IP4\r\n", 2, 15),
                bad("session id that is no number", "v=0\r\no=- x 1 IN IP4 0.0.0.0\r\n", 2, 3),
                session("a line without =", "attribute", 1),
                session("a line of one letter", "a", 1),
                session("a blank before =", "a =sendrecv", 1),
                bad("an empty line in the middle", SESSION + "\r\n" + DATA, 5, 1),
                session("a type that is no letter", "1=x", 3),
                bad("NUL", SESSION + "a=tool:x\0y\r\n", 5, 9),
                bad("half of a surrogate pair", SESSION + "a=tool:x\ud800y\r\n", 5, 9),
                bad("the wrong half first", SESSION + "a=tool:\udc00\ud800\r\n", 5, 8),
                bad("CR alone", SESSION + "a=tool:x\ra=tool:y\r\n", 5, 9),
                session("r= without numbers", "r=weekly", 3),
                bad("r= before t=", "v=0\r\nr=1 1 0\r\n", 2, 1),
                session("time that is no number", "t=now 0", 3),
                bad("z= twice", SESSION + "z=0 1h\r\nz=0 1h\r\n", 6, 1),
                bad("s= in a section", SESSION + DATA + "s=-\r\n", 6, 1),
                session("b= without a figure", "b=AS", 5),
                session("b= overflow", "b=AS:9223372036854775808", 6),
                session("b= below zero", "b=AS:-1", 6),
                session("c= with too little", "c=IN IP4", 9),
                session("c= with too much", "c=IN IP4 0.0.0.0 0.0.0.0", 18),
                bad("c= twice", SESSION + "c=IN IP4 a\r\nc=IN IP4 b\r\n", 6, 3));
    }

    static Stream<Arguments> mediaLines() {
        return Stream.of(
                session("port 65536", "m=audio 65536 RTP/AVP 0", 9),
                session("port -1", "m=audio -1 RTP/AVP 0", 9),
                session("port that is no number", "m=audio nine RTP/AVP 0", 9),
                session("number of ports 0", "m=audio 9/0 RTP/AVP 0", 3),
                session("no formats", "m=audio 9 RTP/AVP", 18),
                session("no formats but a blank", "m=audio 9 RTP/AVP ", 19),
                session("no protocol", "m=audio 9", 10),
                session("payload type 128", "m=audio 9 RTP/AVP 0 128", 3),
                session("payload type -1", "m=audio 9 RTP/AVP -1", 3),
                session("payload type that is no number", "m=audio 9 UDP/TLS/RTP/SAVPF opus", 3),
                session("media that is no token", "m=a/b 9 RTP/AVP 0", 3));
    }

    static Stream<Arguments> attributes() {
        return Stream.of(
                session("no name", "a=", 3),
                session("no name before the colon", "a=:x", 3),
                data("a known attribute without a value", "a=mid", 6),
                data("mid empty", "a=mid:", 7),
                data("mid with blanks", "a=mid:a b", 9),
                data("mid that is no token", "a=mid:a/b", 7),
                data("a flag with a value", "a=rtcp-mux:yes", 12),
                data("a direction with a value", "a=sendrecv:yes", 12),
                audio("rtpmap with clock 0", "a=rtpmap:111 opus/0/2", 10),
                audio("rtpmap with channels 0", "a=rtpmap:111 opus/48000/0", 10),
                audio("rtpmap without clock", "a=rtpmap:111 opus", 18),
                audio("rtpmap of payload type 128", "a=rtpmap:128 opus/48000", 10),
                audio("rtpmap of payload type -1", "a=rtpmap:-1 opus/48000", 10),
                audio("rtpmap with a clock that is too large", "a=rtpmap:111 opus/4800000000", 19),
                audio("fmtp of nothing", "a=fmtp: ", 9),
                audio("rtcp-fb for nothing", "a=rtcp-fb: nack", 12),
                audio("rtcp-fb without a type", "a=rtcp-fb:96", 13),
                audio("rtcp-fb for a star and more", "a=rtcp-fb:*1 nack", 12),
                audio("extmap 0", "a=extmap:0 urn:x", 10),
                audio("extmap 256", "a=extmap:256 urn:x", 10),
                audio("extmap with an unknown direction", "a=extmap:1/both urn:x", 12),
                audio("extmap without a name", "a=extmap:1", 11),
                audio("ssrc 2^32", "a=ssrc:4294967296 cname:x", 8),
                audio("ssrc-group with 2^32", "a=ssrc-group:FID 1 4294967296", 20),
                audio("rid without a direction", "a=rid:hi", 9),
                audio("rid with an unknown direction", "a=rid:hi both", 10),
                audio("rid with payload type 128", "a=rid:hi send pt=128", 18),
                audio("rid with a slash", "a=rid:h/i send", 7),
                audio("simulcast of nothing", "a=simulcast:send", 13),
                audio("simulcast with two senders", "a=simulcast:send a send b", 20),
                audio("simulcast with an empty stream", "a=simulcast:send a;;b", 20),
                audio("simulcast naming none", "a=simulcast:send ~", 19),
                audio("ptime that is no number", "a=ptime:soon", 9),
                audio("framerate with two points", "a=framerate:1.2.3", 13),
                audio("imageattr without a direction", "a=imageattr:97 [x=1]", 13),
                audio("imageattr of payload type 128", "a=imageattr:128 send *", 13),
                audio("rtcp port 65536", "a=rtcp:65536", 8),
                audio("crypto without a key", "a=crypto:1 AES_CM_128_HMAC_SHA1_80", 35),
                data("ufrag of 3", "a=ice-ufrag:abc", 13),
                data("ufrag of 257", "a=ice-ufrag:" + "a".repeat(257), 13),
                data("ufrag with a comma", "a=ice-ufrag:ab,cd", 13),
                data("pwd of 21", "a=ice-pwd:" + "a".repeat(21), 11),
                data("pwd of 257", "a=ice-pwd:" + "a".repeat(257), 11),
                data("ice-options of nothing", "a=ice-options:", 15),
                data("ice-pacing that is no number", "a=ice-pacing:fast", 14),
                data("fingerprint with odd digits", "a=fingerprint:sha-256 " + DIGEST.substring(1), 15),
                data("fingerprint with a wrong digit", "a=fingerprint:sha-256 G" + DIGEST.substring(1), 15),
                data("fingerprint without colons", "a=fingerprint:sha-256 " + "AB".repeat(32), 15),
                data("fingerprint of the wrong length", "a=fingerprint:sha-256 AB:" + DIGEST, 15),
                data("fingerprint of the length of another hash", "a=fingerprint:sha-1 " + DIGEST, 15),
                data("fingerprint without digits", "a=fingerprint:sha-256", 22),
                data("setup of no role", "a=setup:both", 9),
                data("setup holdconn over DTLS", "a=setup:holdconn", 3),
                data("sctp-port 65536", "a=sctp-port:65536", 13),
                data("sctp-port -1", "a=sctp-port:-1", 13),
                data("max-message-size of 2^63", "a=max-message-size:9223372036854775808", 20),
                data("max-message-size below zero", "a=max-message-size:-1", 20),
                data("sctp-init that is no base64", "a=sctp-init:A*==", 13),
                data("sctp-init of a length of no base64", "a=sctp-init:AAAAA", 13),
                data("sctpmap without an application", "a=sctpmap:5000", 15),
                data("tls-id of 19 characters", "a=tls-id:" + "a".repeat(19), 10),
                session("group without semantics", "a=group:", 9),
                session("group with what is no token", "a=group:BUNDLE a/b", 9));
    }

    static Stream<Arguments> candidates() {
        String begin = "a=candidate:1 1 udp 1 ";
        return Stream.of(
                data("candidate of nothing", "a=candidate:", 13),
                data(
                        "candidate with a foundation of 33",
                        "a=candidate:" + "f".repeat(33) + " 1 udp 1 ::1 9 typ host",
                        13),
                data("candidate of component 0", "a=candidate:1 0 udp 1 ::1 9 typ host", 13),
                data("candidate of component 257", "a=candidate:1 257 udp 1 ::1 9 typ host", 15),
                data("candidate with a priority of 2^32", "a=candidate:1 1 udp 4294967296 ::1 9 typ host", 21),
                data("candidate with port 65536", begin + "::1 65536 typ host", 27),
                data("candidate with a 300-character address", begin + "a".repeat(300) + " 9 typ host", 13),
                data("candidate without typ", begin + "::1 9 host", 29),
                data("candidate without a type", begin + "::1 9 typ ", 33),
                data("candidate that ends early", begin + "::1", 26),
                data("candidate with rport 65536", begin + "::1 9 typ host raddr ::1 rport 65536", 54),
                data("candidate with raddr twice", begin + "::1 9 typ host raddr a raddr b", 46),
                data("candidate with a name without a value", begin + "::1 9 typ host generation", 48));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad("mid twice", SESSION + DATA + "a=mid:0\r\n" + DATA + "a=mid:0\r\n", 8, 3),
                bad("two mids in a section", SESSION + DATA + "a=mid:0\r\na=mid:1\r\n", 7, 3),
                bad("two directions", SESSION + AUDIO + "a=sendonly\r\na=recvonly\r\n", 7, 3),
                bad("two roles", SESSION + DATA + "a=setup:active\r\na=setup:passive\r\n", 7, 3),
                bad("two ufrags", SESSION + DATA + "a=ice-ufrag:aaaa\r\na=ice-ufrag:bbbb\r\n", 7, 3),
                bad(
                        "two passwords",
                        SESSION + DATA + "a=ice-pwd:" + "a".repeat(22) + "\r\na=ice-pwd:" + "b".repeat(22) + "\r\n",
                        7,
                        3),
                bad("two SCTP ports", SESSION + DATA + "a=sctp-port:1\r\na=sctp-port:2\r\n", 7, 3),
                bad("two sizes", SESSION + DATA + "a=max-message-size:1\r\na=max-message-size:2\r\n", 7, 3),
                bad("two INIT chunks", SESSION + DATA + "a=sctp-init:AAAA\r\na=sctp-init:BBBB\r\n", 7, 3),
                bad("extmap twice", SESSION + AUDIO + "a=extmap:1 urn:x\r\na=extmap:1 urn:y\r\n", 7, 3),
                bad("BUNDLE naming an unknown mid", SESSION + "a=group:BUNDLE 0 1\r\n" + DATA + "a=mid:0\r\n", 5, 3),
                bad(
                        "a section in two bundles",
                        SESSION + "a=group:BUNDLE 0\r\na=group:BUNDLE 0\r\n" + DATA + "a=mid:0\r\n",
                        6,
                        3),
                bad("a section twice in a bundle", SESSION + "a=group:BUNDLE 0 0\r\n" + DATA + "a=mid:0\r\n", 5, 3));
    }

    static Stream<Arguments> limits() {
        String line = "a=x\r\n";
        String candidate = "a=candidate:1 1 udp 1 ::1 9 typ host\r\n";
        return Stream.of(
                bad("a line of 1 MB", SESSION + "a=tool:" + "x".repeat(1_000_000), 5, 16_385),
                bad("more than 1 MiB in all", SESSION + line.repeat(300_000), 1, 1),
                bad("10,000 media sections", SESSION + "m=a 0 b c\r\n".repeat(10_000), 5 + 1024, 3),
                bad("100,000 attributes", SESSION + DATA + line.repeat(100_000), 6 + 4096, 3),
                bad("1,000 candidates", SESSION + DATA + candidate.repeat(1_000), 6 + 256, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"structure", "mediaLines", "attributes", "candidates", "contradictions", "limits"})
    void isRefusedWithTheLineAndColumnOfTheMistake(String what, String text, int line, int column) {
        SdpException refusal = catchThrowableOfType(SdpException.class, () -> SessionDescription.parse(text));

        assertThat(refusal).as(what).isNotNull();
        assertThat(refusal.line()).as(refusal.getMessage()).isEqualTo(line);
        assertThat(refusal.column()).as(refusal.getMessage()).isEqualTo(column);
        assertThat(refusal).hasMessageStartingWith("line " + line + ", column " + column + ": ");
    }

    static Stream<Arguments> ignored() {
        return Stream.of(
                Arguments.of("the same payload type twice", "m=audio 9 UDP/TLS/RTP/SAVPF 0 0"),
                Arguments.of("rtpmap for an unknown payload type", AUDIO + "a=rtpmap:99 x/8000"),
                Arguments.of("fmtp without rtpmap", AUDIO + "a=fmtp:99 x=1"),
                Arguments.of("rtcp-fb for an unknown payload type", AUDIO + "a=rtcp-fb:99 nack"),
                Arguments.of("rtcp-fb for all", AUDIO + "a=rtcp-fb:* nack"),
                Arguments.of("extmap 15, which two-byte headers can carry", AUDIO + "a=extmap:15 urn:x"),
                Arguments.of("extmap 4096 twice", AUDIO + "a=extmap:4096 urn:x\r\na=extmap:4096 urn:y"),
                Arguments.of("the same mid twice in one section", DATA + "a=mid:0\r\na=mid:0"),
                Arguments.of("LS naming an unknown mid", "a=group:LS 0 1"),
                Arguments.of("a fingerprint of an unknown hash", DATA + "a=fingerprint:md5 AB:CD"),
                Arguments.of("setup holdconn without DTLS", "m=audio 9 TCP/RTP/AVP 0\r\na=setup:holdconn"),
                Arguments.of("ssrc-group of unknown ssrcs", AUDIO + "a=ssrc-group:FID 1 2"),
                Arguments.of("rid declared twice", AUDIO + "a=rid:hi send\r\na=rid:hi recv"),
                Arguments.of("simulcast of unknown rids", AUDIO + "a=simulcast:send a;b"),
                Arguments.of("sctp-port 0", DATA + "a=sctp-port:0"),
                Arguments.of("c= with a host name", DATA + "c=IN IP4 host.example.com"),
                Arguments.of("crypto lines", AUDIO + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:key|2^20 KDR=1"),
                Arguments.of("plan B's msid for each source", AUDIO + "a=ssrc:1 msid:s t\r\na=ssrc:2 msid:s u"),
                Arguments.of("two msids", AUDIO + "a=msid:a t\r\na=msid:b t"),
                Arguments.of(
                        "session attributes in a section",
                        DATA + "a=group:BUNDLE 7\r\na=ice-lite\r\na=msid-semantic:WMS"),
                Arguments.of("media attributes in the session", "a=mid:0\r\na=rtpmap:0 PCMU/8000\r\na=rtcp-mux"),
                Arguments.of("a candidate of an unknown transport", DATA + "a=candidate:1 1 sctp 1 ::1 9 typ odd"),
                Arguments.of("an unknown letter", "y=what"),
                Arguments.of("an unknown attribute", "a=x-y:z \r\na=x y\r\na=x:"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ignored")
    void isKeptAndWrittenAgain(String what, String lines) {
        String text = SESSION + lines + "\r\n";

        assertThat(SessionDescription.parse(text).write()).as(what).isEqualTo(text);
    }

    @Test
    void retransmissionFormatsInACycleOrOfNothingAreLeftOut() {
        SessionDescription description = SessionDescription.parse(SESSION
                + "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 100 101\r\n"
                + "a=rtpmap:96 VP8/90000\r\na=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\n"
                + "a=rtpmap:98 rtx/90000\r\na=fmtp:98 apt=99\r\na=rtpmap:99 rtx/90000\r\na=fmtp:99 apt=98\r\n"
                + "a=rtpmap:100 rtx/90000\r\na=fmtp:100 apt=55\r\na=rtpmap:101 rtx/90000\r\n");

        assertThat(description.media().get(0).rtpFormats())
                .extracting(RtpFormat::payloadType, RtpFormat::associatedPayloadType)
                .containsExactly(tuple(96, -1), tuple(97, 96));
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedAtTheirPlace() {
        byte[] bytes = (SESSION + "a=tool:x").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xc3;

        assertThatThrownBy(() -> SessionDescription.parse(bytes, SdpLimits.DEFAULT))
                .isInstanceOfSatisfying(SdpException.class, refusal -> {
                    assertThat(refusal.line()).isEqualTo(5);
                    assertThat(refusal.column()).isEqualTo(8);
                });
    }

    static Stream<Arguments> smallerLimits() {
        SdpLimits all = SdpLimits.DEFAULT;
        String text = SESSION + DATA + "a=x\r\na=candidate:1 1 udp 1 ::1 9 typ host\r\n" + DATA;
        return Stream.of(
                Arguments.of(text, all.withMaxLength(text.length()), all.withMaxLength(text.length() - 1), 1),
                Arguments.of(text, all.withMaxLineLength(48), all.withMaxLineLength(47), 5),
                Arguments.of(text, all.withMaxMediaSections(2), all.withMaxMediaSections(1), 8),
                Arguments.of(text, all.withMaxAttributesPerSection(2), all.withMaxAttributesPerSection(1), 7),
                Arguments.of(
                        text + "a=candidate:1 1 udp 1 ::1 9 typ host\r\n".repeat(2),
                        all.withMaxCandidatesPerSection(2),
                        all.withMaxCandidatesPerSection(1),
                        10));
    }

    @ParameterizedTest
    @MethodSource("smallerLimits")
    void aLimitHoldsForOneMoreThanItAllows(String text, SdpLimits enough, SdpLimits tooSmall, int line) {
        assertThat(SessionDescription.parse(text, enough).media()).hasSize(2);
        assertThatThrownBy(() -> SessionDescription.parse(text, tooSmall))
                .isInstanceOf(SdpException.class)
                .hasMessageStartingWith("line " + line + ",");
    }
}
