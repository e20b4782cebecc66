package org.webrtc4j.turnserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.ice.turn.TurnClient;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnLimits;
import org.webrtc4j.turnserver.engine.TurnServerEngine;
import org.webrtc4j.turnserver.engine.TurnServerEngine.RelayWish;
import org.webrtc4j.turnserver.engine.TurnServerOptions;

/** Bytes of strangers, and of clients that do what they like: no exception leaves, and nothing grows beyond its limit. */
class TurnServerFuzzTest {

    private static final InetSocketAddress STRANGER = new InetSocketAddress("203.0.113.9", 4_000);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("203.0.113.1", 4_000);
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4_000);
    private static final int LISTENER = 3;

    /** A server with one client that holds an allocation, and both's messages on their way. */
    private static final class World implements TurnServerEngine.Sink, TurnClient.Sink {

        private final TimeSource clock = new TimeSource() {
            @Override
            public long nanoTime() {
                return now;
            }

            @Override
            public long epochMicros(long nowNanos) {
                return nowNanos / 1_000;
            }
        };
        private long now = 1_000_000_000L;
        private final Queue<ByteBuffer> toServer = new ArrayDeque<>();
        private final Queue<ByteBuffer> toClient = new ArrayDeque<>();
        private final Queue<Integer> wishes = new ArrayDeque<>();
        private int relays;
        private final TurnServerEngine server = new TurnServerEngine(
                TurnServerOptions.of("example.org", TurnCredentials.ofUsers(Map.of("alice", "secret")))
                        .withLimits(new TurnLimits(4, 4, 8, 8, 1_000_000)),
                clock,
                new SplittableRandom(1),
                this);
        private final TurnClient client = new TurnClient(new SplittableRandom(2), "alice", "secret", false, this);

        World() {
            client.allocate(now);
            settle();
            assertThat(client.isAllocated()).isTrue();
        }

        void settle() {
            while (!toServer.isEmpty() || !toClient.isEmpty() || !wishes.isEmpty()) {
                ByteBuffer up = toServer.poll();
                if (up != null) {
                    server.handleClientPacket(LISTENER, CLIENT, up, now);
                }
                Integer wish = wishes.poll();
                if (wish != null) {
                    relays++;
                    if (!server.relayOpened(wish, new InetSocketAddress("198.51.100.1", 50_000), null, now)) {
                        relays--;
                    }
                }
                ByteBuffer down = toClient.poll();
                if (down != null) {
                    client.handlePacket(down, now);
                }
            }
        }

        private static ByteBuffer copy(ByteBuffer message) {
            byte[] bytes = new byte[message.remaining()];
            message.get(message.position(), bytes);
            return ByteBuffer.wrap(bytes);
        }

        @Override
        public void transmit(int listener, InetSocketAddress to, ByteBuffer message) {
            if (to.equals(CLIENT)) {
                toClient.add(copy(message));
            }
        }

        @Override
        public void relay(int allocation, InetSocketAddress peer, ByteBuffer data) {
            assertThat(data.remaining()).isLessThanOrEqualTo(TurnServerEngine.MAX_DATA_BYTES);
        }

        @Override
        public void openRelay(int allocation, RelayWish wish) {
            wishes.add(allocation);
        }

        @Override
        public void closeRelay(int allocation) {
            relays--;
        }

        @Override
        public void transmit(ByteBuffer message) {
            toServer.add(copy(message));
        }

        @Override
        public void onAllocated(InetSocketAddress relayed, InetSocketAddress mapped) {}

        @Override
        public void onData(InetSocketAddress peer, ByteBuffer data) {}

        @Override
        public void onRedirected(InetSocketAddress other, @Nullable String domain) {}

        @Override
        public void onFailed(int code, String reason) {}
    }

    @FuzzTest
    void datagramsOfAStranger(FuzzedDataProvider data) {
        World world = new World();
        while (data.remainingBytes() > 0) {
            byte[] bytes = data.consumeBytes(data.consumeInt(0, 300));
            world.server.handleClientPacket(LISTENER, STRANGER, ByteBuffer.wrap(bytes), world.now);
            world.settle();
        }
        assertThat(world.server.stats().allocations()).isEqualTo(1);
        assertThat(world.server.stats().permissions()).isZero();
        assertThat(world.server.stats().packetsToPeers()).isZero();
    }

    /** What happens next is in the bytes: data, peers, time, mutations of messages on their way, in both directions. */
    @FuzzTest
    void operations(FuzzedDataProvider data) {
        World world = new World();
        while (data.remainingBytes() > 0) {
            switch (data.consumeInt(0, 6)) {
                case 0 -> world.client.send(peer(data), ByteBuffer.wrap(data.consumeBytes(40)), world.now);
                case 1 ->
                    world.server.handleRelayPacket(
                            data.consumeInt(0, 1 << 22), peer(data), ByteBuffer.wrap(data.consumeBytes(40)), world.now);
                case 2 -> world.now += data.consumeLong(0, 700_000_000_000L);
                case 3 -> mutate(world.toServer.peek(), data);
                case 4 -> mutate(world.toClient.peek(), data);
                case 5 -> world.client.handlePacket(ByteBuffer.wrap(data.consumeBytes(120)), world.now);
                default -> world.settle();
            }
            world.client.handleTimeout(world.now);
            world.server.handleTimeout(world.now);
            if (world.toServer.size() + world.toClient.size() > 500) {
                world.settle();
            }
        }
        world.settle();
        assertThat(world.server.stats().allocations()).isLessThanOrEqualTo(4);
        assertThat(world.relays).isEqualTo(world.server.stats().allocations());
        assertThat(world.server.stats().permissions()).isLessThanOrEqualTo(4 * 8);
        world.client.close(world.now);
        world.settle();
        world.server.close();
        assertThat(world.relays).isZero();
    }

    private static InetSocketAddress peer(FuzzedDataProvider data) {
        return new InetSocketAddress(PEER.getAddress(), data.consumeInt(1, 20));
    }

    private static void mutate(@Nullable ByteBuffer message, FuzzedDataProvider data) {
        if (message != null && message.hasRemaining()) {
            message.put(data.consumeInt(0, message.remaining() - 1), data.consumeByte());
        }
    }
}
