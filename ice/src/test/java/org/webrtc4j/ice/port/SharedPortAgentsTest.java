package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.PeerFilter;
import org.webrtc4j.ice.SelectedPair;

/** Whole agents over real sockets: a server on one UDP port with two loops, and clients with a port each. */
@Timeout(120)
class SharedPortAgentsTest {

    private static final int CONNECTIONS = 200;

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    /** One end of a connection. */
    private static final class End implements IceListener, PacketReceiver {

        private final IceAgent agent;
        private final CompletableFuture<String> received = new CompletableFuture<>();
        private CompletableFuture<SelectedPair> selected = new CompletableFuture<>();
        private @Nullable End other;

        End(EventLoop loop, PortIceAgents agents, IceRole role) throws Exception {
            IceAgentOptions options = new IceAgentOptions("end", List.of(), false, false, true, Optional.empty());
            agent = Sockets.on(loop, () -> {
                IceAgent made = agents.create(loop, options);
                made.addListener(this);
                made.setReceiver(this);
                made.setRole(role);
                return made;
            });
        }

        /** Signals everything to the other end at once, over the loops. */
        void signalTo(End peer) throws Exception {
            other = peer;
            IceParameters parameters = Sockets.on(agent.loop(), agent::localParameters);
            peer.agent.loop().execute(() -> peer.agent.setRemoteParameters(parameters));
        }

        void begin() {
            agent.loop().execute(() -> {
                agent.gather(GatherPolicy.ALL);
                agent.start();
            });
        }

        @Override
        public void onCandidate(IceCandidate candidate) {
            End peer = other;
            if (peer != null) {
                peer.agent.loop().execute(() -> peer.agent.addRemoteCandidate(candidate));
            }
        }

        @Override
        public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
            if (current != null) {
                selected.complete(current);
            }
        }

        @Override
        public void onPacket(ByteBuffer packet, long arrivalNanos) {
            received.complete(
                    java.nio.charset.StandardCharsets.US_ASCII.decode(packet).toString());
        }

        @Override
        public void onBatchEnd(long nowNanos) {}

        void send(String text) {
            agent.loop().execute(() -> {
                agent.send(Sockets.text(text));
                agent.flush();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void hundredsOfConnectionsAtOnceAllSucceedOnOnePortOfTwoLoops(Transport transport) throws Exception {
        try (NettyEventLoops serverLoops = NettyEventLoops.create(2, transport);
                NettyEventLoops clientLoops = NettyEventLoops.create(1, transport);
                NettyPorts shared = NettyPorts.builder(serverLoops)
                        .bind(Sockets.LOOPBACK)
                        .shared(0)
                        .build();
                NettyPorts dedicated =
                        NettyPorts.builder(clientLoops).bind(Sockets.LOOPBACK).build();
                PortIceAgents servers = agents(shared);
                PortIceAgents clients = agents(dedicated)) {
            List<End> serverEnds = new ArrayList<>();
            List<End> clientEnds = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                End server = new End(serverLoops.next(), servers, IceRole.CONTROLLED);
                End client = new End(clientLoops.next(), clients, IceRole.CONTROLLING);
                server.signalTo(client);
                client.signalTo(server);
                serverEnds.add(server);
                clientEnds.add(client);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                serverEnds.get(i).begin();
                clientEnds.get(i).begin();
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                serverEnds.get(i).selected.get(60, TimeUnit.SECONDS);
                clientEnds.get(i).selected.get(60, TimeUnit.SECONDS);
                clientEnds.get(i).send("to server " + i);
                serverEnds.get(i).send("to client " + i);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                assertThat(serverEnds.get(i).received.get(30, TimeUnit.SECONDS)).isEqualTo("to server " + i);
                assertThat(clientEnds.get(i).received.get(30, TimeUnit.SECONDS)).isEqualTo("to client " + i);
            }

            assertThat(shared.stats().socketsOpened()).isEqualTo(transport == Transport.EPOLL ? 2 : 1);
            assertThat(shared.stats().handedOff()).isPositive();
            assertThat(shared.stats().drops()).doesNotContainKeys("handOffFull", "sendQueueFull", "ownerFailed");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aRestartSucceedsThoughBothAddressesStayTheSame(Transport transport) throws Exception {
        try (NettyEventLoops serverLoops = NettyEventLoops.create(2, transport);
                NettyEventLoops clientLoops = NettyEventLoops.create(1, transport);
                NettyPorts shared = NettyPorts.builder(serverLoops)
                        .bind(Sockets.LOOPBACK)
                        .shared(0)
                        .build();
                NettyPorts dedicated =
                        NettyPorts.builder(clientLoops).bind(Sockets.LOOPBACK).build();
                PortIceAgents servers = agents(shared);
                PortIceAgents clients = agents(dedicated)) {
            End server = new End(serverLoops.loops().get(1), servers, IceRole.CONTROLLED);
            End client = new End(clientLoops.next(), clients, IceRole.CONTROLLING);
            server.signalTo(client);
            client.signalTo(server);
            server.begin();
            client.begin();
            SelectedPair before = server.selected.get(30, TimeUnit.SECONDS);
            client.selected.get(30, TimeUnit.SECONDS);

            for (int i = 0; i < 12; i++) {
                server.selected = new CompletableFuture<>();
                client.selected = new CompletableFuture<>();
                Sockets.on(server.agent.loop(), () -> server.agent.restart());
                Sockets.on(client.agent.loop(), () -> client.agent.restart());
                server.signalTo(client);
                client.signalTo(server);
                server.begin();
                client.begin();
                SelectedPair after = server.selected.get(30, TimeUnit.SECONDS);
                client.selected.get(30, TimeUnit.SECONDS);
                assertThat(address(after)).isEqualTo(address(before));
            }
            client.send("after the restarts");
            assertThat(server.received.get(30, TimeUnit.SECONDS)).isEqualTo("after the restarts");
        }
    }

    private static InetSocketAddress address(SelectedPair pair) {
        return new InetSocketAddress(
                Sockets.ip(pair.remote().address()), pair.remote().port());
    }

    private static PortIceAgents agents(NettyPorts ports) {
        return PortIceAgents.builder(ports)
                .random(new SecureRandom())
                .filter(PeerFilter.client().withLoopback())
                .build();
    }
}
