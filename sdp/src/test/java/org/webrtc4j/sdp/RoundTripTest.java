package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatWasWrittenIsReadAsTheSameDescription(long seed) {
        SessionDescription description = new RandomDescriptions(seed).next();
        String text = description.write();

        SessionDescription read = SessionDescription.parse(text);

        assertThat(read).isEqualTo(description);
        assertThat(read).hasSameHashCodeAs(description);
        assertThat(read.write()).isEqualTo(text);
        assertThat(SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8), SdpLimits.DEFAULT))
                .isEqualTo(description);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyAttributeIsReadFromItsText(long seed) {
        for (MediaDescription section : new RandomDescriptions(seed).next().media()) {
            for (Attribute attribute : section.attributes()) {
                assertThat(Attribute.parse(attribute.text())).isEqualTo(attribute);
            }
        }
    }

    @Test
    void linesInAnotherOrderAreWrittenInTheOrderOfTheRfc() {
        String text = """
                v=0
                a=ice-lite
                t=0 0
                s=-
                b=AS:1
                o=- 1 1 IN IP4 0.0.0.0
                c=IN IP4 0.0.0.0
                m=audio 9 RTP/AVP 0
                a=sendonly
                b=AS:2
                c=IN IP4 192.0.2.1
                i=speaker
                """;

        assertThat(SessionDescription.parse(text).write().lines())
                .containsExactly(
                        "v=0",
                        "o=- 1 1 IN IP4 0.0.0.0",
                        "s=-",
                        "c=IN IP4 0.0.0.0",
                        "b=AS:1",
                        "t=0 0",
                        "a=ice-lite",
                        "m=audio 9 RTP/AVP 0",
                        "i=speaker",
                        "c=IN IP4 192.0.2.1",
                        "b=AS:2",
                        "a=sendonly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "", "\r\n\r\n", "\n\n\n"})
    void everyLineEndAndEmptyLinesAtTheEndAreAccepted(String end) {
        String text = "v=0\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\nt=0 0" + end;

        assertThat(SessionDescription.parse(text).write())
                .isEqualTo("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtcp-fb:96 nack ",
                "msid-semantic: WMS *",
                "rtpmap:096 VP8/90000",
                "rtpmap:111 opus/48000/1",
                "fmtp:96  apt=97",
                "rid:hi send max-width=1280;pt=96",
                "simulcast:recv a send b",
                "candidate:1 1 udp 1 ::1 9 TYP host",
                "candidate:1 1 udp 1 ::1 9 typ host tcptype active raddr ::2 rport 1",
                "rtcp-mux ",
                "extmap:01/sendonly  urn:x",
                "max-message-size:000262144"
            })
    void anUnusualSpellingIsKeptButIsNoPartOfTheMeaning(String line) {
        String begin = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n";
        String text = begin + "a=mid:0\r\na=" + line + "\r\na=sendrecv\r\n";
        SessionDescription read = SessionDescription.parse(text);
        Attribute attribute = read.media().get(0).attributes().asList().get(1);

        assertThat(read.write()).isEqualTo(text);
        assertThat(attribute).isNotInstanceOf(UnknownAttribute.class);
        assertThat(attribute.text()).isNotEqualTo(line);
        assertThat(SessionDescription.parse(begin + "a=mid:0\r\na=" + attribute.text() + "\r\na=sendrecv\r\n"))
                .isEqualTo(read);
    }

    @Test
    void theSpellingStaysWithItsAttributeWhenOthersComeAndGo() {
        String begin = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";
        SessionDescription read =
                SessionDescription.parse(begin + "a=msid-semantic: WMS\r\na=ice-lite\r\na=rtcp-mux \r\n");

        Attributes changed = read.attributes()
                .with(Flag.CRYPTEX)
                .without(attribute -> attribute == Flag.ICE_LITE)
                .withOnly(new MsidSemantic("WMS", List.of("s")))
                .withOnly(Setup.ACTIVE);

        assertThat(read.withAttributes(changed).write())
                .isEqualTo(begin + "a=msid-semantic:WMS s\r\na=rtcp-mux \r\na=cryptex\r\na=setup:active\r\n");
    }
}
