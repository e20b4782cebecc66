package org.webrtc4j.ice.memory;

import java.util.Map;
import java.util.WeakHashMap;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.contract.IceTransportContract;
import org.webrtc4j.testkit.Simulation;

class InMemoryIceAgentsContractTest extends IceTransportContract {

    private final Map<Simulation, InMemoryIceAgents> factories = new WeakHashMap<>();

    @Override
    protected IceAgentFactory newFactory(Simulation simulation, String name) {
        return factories.computeIfAbsent(simulation, run -> new InMemoryIceAgents(run.newRandom("agents")));
    }
}
