package org.webrtc4j.ice.port;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.contract.IceTransportContract;
import org.webrtc4j.ice.simulation.VirtualPorts;
import org.webrtc4j.testkit.Impairments;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualNetwork;

class PortIceAgentsContractTest extends IceTransportContract {

    private final Map<Simulation, VirtualNetwork> networks = new WeakHashMap<>();
    private final Map<String, Integer> hosts = new HashMap<>();

    @Override
    protected IceAgentFactory newFactory(Simulation simulation, String name) {
        VirtualNetwork network = networks.computeIfAbsent(
                simulation, run -> run.newNetwork(Impairments.NONE.withDelay(Duration.ofMillis(10))));
        int number = hosts.merge(simulation.hashCode() + "", 1, Integer::sum);
        return PortIceAgents.builder(new VirtualPorts(network.host(name, "192.0.2." + number)))
                .random(simulation.newRandom(name))
                .build();
    }
}
