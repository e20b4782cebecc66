package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceListener;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.SelectedPair;

/** Agents on real sockets of the loopback interface. Waits for events, never for a time. */
class PortIceAgentsOnSocketsTest {

    /** Far beyond what any step takes; a step that hangs ends here. */
    private static final long LIMIT_SECONDS = 60;

    private static final IceAgentOptions OPTIONS =
            new IceAgentOptions("loopback", List.of(), false, false, true, Optional.empty());

    /** One side. Everything but the futures is confined to the loop. */
    private static final class Side implements IceListener, PacketReceiver {

        final EventLoop loop;
        final IceAgent agent;
        final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
        final CompletableFuture<@Nullable Void> reconnected = new CompletableFuture<>();
        final CompletableFuture<String> received = new CompletableFuture<>();

        @Nullable
        Side other;

        Side(EventLoop loop, PortIceAgents agents) throws Exception {
            this.loop = loop;
            agent = on(loop, () -> agents.create(loop, OPTIONS));
            run(() -> {
                agent.addListener(this);
                agent.setReceiver(this);
            });
        }

        void run(Runnable task) throws Exception {
            on(loop, () -> {
                task.run();
                return "";
            });
        }

        @Override
        public void onStateChange(IceState state) {
            if (state == IceState.CONNECTED) {
                connected.complete(null);
            }
        }

        @Override
        public void onSelectedPairChange(@Nullable SelectedPair previous, @Nullable SelectedPair current) {
            if (previous != null
                    && current != null
                    && !Objects.equals(current.local().ufrag(), previous.local().ufrag())) {
                reconnected.complete(null);
            }
        }

        @Override
        public void onCandidate(IceCandidate candidate) {
            Side peer = other;
            if (peer != null) {
                peer.loop.execute(() -> peer.agent.addRemoteCandidate(candidate));
            }
        }

        @Override
        public void onPacket(ByteBuffer packet, long arrivalNanos) {
            byte[] bytes = new byte[packet.remaining()];
            packet.get(bytes);
            received.complete(Arrays.toString(bytes));
        }

        @Override
        public void onBatchEnd(long nowNanos) {}
    }

    private static <T> T on(EventLoop loop, Callable<T> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception | Error failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static void negotiate(Side offerer, Side answerer, boolean restart) throws Exception {
        offerer.other = answerer;
        answerer.other = offerer;
        IceParameters offered =
                on(offerer.loop, () -> restart ? offerer.agent.restart() : offerer.agent.localParameters());
        IceParameters answered =
                on(answerer.loop, () -> restart ? answerer.agent.restart() : answerer.agent.localParameters());
        offerer.run(() -> {
            offerer.agent.setRole(IceRole.CONTROLLING);
            offerer.agent.gather(GatherPolicy.ALL);
            offerer.agent.start();
        });
        answerer.run(() -> {
            answerer.agent.setRole(IceRole.CONTROLLED);
            answerer.agent.setRemoteParameters(offered);
            answerer.agent.gather(GatherPolicy.ALL);
            answerer.agent.start();
        });
        offerer.run(() -> offerer.agent.setRemoteParameters(answered));
    }

    private static void exchange(Side one, Side two) throws Exception {
        one.run(() -> {
            assertThat(one.agent.send(ByteBuffer.wrap(new byte[] {20, 1, 2}))).isTrue();
            one.agent.flush();
        });
        two.run(() -> {
            assertThat(two.agent.send(ByteBuffer.wrap(new byte[] {21, 3, 4}))).isTrue();
            two.agent.flush();
        });
        assertThat(two.received.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("[20, 1, 2]");
        assertThat(one.received.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("[21, 3, 4]");
    }

    /** Connects pairs whose answerers share one socket or have their own, as the ports say. */
    private static void connect(
            int pairs, int threads, boolean restart, UnaryOperator<NettyPorts.Builder> answererPorts) throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (NettyEventLoops loops = NettyEventLoops.create(threads);
                PortIceAgents offerers = PortIceAgents.builder(
                                NettyPorts.builder(loops).bind(loopback).build())
                        .build();
                PortIceAgents answerers = PortIceAgents.builder(answererPorts
                                .apply(NettyPorts.builder(loops).bind(loopback))
                                .build())
                        .build()) {
            List<Side> sides = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                Side offerer = new Side(loops.next(), offerers);
                Side answerer = new Side(loops.next(), answerers);
                sides.add(offerer);
                sides.add(answerer);
                negotiate(offerer, answerer, false);
            }
            for (Side side : sides) {
                side.connected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
            if (restart) {
                for (int i = 0; i < sides.size(); i += 2) {
                    negotiate(sides.get(i), sides.get(i + 1), true);
                }
                for (Side side : sides) {
                    side.reconnected.get(LIMIT_SECONDS, TimeUnit.SECONDS);
                }
            }
            for (int i = 0; i < sides.size(); i += 2) {
                exchange(sides.get(i), sides.get(i + 1));
            }
            for (Side side : sides) {
                side.run(side.agent::close);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void connectionsWithSocketsOfTheirOwn(int threads) throws Exception {
        connect(20, threads, false, ports -> ports);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void connectionsOnOneSharedPort(int threads) throws Exception {
        connect(20, threads, false, ports -> ports.shared(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void restartsOnOneSharedPortWhileThePeersAddressStaysTheSame(int threads) throws Exception {
        connect(10, threads, true, ports -> ports.shared(0));
    }

    @Test
    void aHundredConnectionsAtOnceOnOneSharedPort() throws Exception {
        connect(100, 2, false, ports -> ports.shared(0));
    }
}
