package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;
import org.webrtc4j.testkit.UdpImpairmentRelay.Standin;

class PacketsUnderWayTest {

    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    private final DatagramChannel channel = DatagramChannel.open();
    private final Standin a = new Standin(Side.A, NOBODY, channel);
    private final Standin b = new Standin(Side.B, NOBODY, channel);
    private final PacketsUnderWay underWay = new PacketsUnderWay();

    PacketsUnderWayTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    @Test
    void packetsOfBothDirectionsComeByTheirTime() {
        underWay.between(a, b).arrives(new byte[1], 10);
        underWay.between(b, a).arrives(new byte[2], 5);
        underWay.between(a, b).arrives(new byte[3], 20);
        underWay.between(b, a).arrives(new byte[4], 15);

        assertThat(times()).containsExactly(5L, 10L, 15L, 20L);
    }

    @Test
    void aPacketMayOvertakeThoseOfItsDirection() {
        for (long at : new long[] {30, 10, 40, 20, 10}) {
            underWay.between(a, b).arrives(new byte[1], at);
        }

        assertThat(times()).containsExactly(10L, 10L, 20L, 30L, 40L);
    }

    @Test
    void theTimeMayWrap() {
        underWay.between(a, b).arrives(new byte[1], Long.MAX_VALUE);
        underWay.between(a, b).arrives(new byte[1], Long.MIN_VALUE);

        assertThat(times()).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE);
    }

    @Test
    void anArrayIsUsedAgainOnceItsPacketHasArrived() {
        byte[] first = underWay.room(100);
        underWay.between(a, b).arrives(first, 1);
        assertThat(underWay.room(100)).isNotSameAs(first);
        underWay.removeFirst();

        assertThat(underWay.room(99)).hasSize(99);
        assertThat(underWay.room(100)).isSameAs(first);
    }

    @Test
    void whatIsMoreThanTheLimitIsDroppedAndCounted() {
        for (int i = 0; i < PacketsUnderWay.MAX_PACKETS + 3; i++) {
            underWay.between(a, b).arrives(underWay.room(1), i);
        }

        assertThat(underWay.overflowed()).isEqualTo(3);
        underWay.removeFirst();
        underWay.between(a, b).arrives(underWay.room(1), 0);
        assertThat(underWay.overflowed()).isEqualTo(3);
    }

    private List<Long> times() {
        List<Long> times = new ArrayList<>();
        for (PacketsUnderWay.Packet next = underWay.first(); next != null; next = underWay.first()) {
            times.add(next.atNanos());
            underWay.removeFirst();
        }
        return times;
    }
}
