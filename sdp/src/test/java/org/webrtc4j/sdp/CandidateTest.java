package org.webrtc4j.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {

    private static final String HOST = "candidate:3013953624 1 udp 2122260223 192.168.1.100 56512 typ host"
            + " generation 0 ufrag BcCs network-id 1 network-cost 10";

    @Test
    void aBrowsersCandidateIsReadIntoEveryMember() {
        Candidate candidate = Candidate.parse(HOST);

        assertThat(candidate.foundation()).isEqualTo("3013953624");
        assertThat(candidate.component()).isEqualTo(1);
        assertThat(candidate.transport()).isEqualTo("udp");
        assertThat(candidate.isUdp()).isTrue();
        assertThat(candidate.priority()).isEqualTo(2122260223L);
        assertThat(candidate.address()).isEqualTo("192.168.1.100");
        assertThat(candidate.isMdns()).isFalse();
        assertThat(candidate.port()).isEqualTo(56512);
        assertThat(candidate.type()).isEqualTo("host");
        assertThat(candidate.relatedAddress()).isNull();
        assertThat(candidate.relatedPort()).isNull();
        assertThat(candidate.tcpType()).isEmpty();
        assertThat(candidate.generation()).hasValue(0);
        assertThat(candidate.usernameFragment()).contains("BcCs");
        assertThat(candidate.networkId()).hasValue(1);
        assertThat(candidate.networkCost()).hasValue(10);
        assertThat(candidate.text()).isEqualTo(HOST);
    }

    @Test
    void relatedAddressTcpTypeAndUnknownPairsAreKeptInOrder() {
        String text = "candidate:1 2 TCP 2105458943 2001:db8::1 9 typ srflx raddr 10.0.0.1 rport 5000"
                + " tcptype active x-new 1 generation 3";

        assertThat(Candidate.parse(text))
                .isEqualTo(new Candidate(
                        "1",
                        2,
                        "TCP",
                        2105458943L,
                        "2001:db8::1",
                        9,
                        "srflx",
                        "10.0.0.1",
                        5000,
                        List.of(
                                new Candidate.Extension("tcptype", "active"),
                                new Candidate.Extension("x-new", "1"),
                                new Candidate.Extension("generation", "3"))));
        assertThat(Candidate.parse(text).tcpType()).contains("active");
        assertThat(Candidate.parse(text).isUdp()).isFalse();
        assertThat(Candidate.parse(text).text()).isEqualTo(text);
    }

    @Test
    void aNameOfMulticastDnsIsKnownByItsEnd() {
        String begin = "candidate:1 1 udp 1 ";

        assertThat(Candidate.parse(begin + "df49d129-59f9-435f-bd1a-38c80b462a2f.local 9 typ host")
                        .isMdns())
                .isTrue();
        assertThat(Candidate.parse(begin + "A.LOCAL 9 typ host").isMdns()).isTrue();
        assertThat(Candidate.parse(begin + "local.example.com 9 typ host").isMdns())
                .isFalse();
        assertThat(Candidate.parse(begin + "fe80::1%eth0 9 typ host").address()).isEqualTo("fe80::1%eth0");
    }

    @Test
    void anExtensionThatIsNoNumberCountsAsAbsent() {
        String begin = "candidate:1 1 udp 1 ::1 9 typ host ";

        assertThat(Candidate.parse(begin + "generation new").generation()).isEmpty();
        assertThat(Candidate.parse(begin + "generation 9999999999").generation())
                .isEmpty();
        assertThat(Candidate.parse(begin + "network-cost 999").networkCost()).hasValue(999);
    }

    @Test
    void thePrefixOfALineIsAccepted() {
        assertThat(Candidate.parse("a=" + HOST)).isEqualTo(Candidate.parse(HOST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=",
                "candidate",
                "candidate:",
                "CANDIDATE:1 1 udp 1 ::1 9 typ host",
                "a=mid:0",
                "1 1 udp 1 ::1 9 typ host",
                "candidate:1 1 udp 1 ::1 9 typ host\r\na=mid:0",
                "candidate:1 1 udp 1 ::1 9 typ ho\0st",
                "candidate:1 1 udp -1 ::1 9 typ host"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Candidate.parse(text)).isInstanceOf(SdpException.class);
    }

    @Test
    void aFoundationHasThirtyTwoCharactersAtMost() {
        String rest = " 1 udp 1 ::1 9 typ host";
        assertThat(Candidate.parse("candidate:" + "f".repeat(32) + rest).foundation())
                .hasSize(32);
        assertThatThrownBy(() -> Candidate.parse("candidate:" + "f".repeat(33) + rest))
                .isInstanceOf(SdpException.class)
                .hasMessageContaining("foundation");
    }

    @Test
    void aMegabyteIsRefused() {
        assertThatThrownBy(() -> Candidate.parse("candidate:" + "1 ".repeat(500_000)))
                .isInstanceOf(SdpException.class);
    }
}
