package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.webrtc4j.ice.port.IceWorld.SIGNALLING;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.testkit.Simulation;

/** What either side has, or lets out, of the two address families decides whether and how they meet. */
class TransportFilterMatrixTest {

    private static final Duration SOON = Duration.ofSeconds(3);

    private enum Families {
        IPV4,
        IPV6,
        BOTH;

        boolean includes(Families family) {
            return this == BOTH || this == family;
        }

        /** The addresses of one of the hosts, in the order in which {@link LocalAddresses} finds them. */
        String[] of(int number) {
            String ipv4 = "192.0.2." + number;
            String ipv6 = "2001:db8::" + number;
            return switch (this) {
                case IPV4 -> new String[] {ipv4};
                case IPV6 -> new String[] {ipv6};
                case BOTH -> new String[] {ipv6, ipv4};
            };
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(Families.values())
                .flatMap(one -> Stream.of(Families.values()).map(two -> Arguments.of(one, two)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void ipv6IsTakenWhereBothHaveItAndWithoutACommonFamilyTheyFail(Families one, Families two) {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            IceSession session = world.session(
                    world.network().host("one", one.of(1)), world.network().host("two", two.of(2)));
            session.negotiate(SIGNALLING);
            boolean ipv6 = one.includes(Families.IPV6) && two.includes(Families.IPV6);
            boolean ipv4 = one.includes(Families.IPV4) && two.includes(Families.IPV4);
            if (ipv4 || ipv6) {
                session.awaitConnected(SOON);
                session.exchangeData("x", SOON);
                simulation.time().runFor(SOON);
                assertThat(address(session).contains(":")).isEqualTo(ipv6);
                assertThat(session.offerer().states()).doesNotContain(IceState.DISCONNECTED, IceState.FAILED);
            } else {
                simulation
                        .time()
                        .runUntil(
                                () -> session.offerer().state() == IceState.FAILED
                                        && session.answerer().state() == IceState.FAILED,
                                Duration.ofSeconds(60));
            }
            world.end(session);
        });
    }

    private static String address(IceSession session) {
        return session.offerer().selectedPair().orElseThrow().remote().address();
    }
}
