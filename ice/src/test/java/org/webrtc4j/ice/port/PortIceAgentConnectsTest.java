package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.simulation.IceSession;
import org.webrtc4j.ice.simulation.VirtualPorts;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualNetwork;

class PortIceAgentConnectsTest {

    private static final Duration DELAY = Duration.ofMillis(20);

    @Test
    void hostsConnectInAFewRoundTrips() {
        Simulation.run(1, simulation -> {
            VirtualNetwork network = simulation.newNetwork(Impairments.NONE.withDelay(DELAY));
            VirtualHost first = network.host("first", "192.0.2.1");
            VirtualHost second = network.host("second", "192.0.2.2");
            PortIceAgents agents1 = agents(simulation, first);
            PortIceAgents agents2 = agents(simulation, second);
            IceSession session = new IceSession(simulation.time(), agents1, agents2).negotiate(Duration.ofMillis(1));
            session.awaitConnected(Duration.ofSeconds(2));
            session.exchangeData("hello", Duration.ofSeconds(1));
            assertThat(session.offerer().selectedTypes()).containsOnly(IceCandidateType.HOST);
            simulation.time().runFor(Duration.ofSeconds(100));
        });
    }

    private static PortIceAgents agents(Simulation simulation, VirtualHost host) {
        return PortIceAgents.builder(new VirtualPorts(host))
                .random(simulation.newRandom(host.toString()))
                .build();
    }
}
