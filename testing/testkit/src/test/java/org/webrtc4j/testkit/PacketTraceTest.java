package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacketTraceTest {

    private static final InetSocketAddress FROM = Addresses.of("192.0.2.1", 0x1388);
    private static final InetSocketAddress TO = Addresses.of("198.51.100.2", 0x1770);

    private final VirtualTime time = new VirtualTime();

    @Test
    void aPacketThatArrivedIsPrintedWithItsTimeAndWithIpAndUdpHeaders() {
        PacketTrace trace = new PacketTrace(time);
        time.runFor(Duration.ofMillis(1500));
        trace.arrived(FROM, TO, new byte[] {0x16, (byte) 0xfe, (byte) 0xfd});

        assertThat(trace.print().lines().skip(1))
                .containsExactly(
                        "# 192.0.2.1:5000 > 198.51.100.2:6000, 3 bytes, arrived",
                        "1767225601.500000",
                        "000000 45 00 00 1f 00 00 40 00 40 11 4e 97 c0 00 02 01",
                        "000010 c6 33 64 02 13 88 17 70 00 0b 00 00 16 fe fd");
    }

    @Test
    void ipv6HasItsOwnHeader() {
        PacketTrace trace = new PacketTrace(time);
        trace.arrived(Addresses.of("2001:db8::1", 1), Addresses.of("2001:db8::2", 2), new byte[] {7});

        assertThat(trace.print()).contains("000000 60 00 00 00 00 09 11 40 20 01 0d b8", "000030 07");
    }

    @Test
    void aPacketThatWasDroppedIsACommentWithTheReason() {
        PacketTrace trace = new PacketTrace(time);
        trace.dropped(FROM, TO, ByteBuffer.wrap(new byte[] {1, 2}), DropReason.NAT_FILTERED);

        assertThat(trace.print().lines()).allMatch(line -> line.startsWith("#"));
        assertThat(trace.print()).contains("2 bytes, dropped: NAT_FILTERED", "000000 01 02");
    }

    @Test
    void onlyTheLatestPacketsAreKept() {
        PacketTrace trace = new PacketTrace(time, 2);
        for (int i = 0; i < 5; i++) {
            trace.arrived(FROM, TO, new byte[i]);
        }

        assertThat(trace.print())
                .contains("3 older packets are not kept", ", 3 bytes", ", 4 bytes")
                .doesNotContain(", 2 bytes");
    }
}
