package org.webrtc4j.benchmarks.ice;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceGatheringState;
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
import org.webrtc4j.ice4j.Ice4jAgents;

/**
 * One side of many sessions over loopback. The sessions are numbered and their credentials follow from the number, so that
 * clients learn nothing but the server's port of each.
 */
final class IceSessions implements AutoCloseable {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LIMIT_SECONDS = 120;
    private static final int CLIENT_CHECKS = 100_000;

    private final NettyEventLoops loops;
    private final @Nullable NettyPorts ports;
    private final IceAgentFactory factory;
    private final boolean server;
    private final List<IceAgent> agents = new ArrayList<>();

    private IceSessions(boolean server, NettyEventLoops loops, @Nullable NettyPorts ports, IceAgentFactory factory) {
        this.server = server;
        this.loops = loops;
        this.ports = ports;
        this.factory = factory;
    }

    /** The side that has one port for all, and is controlled. */
    static IceSessions server(int loopCount, int port) {
        NettyEventLoops loops = NettyEventLoops.create(loopCount);
        NettyPorts ports = NettyPorts.builder(loops).bind(LOOPBACK).shared(port).build();
        return new IceSessions(true, loops, ports, builder(ports).build());
    }

    /** The same side of ice4j's agents, which have a port each. */
    static IceSessions ice4jServer(int loopCount) {
        Ice4jAgents agents = Ice4jAgents.builder().bind(LOOPBACK).build();
        return new IceSessions(true, NettyEventLoops.create(loopCount), null, agents);
    }

    /** The side that has a port for each session, and controls. */
    static IceSessions clients() {
        NettyEventLoops loops = NettyEventLoops.create(1);
        NettyPorts ports = NettyPorts.builder(loops).bind(LOOPBACK).dedicated().build();
        // All clients are this one process, and check one address.
        return new IceSessions(
                false,
                loops,
                ports,
                builder(ports).checkRates(CLIENT_CHECKS, CLIENT_CHECKS).build());
    }

    private static PortIceAgents.Builder builder(NettyPorts ports) {
        return PortIceAgents.builder(ports).filter(PeerFilter.client().withLoopback());
    }

    /** What its ports dropped, by reason; nothing where they are not ours. */
    Map<String, Long> drops() {
        return ports == null ? Map.of() : ports.stats().drops();
    }

    /** A batch of sessions: begun, and counted down as they have a pair. */
    static final class Batch {

        private final int size;
        private final List<Integer> ports;
        private final CountDownLatch left;
        private final AtomicLong latestNanos = new AtomicLong(Long.MIN_VALUE);

        private Batch(int size) {
            this.size = size;
            ports = new ArrayList<>();
            left = new CountDownLatch(size);
        }

        /** The port of each session of a server, in their order. */
        List<Integer> ports() {
            return ports;
        }

        private void connected() {
            latestNanos.accumulateAndGet(System.nanoTime(), Math::max);
            left.countDown();
        }

        /** Waits until all have connected, or so long; how many have then. */
        int await(int seconds) throws InterruptedException {
            return left.await(seconds, TimeUnit.SECONDS) ? size : size - (int) left.getCount();
        }

        void await() throws InterruptedException, TimeoutException {
            if (await(LIMIT_SECONDS) < size) {
                throw new TimeoutException(left.getCount() + " sessions have not connected");
            }
        }

        /** When the latest of them connected, as System.nanoTime says it. */
        long latestNanos() {
            return latestNanos.get();
        }
    }

    /** As the clients, which check one port of the server for each session. */
    Batch begin(int from, List<Integer> serverPorts) {
        return begin(from, from + serverPorts.size(), number -> serverPorts.get(number - from));
    }

    /** As the server: they are ready to answer when this returns. */
    Batch begin(int from, int to) {
        return begin(from, to, number -> -1);
    }

    private Batch begin(int from, int to, IntUnaryOperator serverPort) {
        Batch batch = new Batch(to - from);
        List<CompletableFuture<IceAgent>> made = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            EventLoop loop = loops.next();
            CompletableFuture<IceAgent> agent = new CompletableFuture<>();
            made.add(agent);
            loop.execute(() -> begin(loop, number, serverPort.applyAsInt(number), batch, agent));
        }
        for (CompletableFuture<IceAgent> each : made) {
            IceAgent agent = each.join();
            agents.add(agent);
            if (server) {
                batch.ports.add(localPort(agent));
            }
        }
        return batch;
    }

    private static int localPort(IceAgent agent) {
        return CompletableFuture.supplyAsync(
                        () -> agent.stats().localCandidates().stream()
                                .mapToInt(IceCandidate::port)
                                .findFirst()
                                .orElseThrow(() -> new IllegalStateException(agent.explain())),
                        agent.loop())
                .join();
    }

    private void begin(EventLoop loop, int number, int serverPort, Batch batch, CompletableFuture<IceAgent> gathered) {
        IceAgent agent = factory.create(
                loop,
                new IceAgentOptions("session", List.of(), false, false, true, Optional.of(parameters(server, number))));
        agent.addListener(new IceListener() {
            @Override
            public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
                if (previous == null) {
                    batch.connected();
                }
            }

            @Override
            public void onGatheringStateChange(IceGatheringState state) {
                if (state == IceGatheringState.COMPLETE) {
                    gathered.complete(agent);
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
            agent.addRemoteCandidate(serverCandidate(serverPort));
        }
        agent.start();
    }

    private static IceParameters parameters(boolean ofServer, int number) {
        String side = ofServer ? "server" : "client";
        return IceParameters.chosen(side + number, side + "PasswordOf22Chars" + number, false);
    }

    private static IceCandidate serverCandidate(int serverPort) {
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
