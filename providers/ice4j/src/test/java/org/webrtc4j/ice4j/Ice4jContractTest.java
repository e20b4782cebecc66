package org.webrtc4j.ice4j;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.contract.IceCapability;
import org.webrtc4j.ice.contract.IceTransportContract;
import org.webrtc4j.ice.contract.RealLoopAgents;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.Transport;
import org.webrtc4j.testkit.Simulation;

class Ice4jContractTest extends IceTransportContract {

    private final NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);

    @AfterEach
    void endTheLoops() {
        loops.close();
    }

    @Override
    protected IceAgentFactory newFactory(Simulation simulation, String name) {
        return new RealLoopAgents(
                simulation.time(),
                loops::next,
                Ice4jAgents.builder().bind(InetAddress.getLoopbackAddress()).build());
    }

    @Override
    protected Map<IceCapability, String> missing() {
        return Map.of(
                IceCapability.LITE, "ice4j is always full",
                IceCapability.RENOMINATION, "the first pair that is nominated stays ice4j's for good",
                IceCapability.ROUND_TRIP_TIMES, "ice4j does not measure them",
                IceCapability.LATE_CANDIDATES, "ice4j gives up for good five seconds after all checks failed");
    }

    @Override
    protected Duration promptly() {
        return Duration.ofSeconds(3);
    }

    @Override
    protected Duration settling() {
        return Duration.ofMillis(400);
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(5);
    }
}
