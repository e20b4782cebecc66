package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.simulation.VirtualPorts;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualLoop;

/** What the agents of one loop may send together, to one address that says nothing and in all. */
class CheckRatesTest {

    private static final int AGENTS = 60;
    private static final int PORT = 6_000;
    private static final String[] VICTIM = {"192.0.2.9"};
    private static final String[] VICTIMS = {"192.0.2.10", "192.0.2.11", "192.0.2.12"};

    /** The windows of a second lie anywhere: so many seconds touch one more of them. */
    private static final int SECONDS = 3;

    @Test
    void oneAddressGetsTwentyASecondFromAllAgentsOfALoopUnlessSaidOtherwise() {
        assertThat(packets(checksOf(null, VICTIM))).isBetween(20 * SECONDS, 20 * (SECONDS + 1));
    }

    @Test
    void theRateOfAnAddressMayBeSet() {
        assertThat(packets(checksOf(new int[] {2_000, 3}, VICTIM))).isBetween(3 * SECONDS, 3 * (SECONDS + 1));
        assertThat(packets(checksOf(new int[] {2_000, 3}, VICTIMS))).isBetween(9 * SECONDS, 9 * (SECONDS + 1));
        assertThat(packets(checksOf(new int[] {2_000, 2_000}, VICTIM))).isGreaterThan(AGENTS * SECONDS / 2);
    }

    @Test
    void theRateOfALoopMayBeSet() {
        // Checks, not their repetitions; a tenth of a second's may leave at once.
        assertThat(checksOf(new int[] {10, 2_000}, VICTIMS).size()).isBetween(10 * SECONDS - 1, 10 * SECONDS + 2);
    }

    @Test
    void ratesArePositive() {
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            PortIceAgents.Builder builder =
                    PortIceAgents.builder(world.ports(world.network().host("one", "192.0.2.1")));
            assertThatThrownBy(() -> builder.checkRates(0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.checkRates(1, 0)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    private static int packets(Map<Long, Integer> checks) {
        return checks.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The checks of many agents on one loop that arrive at hosts that do not answer, by their transaction, and how often each
     * has come.
     */
    private static Map<Long, Integer> checksOf(int @Nullable [] rates, String... victims) {
        Map<Long, Integer> arrived = new HashMap<>();
        Simulation.run(1, simulation -> {
            IceWorld world = new IceWorld(simulation);
            List<IceCandidate> candidates = new ArrayList<>();
            for (String victim : victims) {
                VirtualHost host = world.network().host(victim, victim);
                host.serve(PORT, (from, packet) -> {
                    arrived.merge(packet.getLong(packet.position() + 12), 1, Integer::sum);
                    return null;
                });
                candidates.add(candidate(victim));
            }
            VirtualPorts ports = world.ports(world.network().host("one", "192.0.2.1"));
            PortIceAgents.Builder builder = PortIceAgents.builder(ports).random(simulation.newRandom("agents"));
            PortIceAgents agents = (rates == null ? builder : builder.checkRates(rates[0], rates[1])).build();
            VirtualLoop loop = simulation.newLoop("loop");
            loop.run(() -> {
                for (int i = 0; i < AGENTS; i++) {
                    begin(agents.create(loop, IceAgentOptions.named("agent" + i)), candidates);
                }
            });
            simulation.time().runFor(Duration.ofSeconds(SECONDS));
            agents.close();
        });
        return arrived;
    }

    private static void begin(IceAgent agent, List<IceCandidate> candidates) {
        agent.setRole(IceRole.CONTROLLING);
        agent.setRemoteParameters(IceParameters.chosen("peer", "a+password+of+22+chars", false));
        agent.gather(GatherPolicy.ALL);
        agent.start();
        candidates.forEach(agent::addRemoteCandidate);
    }

    private static IceCandidate candidate(String address) {
        return new IceCandidate(
                "1",
                IceProtocol.UDP,
                2_130_706_431L,
                address,
                PORT,
                IceCandidateType.HOST,
                null,
                null,
                -1,
                null,
                null,
                null);
    }
}
