package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAddressesTest {

    @Test
    void ipv6ComesFirstAndAlternatesWithIpv4() {
        List<LocalAddress> ipv6 = addresses("2001:db8::1");
        List<LocalAddress> ipv4 = addresses("192.0.2.1", "192.0.2.2");

        assertThat(LocalAddresses.interleave(ipv6, ipv4)).containsExactly(ipv6.get(0), ipv4.get(0), ipv4.get(1));
    }

    @Test
    void loopbackComesOnlyWhenAskedForAndLast() {
        LocalAddresses all = new LocalAddresses(List.of(), nic -> true, address -> true, false);

        assertThat(all.list(false))
                .noneMatch(local -> local.address().isLoopbackAddress())
                .noneMatch(local -> local.address().isLinkLocalAddress());
        List<LocalAddress> withLoopback = all.list(true);
        assertThat(withLoopback.get(withLoopback.size() - 1).address().isLoopbackAddress())
                .isTrue();
        assertThat(withLoopback).doesNotHaveDuplicates();
    }

    @Test
    void addressesCarryNoScopeUnlessLinkLocal() throws Exception {
        byte[] global = Sockets.ip("2001:db8::1").getAddress();

        assertThat(LocalAddresses.withoutScope(Inet6Address.getByAddress(null, global, 3))
                        .getHostAddress())
                .isEqualTo("2001:db8:0:0:0:0:0:1");
        byte[] linkLocal = Sockets.ip("fe80::1").getAddress();
        assertThat(((Inet6Address) LocalAddresses.withoutScope(Inet6Address.getByAddress(null, linkLocal, 3)))
                        .getScopeId())
                .isEqualTo(3);
    }

    @Test
    void filtersAreNamedAsTheReason() {
        LocalAddresses none = new LocalAddresses(List.of(), nic -> true, address -> false, false);

        assertThat(none.list(true)).isEmpty();
        assertThat(none.explainEmpty(true)).contains("refused by the address filter");
        LocalAddresses loopbackOnly = new LocalAddresses(List.of(), nic -> true, InetAddress::isLoopbackAddress, false);
        assertThat(loopbackOnly.list(false)).isEmpty();
        assertThat(loopbackOnly.explainEmpty(false)).contains("loopback: not asked for");
    }

    @Test
    void advertisedAddressesAreReadWithAndWithoutPort() {
        assertThat(Advertisement.parse(null, "203.0.113.5")).isEqualTo(new Advertisement(null, "203.0.113.5", 0));
        assertThat(Advertisement.parse(null, "203.0.113.5:7")).isEqualTo(new Advertisement(null, "203.0.113.5", 7));
        assertThat(Advertisement.parse(null, "a.example:65535"))
                .isEqualTo(new Advertisement(null, "a.example", 65_535));
        assertThat(Advertisement.parse(null, "[2001:db8::1]:7")).isEqualTo(new Advertisement(null, "2001:db8::1", 7));
        assertThat(Advertisement.parse(null, "2001:db8::1").family()).isEqualTo(Advertisement.Family.IPV6);
        assertThat(Advertisement.parse(null, "203.0.113.5").family()).isEqualTo(Advertisement.Family.IPV4);
        assertThat(Advertisement.parse(null, "203.example").family()).isEqualTo(Advertisement.Family.NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":1",
                "a:",
                "a:0",
                "a:65536",
                "a:+1",
                "a b",
                "[::1",
                "[::1]7",
                "1.2.3.999",
                "::",
                "0.0.0.0",
                "a..b",
                "[fe80::1%eth0]:5",
                "224.0.0.1",
                "-a"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> Advertisement.parse(null, text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<LocalAddress> addresses(String... literals) {
        List<LocalAddress> result = new java.util.ArrayList<>();
        for (String literal : literals) {
            result.add(new LocalAddress(Sockets.ip(literal), 1500));
        }
        return result;
    }
}
