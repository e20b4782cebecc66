package org.webrtc4j.ice.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::",
                "::1",
                "fd00::2",
                "fe80::fc:ff:fe00:1",
                "2001:db8::",
                "2001:db8:0:1:1:1:1:1",
                "2001:db8::1:0:0:1",
                "1:2:3:4:5:6:7:8"
            })
    void addressesAreWrittenInTheFormOfRfc5952(String text) {
        assertThat(IpLiteral.text(requireNonNull(IpLiteral.parse(text)))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1..2.3",
                "256.1.1.1",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.-4",
                "0x7f.1",
                "localhost",
                "host.local",
                "1.2.3.4a",
                ":",
                ":::",
                "::g",
                "1:2:3",
                "1:2:3:4:5:6:7:8:9",
                "::1.2.3.400",
                "99999999999999999999.1.1.1"
            })
    void whatIsNoLiteralIsNotLookedUp(String text) {
        assertThat(IpLiteral.parse(text)).isNull();
    }

    @Test
    void literalsOfBothFamiliesAreParsed() throws Exception {
        assertThat(IpLiteral.parse("192.0.2.1")).isEqualTo(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}));
        assertThat(IpLiteral.parse("2001:db8::1")).isEqualTo(InetAddress.getByName("2001:db8::1"));
        assertThat(IpLiteral.parse("::")).isEqualTo(InetAddress.getByName("::"));
        assertThat(IpLiteral.parse("0.0.0.0")).isEqualTo(InetAddress.getByName("0.0.0.0"));
    }

    @Test
    void aZoneIsCutOff() throws Exception {
        assertThat(IpLiteral.parse("fe80::1%eth0")).isEqualTo(InetAddress.getByName("fe80::1"));
    }

    @Test
    void aMegabyteIsRefusedAtOnce() {
        assertThat(IpLiteral.parse("1".repeat(1 << 20))).isNull();
        assertThat(IpLiteral.parse(":".repeat(1 << 20))).isNull();
    }
}
