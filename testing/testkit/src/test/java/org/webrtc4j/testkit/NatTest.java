package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.testkit.NatBehaviour.Dependence;

class NatTest {

    private static final InetSocketAddress SERVER = Addresses.of("203.0.113.1", 1000);
    private static final InetSocketAddress SERVER_OTHER_PORT = Addresses.of("203.0.113.1", 2000);
    private static final InetSocketAddress SECOND = Addresses.of("203.0.113.2", 1000);

    private final VirtualTime time = new VirtualTime();
    private final VirtualNetwork network = new VirtualNetwork(
            time, new SplittableRandom(1), Impairments.NONE.withDelay(Duration.ofMillis(5)), new PacketTrace(time));
    private final VirtualLoop loop = time.newLoop("loop");
    private final Map<InetSocketAddress, VirtualSocket> servers = new HashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> lastSender = new HashMap<>();
    private final List<String> received = new ArrayList<>();

    NatTest() {
        VirtualHost first = network.host("server", "203.0.113.1");
        VirtualHost second = network.host("second", "203.0.113.2");
        openServer(first, SERVER);
        openServer(first, SERVER_OTHER_PORT);
        openServer(second, SECOND);
    }

    static Stream<Arguments> allPairsOfMappingAndFiltering() {
        return Stream.of(Dependence.values())
                .flatMap(mapping -> Stream.of(Dependence.values()).map(filtering -> Arguments.of(mapping, filtering)));
    }

    @ParameterizedTest
    @MethodSource("allPairsOfMappingAndFiltering")
    void theMappingIsReusedForWhatItDependsOnAndNothingElse(Dependence mapping, Dependence filtering) {
        VirtualSocket inside = inside(network.nat("198.51.100.1", NatBehaviour.of(mapping, filtering)), "10.0.0.2");

        InetSocketAddress first = outerAddress(inside, SERVER);

        assertThat(outerAddress(inside, SERVER)).isEqualTo(first);
        assertThat(first.getAddress()).isEqualTo(Addresses.of("198.51.100.1"));
        assertThat(outerAddress(inside, SERVER_OTHER_PORT).equals(first))
                .isEqualTo(mapping != Dependence.ADDRESS_AND_PORT);
        assertThat(outerAddress(inside, SECOND).equals(first)).isEqualTo(mapping == Dependence.ENDPOINT_INDEPENDENT);
    }

    @ParameterizedTest
    @MethodSource("allPairsOfMappingAndFiltering")
    void theFilterLetsInWhatItDependsOnAndNothingElse(Dependence mapping, Dependence filtering) {
        VirtualSocket inside = inside(network.nat("198.51.100.1", NatBehaviour.of(mapping, filtering)), "10.0.0.2");
        InetSocketAddress outer = outerAddress(inside, SERVER);

        assertThat(reaches(SERVER, outer)).isTrue();
        assertThat(reaches(SERVER_OTHER_PORT, outer)).isEqualTo(filtering != Dependence.ADDRESS_AND_PORT);
        assertThat(reaches(SECOND, outer)).isEqualTo(filtering == Dependence.ENDPOINT_INDEPENDENT);
    }

    @Test
    void hostsBehindOneNatHaveOuterPortsOfTheirOwn() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.FULL_CONE);
        VirtualSocket first = inside(nat, "10.0.0.2");
        VirtualSocket second = inside(nat, "10.0.0.3");

        assertThat(outerAddress(first, SERVER)).isNotEqualTo(outerAddress(second, SERVER));
        assertThat(nat.mappings()).isEqualTo(2);
    }

    @Test
    void hostsBehindOneNatReachEachOtherByInnerAddressesWithoutIt() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.SYMMETRIC);
        VirtualSocket first = inside(nat, "10.0.0.2");
        VirtualSocket second = inside(nat, "10.0.0.3");

        first.send(second.local(), text("hello"));
        settle();

        assertThat(received).containsExactly("hello from 10.0.0.2:5000 at 10.0.0.3:5000");
        assertThat(nat.mappings()).isZero();
    }

    @Test
    void innerAddressesAreUnknownOutside() {
        VirtualSocket inside = inside(network.nat("198.51.100.1", NatBehaviour.FULL_CONE), "10.0.0.2");

        assertThat(reaches(SERVER, inside.local())).isFalse();
        assertThat(network.drops()).containsOnlyKeys(DropReason.NO_ROUTE);
    }

    @Test
    void aPortIsPreservedWhereItIsFree() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.FULL_CONE.withPortPreservation());

        assertThat(outerAddress(inside(nat, "10.0.0.2"), SERVER).getPort()).isEqualTo(5000);
        assertThat(outerAddress(inside(nat, "10.0.0.3"), SERVER).getPort()).isNotEqualTo(5000);
    }

    @Test
    void aMappingEndsItsLifetimeAfterTheLastPacketSentOut() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.FULL_CONE.withLifetime(Duration.ofSeconds(30)));
        VirtualSocket inside = inside(nat, "10.0.0.2");
        InetSocketAddress outer = outerAddress(inside, SERVER);

        time.runFor(Duration.ofSeconds(20));
        assertThat(outerAddress(inside, SERVER)).isEqualTo(outer);
        time.runFor(Duration.ofSeconds(20));
        assertThat(reaches(SERVER, outer)).as("coming in does not refresh").isTrue();
        time.runFor(Duration.ofSeconds(10));

        assertThat(reaches(SERVER, outer)).isFalse();
        assertThat(network.drops()).containsEntry(DropReason.NAT_UNMAPPED, 1L);
        assertThat(nat.mappings()).isZero();
        assertThat(outerAddress(inside, SERVER)).isNotEqualTo(outer);
    }

    @Test
    void aPermissionEndsItsLifetimeAfterTheLastPacketSentToThatPeer() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.PORT_RESTRICTED.withLifetime(Duration.ofSeconds(30)));
        VirtualSocket inside = inside(nat, "10.0.0.2");
        InetSocketAddress outer = outerAddress(inside, SERVER);
        time.runFor(Duration.ofSeconds(20));
        assertThat(outerAddress(inside, SECOND)).isEqualTo(outer);
        time.runFor(Duration.ofSeconds(20));

        assertThat(reaches(SECOND, outer)).isTrue();
        assertThat(reaches(SERVER, outer)).isFalse();
        assertThat(network.drops()).containsEntry(DropReason.NAT_FILTERED, 1L);
    }

    @Test
    void hairpinningShowsTheOuterAddressAndKeepsTheFilter() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.PORT_RESTRICTED.withHairpin());
        VirtualSocket first = inside(nat, "10.0.0.2");
        VirtualSocket second = inside(nat, "10.0.0.3");
        InetSocketAddress outerFirst = outerAddress(first, SERVER);
        InetSocketAddress outerSecond = outerAddress(second, SERVER);

        first.send(outerSecond, text("refused"));
        settle();
        second.send(outerFirst, text("let in"));
        settle();

        assertThat(received).containsExactly("let in from 198.51.100.1:" + outerSecond.getPort() + " at 10.0.0.2:5000");
    }

    @Test
    void withoutHairpinningTheOuterAddressLeadsNowhereFromInside() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.FULL_CONE);
        VirtualSocket first = inside(nat, "10.0.0.2");
        InetSocketAddress outerSecond = outerAddress(inside(nat, "10.0.0.3"), SERVER);

        first.send(outerSecond, text("lost"));
        settle();

        assertThat(received).isEmpty();
        assertThat(network.drops()).isEqualTo(Map.of(DropReason.NAT_HAIRPIN, 1L));
    }

    @Test
    void aForwardedPortLetsEverybodyInAndIsTheSourceOfAnswers() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.SYMMETRIC);
        VirtualSocket inside = inside(nat, "10.0.0.2");
        nat.forward(3000, inside.local());

        assertThat(reaches(SECOND, Addresses.of("198.51.100.1", 3000))).isTrue();
        assertThat(outerAddress(inside, SERVER).getPort()).isEqualTo(3000);
        assertThatThrownBy(() -> nat.forward(3000, inside.local())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNatBehindANatMapsTwice() {
        Nat carrier = network.nat("198.51.100.1", NatBehaviour.FULL_CONE);
        Nat home = carrier.nat("100.64.0.5", NatBehaviour.FULL_CONE);
        VirtualSocket inside = inside(home, "192.168.1.2");

        InetSocketAddress outer = outerAddress(inside, SERVER);

        assertThat(outer.getAddress()).isEqualTo(Addresses.of("198.51.100.1"));
        assertThat(reaches(SECOND, outer)).isTrue();
        assertThat(carrier.mappings()).isEqualTo(1);
        assertThat(home.mappings()).isEqualTo(1);
    }

    @Test
    void aNatThatRestartsForgetsMappingsButNotForwardedPorts() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.FULL_CONE);
        VirtualSocket inside = inside(nat, "10.0.0.2");
        VirtualSocket forwarded = inside(nat, "10.0.0.3");
        nat.forward(3000, forwarded.local());
        InetSocketAddress outer = outerAddress(inside, SERVER);

        nat.forgetMappings();

        assertThat(reaches(SERVER, outer)).isFalse();
        assertThat(reaches(SERVER, Addresses.of("198.51.100.1", 3000))).isTrue();
        assertThat(outerAddress(inside, SERVER)).isNotEqualTo(outer);
    }

    @Test
    void aNatThatGetsAnotherAddressKeepsItsPorts() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.FULL_CONE);
        VirtualSocket inside = inside(nat, "10.0.0.2");
        InetSocketAddress outer = outerAddress(inside, SERVER);

        nat.changePublicAddress("198.51.100.200");

        assertThat(outerAddress(inside, SERVER)).isEqualTo(Addresses.of("198.51.100.200", outer.getPort()));
        assertThat(reaches(SERVER, outer)).isFalse();
    }

    @Test
    void aNatWithoutFreePortsDropsWhatNeedsOne() {
        Nat nat = network.nat("198.51.100.1", NatBehaviour.SYMMETRIC);
        VirtualSocket inside = inside(nat, "10.0.0.2");
        for (int port = 1; port <= 64_512; port++) {
            inside.send(Addresses.of("203.0.113.9", port), text(""));
        }
        settle();
        assertThat(nat.mappings()).isEqualTo(64_512);

        inside.send(SERVER, text("one too many"));
        settle();

        assertThat(network.drops()).containsEntry(DropReason.NAT_FULL, 1L);
        time.runFor(NatBehaviour.DEFAULT_LIFETIME);
        assertThat(outerAddress(inside, SERVER).getAddress()).isEqualTo(Addresses.of("198.51.100.1"));
    }

    private void openServer(VirtualHost host, InetSocketAddress address) {
        servers.put(address, host.bind(address, loop, (from, packet, nowNanos) -> lastSender.put(address, from)));
    }

    private VirtualSocket inside(Nat nat, String address) {
        InetSocketAddress local = Addresses.of(address, 5000);
        return nat.host(address, address)
                .bind(
                        local,
                        loop,
                        (from, packet, nowNanos) -> received.add(
                                StandardCharsets.UTF_8.decode(packet) + " from " + name(from) + " at " + name(local)));
    }

    /** What a server sees of a socket inside. */
    private InetSocketAddress outerAddress(VirtualSocket inside, InetSocketAddress server) {
        lastSender.remove(server);
        inside.send(server, text("?"));
        settle();
        InetSocketAddress seen = lastSender.get(server);
        if (seen == null) {
            throw new AssertionError("Did not arrive at " + server);
        }
        return seen;
    }

    private boolean reaches(InetSocketAddress server, InetSocketAddress outer) {
        int before = received.size();
        VirtualSocket socket = servers.get(server);
        if (socket == null) {
            throw new AssertionError("No server at " + server);
        }
        socket.send(outer, text("!"));
        settle();
        return received.size() > before;
    }

    private void settle() {
        time.runUntilIdle(Duration.ofSeconds(1));
    }

    private static String name(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
