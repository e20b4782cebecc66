package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.webrtc4j.testkit.UdpImpairmentRelay.Side;

class UdpImpairmentRelayTest {

    /** A receive that takes so long has failed; nothing waits for it otherwise. */
    private static final int GIVE_UP_MILLIS = 20_000;

    private final DatagramSocket a;
    private final DatagramSocket b;
    private final UdpImpairmentRelay relay = new UdpImpairmentRelay(Impairments.NONE, 1);

    UdpImpairmentRelayTest() throws IOException {
        a = open();
        b = open();
    }

    @AfterEach
    void close() {
        relay.close();
        a.close();
        b.close();
    }

    @Test
    void eachSideSeesOnlyTheRelayAndTheSameAddressBothWays() throws IOException {
        InetSocketAddress shownA = relay.present(Side.A, address(a));
        InetSocketAddress shownB = relay.present(Side.B, address(b));

        send(a, "to b", shownB);
        DatagramPacket atB = receive(b);
        send(b, "to a", shownA);
        DatagramPacket atA = receive(a);

        assertThat(text(atB)).isEqualTo("to b");
        assertThat(atB.getSocketAddress()).isEqualTo(shownA);
        assertThat(text(atA)).isEqualTo("to a");
        assertThat(atA.getSocketAddress()).isEqualTo(shownB);
    }

    @Test
    void anAddressThatWasNotPresentedGetsAStandinWhenItSends() throws IOException {
        InetSocketAddress shownB = relay.present(Side.B, address(b));

        send(a, "unannounced", shownB);
        DatagramPacket atB = receive(b);
        send(b, "answer", (InetSocketAddress) atB.getSocketAddress());

        assertThat(text(receive(a))).isEqualTo("answer");
        assertThat(relay.present(Side.A, address(a))).isEqualTo(atB.getSocketAddress());
    }

    @Test
    void eachDirectionHasImpairmentsOfItsOwn() throws IOException {
        InetSocketAddress shownA = relay.present(Side.A, address(a));
        InetSocketAddress shownB = relay.present(Side.B, address(b));
        relay.setImpairments(Side.B, Impairments.NONE.withLoss(new Loss.Chosen((index, packet) -> index % 2 == 0)));
        relay.setImpairments(Side.A, Impairments.NONE.withDuplicates(1));

        for (int i = 0; i < 10; i++) {
            send(a, "number " + i, shownB);
        }
        List<String> atB = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            atB.add(text(receive(b)));
        }
        send(b, "twice", shownA);

        assertThat(atB).containsExactly("number 1", "number 3", "number 5", "number 7", "number 9");
        assertThat(text(receive(a))).isEqualTo("twice");
        assertThat(text(receive(a))).isEqualTo("twice");
        assertThat(relay.stats(Side.B).drops()).isEqualTo(Map.of(DropReason.LOSS, 5L));
        assertThat(relay.stats(Side.A).duplicated()).isEqualTo(1);
    }

    @Test
    void delayedPacketsKeepTheirOrderAndArriveAll() throws IOException {
        InetSocketAddress shownB = relay.present(Side.B, address(b));
        relay.setImpairments(
                Side.B, Impairments.NONE.withDelay(Duration.ofMillis(5)).withJitter(Duration.ofMillis(20)));

        for (int i = 0; i < 100; i++) {
            send(a, "" + i, shownB);
        }

        for (int i = 0; i < 100; i++) {
            assertThat(text(receive(b))).isEqualTo("" + i);
        }
    }

    @Test
    void whatItCannotSendToAnAddressOfTheOtherFamilyIsCountedAndTheRestGoesOn() throws IOException {
        InetAddress documentation = InetAddress.getByAddress(
                new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        InetSocketAddress ipv6 = relay.present(Side.B, new InetSocketAddress(documentation, 9));
        InetSocketAddress shownB = relay.present(Side.B, address(b));

        send(a, "nowhere", ipv6);
        send(a, "to b", shownB);

        assertThat(text(receive(b))).isEqualTo("to b");
        assertThat(relay.refused()).isEqualTo(1);
    }

    @Test
    void aClosedRelayRefusesCallsAndHasGivenItsPortsBack() throws IOException {
        InetSocketAddress shownB = relay.present(Side.B, address(b));
        relay.close();

        assertThatThrownBy(() -> relay.present(Side.A, address(a))).isInstanceOf(IllegalStateException.class);
        try (DatagramSocket again = new DatagramSocket(shownB)) {
            assertThat(again.getLocalPort()).isEqualTo(shownB.getPort());
        }
    }

    private static DatagramSocket open() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(GIVE_UP_MILLIS);
        return socket;
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static void send(DatagramSocket from, String text, InetSocketAddress to) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
