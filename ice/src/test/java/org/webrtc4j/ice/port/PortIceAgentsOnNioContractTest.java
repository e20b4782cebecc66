package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.contract.IceTransportContract;
import org.webrtc4j.ice.contract.RealLoopAgents;
import org.webrtc4j.testkit.Simulation;

/** The same contract over sockets and Netty's loops, in real time. */
class PortIceAgentsOnNioContractTest extends IceTransportContract {

    private final NettyEventLoops loops = NettyEventLoops.create(2, Transport.NIO);

    @AfterEach
    void endTheLoops() {
        loops.close();
    }

    @Override
    protected IceAgentFactory newFactory(Simulation simulation, String name) {
        NettyPorts ports = NettyPorts.builder(loops)
                .bind(InetAddress.getLoopbackAddress())
                .dedicated()
                .build();
        return new RealLoopAgents(
                simulation.time(), loops::next, PortIceAgents.builder(ports).build());
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
