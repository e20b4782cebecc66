package org.webrtc4j.ice.memory;

import java.util.Map;
import java.util.WeakHashMap;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.contract.IceCapability;
import org.webrtc4j.ice.contract.IceTransportContract;
import org.webrtc4j.testkit.Simulation;

class InMemoryIceAgentsContractTest extends IceTransportContract {

    private final Map<Simulation, InMemoryIceAgents> factories = new WeakHashMap<>();

    @Override
    protected Map<IceCapability, String> missing() {
        return Map.of(
                IceCapability.ROUND_TRIP_TIMES, "a check in memory takes no time",
                IceCapability.LATE_CANDIDATES, "a candidate in memory has no address that could be wrong");
    }

    @Override
    protected IceAgentFactory newFactory(Simulation simulation, String name) {
        return factories.computeIfAbsent(simulation, run -> new InMemoryIceAgents(run.newRandom("agents")));
    }
}
