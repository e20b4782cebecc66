package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VirtualNetworkTest {

    private static final Impairments TEN_MILLIS = Impairments.NONE.withDelay(Duration.ofMillis(10));

    private final VirtualTime time = new VirtualTime();
    private final PacketTrace trace = new PacketTrace(time);
    private final VirtualNetwork network = new VirtualNetwork(time, new SplittableRandom(1), TEN_MILLIS, trace);
    private final VirtualLoop loop = time.newLoop("loop");
    private final List<String> seen = new ArrayList<>();

    @Test
    void aDatagramPassesTheWayOutAndTheWayInAndShowsItsSender() {
        VirtualHost a = network.host("a", "198.51.100.1");
        VirtualHost b = network.host("b", "198.51.100.2");
        VirtualSocket to = listen(b, 6000);
        VirtualSocket from = a.bind(5000, loop, (sender, packet, nowNanos) -> {});

        from.send(to.local(), text("hello"));
        settle();

        assertThat(seen).containsExactly("hello from 198.51.100.1:5000");
        assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(20));
        assertThat(network.arrived()).isEqualTo(1);
    }

    @Test
    void whatIsSentToNobodyIsCountedByReason() {
        VirtualSocket from = network.host("a", "198.51.100.1").bind(0, loop, (sender, packet, nowNanos) -> {});
        network.host("b", "198.51.100.2", "2001:db8::2");

        from.send(Addresses.of("198.51.100.9", 1), text("no such host"));
        from.send(Addresses.of("198.51.100.2", 1), text("no such port"));
        from.send(Addresses.of("2001:db8::2", 1), text("another family"));
        settle();

        assertThat(network.drops())
                .containsExactlyInAnyOrderEntriesOf(Map.of(DropReason.NO_ROUTE, 2L, DropReason.NO_SOCKET, 1L));
        assertThat(trace.print()).contains("dropped: NO_ROUTE", "dropped: NO_SOCKET");
    }

    @Test
    void aServerWithoutStateAnswersWhoAsked() {
        VirtualHost server = network.host("server", "203.0.113.1");
        server.serve(3478, (from, request) -> text("you are " + name(from)));
        VirtualSocket client = listen(network.host("a", "198.51.100.1"), 5000);

        client.send(Addresses.of("203.0.113.1", 3478), text("who am I"));
        settle();

        assertThat(seen).containsExactly("you are 198.51.100.1:5000 from 203.0.113.1:3478");
    }

    @Test
    void anAddressThatChangesUnderASocketLosesWhatIsSentToTheOldOne() {
        VirtualHost a = network.host("a", "198.51.100.1");
        VirtualSocket mobile = listen(a, 5000);
        VirtualSocket fixed = listen(network.host("b", "198.51.100.2"), 6000);

        a.changeAddress("198.51.100.1", "198.51.100.77");
        mobile.send(fixed.local(), text("moved"));
        fixed.send(Addresses.of("198.51.100.1", 5000), text("lost"));
        fixed.send(mobile.local(), text("found"));
        settle();

        assertThat(seen).containsExactly("moved from 198.51.100.77:5000", "found from 198.51.100.2:6000");
        assertThat(network.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 1L));
    }

    @Test
    void aSocketWhoseAddressWasTakenAwaySendsAndReceivesNothing() {
        VirtualHost a = network.host("a", "198.51.100.1", "198.51.100.11");
        VirtualSocket left = listen(a, 5000);
        VirtualSocket peer = listen(network.host("b", "198.51.100.2"), 6000);

        a.removeAddress("198.51.100.1");
        left.send(peer.local(), text("out"));
        peer.send(left.local(), text("in"));
        settle();

        assertThat(seen).isEmpty();
        assertThat(network.drops()).isEqualTo(Map.of(DropReason.NO_ROUTE, 2L));
    }

    @Test
    void aBlackoutOfAHostEndsByItself() {
        VirtualHost a = network.host("a", "198.51.100.1");
        VirtualSocket from = a.bind(0, loop, (sender, packet, nowNanos) -> {});
        VirtualSocket to = listen(network.host("b", "198.51.100.2"), 6000);

        a.blackout(Duration.ofSeconds(1));
        from.send(to.local(), text("lost"));
        time.runFor(Duration.ofSeconds(1));
        from.send(to.local(), text("arrives"));
        settle();

        assertThat(seen).hasSize(1).first().asString().startsWith("arrives");
        assertThat(a.outbound().drops()).isEqualTo(Map.of(DropReason.BLACKOUT, 1L));
    }

    @Test
    void portsAndAddressesBelongToOneOnly() {
        VirtualHost a = network.host("a", "198.51.100.1");
        VirtualSocket first = listen(a, 5000);

        assertThatThrownBy(() -> listen(a, 5000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.host("b", "198.51.100.1")).isInstanceOf(IllegalArgumentException.class);
        first.close();
        assertThat(listen(a, 5000).local().getPort()).isEqualTo(5000);
        assertThatThrownBy(() -> first.send(first.local(), text(""))).isInstanceOf(IllegalStateException.class);
    }

    private VirtualSocket listen(VirtualHost host, int port) {
        return host.bind(
                port,
                loop,
                (from, packet, nowNanos) -> seen.add(StandardCharsets.UTF_8.decode(packet) + " from " + name(from)));
    }

    private void settle() {
        time.runUntilIdle(Duration.ofSeconds(10));
    }

    private static String name(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
