package org.webrtc4j.ice.gather;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {

    @Test
    void portsHaveTheDefaultsOfTheirScheme() {
        assertThat(ServerUrl.parse("stun:stun.example.org"))
                .isEqualTo(new ServerUrl("stun", "stun.example.org", 3478, "udp"));
        assertThat(ServerUrl.parse("STUNS:stun.example.org"))
                .isEqualTo(new ServerUrl("stuns", "stun.example.org", 5349, "tcp"));
        assertThat(ServerUrl.parse("turns:turn.example.org?transport=tcp"))
                .isEqualTo(new ServerUrl("turns", "turn.example.org", 5349, "tcp"));
    }

    @Test
    void hostsMayBeLiterals() {
        assertThat(ServerUrl.parse("stun:192.0.2.1:19302")).isEqualTo(new ServerUrl("stun", "192.0.2.1", 19302, "udp"));
        assertThat(ServerUrl.parse("stun:[2001:db8::1]")).isEqualTo(new ServerUrl("stun", "2001:db8::1", 3478, "udp"));
        assertThat(ServerUrl.parse("turn:[2001:db8::1]:99?transport=udp"))
                .isEqualTo(new ServerUrl("turn", "2001:db8::1", 99, "udp"));
    }

    @Test
    void aTransportMayBeNamed() {
        assertThat(ServerUrl.parse("turn:x?transport=TCP")).isEqualTo(new ServerUrl("turn", "x", 3478, "tcp"));
        assertThat(ServerUrl.parse("turns:x?transport=udp")).isEqualTo(new ServerUrl("turns", "x", 5349, "udp"));
        assertThat(ServerUrl.parse("turn:x?transport=sctp")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stun", "stun:", "http://x", "stun:x:0", "stun:x:65536", "stun:x:y", "stun::1"})
    void whatIsNoServerIsRefused(String url) {
        assertThat(ServerUrl.parse(url)).isNull();
    }
}
