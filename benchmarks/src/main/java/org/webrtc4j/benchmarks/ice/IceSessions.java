package org.webrtc4j.benchmarks.ice;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PortIceAgents;

/**
 * One side of many sessions over loopback. The sessions are numbered and their credentials follow from the number, so that
 * the sides need no signalling; clients learn the server's port.
 */
final class IceSessions implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LIMIT_SECONDS = 120;
    private static final int CLIENT_CHECKS = 100_000;

    private final NettyEventLoops loops;
    private final NettyPorts ports;
    private final PortIceAgents factory;
    private final boolean server;
    private final int serverPort;
    private final List<IceAgent> agents = new ArrayList<>();

    private IceSessions(boolean server, int loopCount, int serverPort) {
        this.server = server;
        this.serverPort = serverPort;
        loops = NettyEventLoops.create(loopCount);
        NettyPorts.Builder builder = NettyPorts.builder(loops).bind(LOOPBACK);
        ports = (server ? builder.shared(serverPort) : builder.dedicated()).build();
        PortIceAgents.Builder made =
                PortIceAgents.builder(ports).filter(PeerFilter.client().withLoopback());
        // All clients are this one process, and check one address.
        factory = (server ? made : made.checkRates(CLIENT_CHECKS, CLIENT_CHECKS)).build();
    }

    /** The side that has one port for all, and is controlled. */
    static IceSessions server(int loopCount, int port) {
        return new IceSessions(true, loopCount, port);
    }

    /** The side that has a port for each session, and controls. */
    static IceSessions clients(int serverPort) {
        return new IceSessions(false, 1, serverPort);
    }

    NettyPorts ports() {
        return ports;
    }

    /** A batch of sessions: begun, and counted down as they have a pair. */
    record Batch(CountDownLatch left) {

        void await() throws InterruptedException, TimeoutException {
            if (!left.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new TimeoutException(left.getCount() + " sessions have not connected");
            }
        }
    }

    /** Makes the agents of these sessions and lets them begin; they are ready to answer when this returns. */
    Batch begin(int from, int to) {
        Batch batch = new Batch(new CountDownLatch(to - from));
        List<CompletableFuture<IceAgent>> made = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            EventLoop loop = loops.next();
            CompletableFuture<IceAgent> agent = new CompletableFuture<>();
            made.add(agent);
            loop.execute(() -> agent.complete(begin(loop, number, batch.left)));
        }
        made.forEach(each -> agents.add(each.join()));
        return batch;
    }

    private IceAgent begin(EventLoop loop, int number, CountDownLatch left) {
        IceAgent agent = factory.create(
                loop,
                new IceAgentOptions("session", List.of(), false, false, true, Optional.of(parameters(server, number))));
        agent.addListener(new IceListener() {
            @Override
            public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
                if (previous == null) {
                    left.countDown();
                }
            }
        });
        agent.setReceiver(new PacketReceiver() {
            @Override
            public void onPacket(ByteBuffer packet, long arrivalNanos) {
                // No data is sent here.
            }

            @Override
            public void onBatchEnd(long nowNanos) {
                // As above.
            }
        });
        agent.setRole(server ? IceRole.CONTROLLED : IceRole.CONTROLLING);
        agent.setRemoteParameters(parameters(!server, number));
        agent.gather(GatherPolicy.ALL);
        if (!server) {
            agent.addRemoteCandidate(serverCandidate());
        }
        agent.start();
        return agent;
    }

    private static IceParameters parameters(boolean ofServer, int number) {
        String side = ofServer ? "server" : "client";
        return IceParameters.chosen(side + number, side + "PasswordOf22Chars" + number, false);
    }

    private IceCandidate serverCandidate() {
        return new IceCandidate(
                "1",
                IceProtocol.UDP,
                2_130_706_431L,
                LOOPBACK.getHostAddress(),
                serverPort,
                IceCandidateType.HOST,
                null,
                null,
                -1,
                null,
                null,
                null);
    }

    /** Ends these sessions; the next ones find the ports as they were. */
    void end() {
        for (IceAgent each : agents) {
            CompletableFuture<Boolean> closed = new CompletableFuture<>();
            each.loop().execute(() -> {
                each.close();
                closed.complete(true);
            });
            closed.join();
        }
        agents.clear();
    }

    @Override
    public void close() {
        end();
        factory.close();
        loops.close();
    }
}
