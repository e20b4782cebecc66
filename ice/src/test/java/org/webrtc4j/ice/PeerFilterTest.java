package org.webrtc4j.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerFilterTest {

    private static InetAddress at(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "8.8.8.8", "2001:db8::1", "100.128.0.1", "172.32.0.1"})
    void publicAddressesAreAllowedToAll(String address) {
        assertThat(PeerFilter.client().allows(at(address))).isTrue();
        assertThat(PeerFilter.server(false).allows(at(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00::1", "fc00::1"})
    void privateAddressesAreAllowedToAServerBySettingOnly(String address) {
        assertThat(PeerFilter.client().allows(at(address))).isTrue();
        assertThat(PeerFilter.server(true).allows(at(address))).isTrue();
        assertThat(PeerFilter.server(false).allows(at(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void loopbackIsAllowedWhereIncludedOnly(String address) {
        assertThat(PeerFilter.client().allows(at(address))).isFalse();
        assertThat(PeerFilter.server(true).allows(at(address))).isFalse();
        assertThat(PeerFilter.server(false).withLoopback().allows(at(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.1.1", "fe80::1"})
    void aServerChecksNoLinkLocalAddress(String address) {
        assertThat(PeerFilter.client().allows(at(address))).isTrue();
        assertThat(PeerFilter.server(true).allows(at(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255", "0.1.2.3"})
    void whatIsNobodysAddressIsNeverAllowed(String address) {
        assertThat(PeerFilter.client().withLoopback().allows(at(address))).isFalse();
    }

    @Test
    void anIpv4AddressInIpv6ClothesIsTheIpv4Address() {
        assertThat(PeerFilter.server(false).allows(at("::ffff:127.0.0.1"))).isFalse();
        assertThat(PeerFilter.server(false).allows(at("::ffff:10.0.0.1"))).isFalse();
    }
}
