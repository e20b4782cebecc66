package org.webrtc4j.turnserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.ice.turn.TurnClient;
import org.webrtc4j.turnserver.engine.TurnCredentials;
import org.webrtc4j.turnserver.engine.TurnServerEngine;
import org.webrtc4j.turnserver.engine.TurnServerEngine.RelayWish;
import org.webrtc4j.turnserver.engine.TurnServerOptions;

/** Data through a bound channel, both ways and on both sides, allocates nothing. */
class RelayingCostTest implements TurnServerEngine.Sink, TurnClient.Sink {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("203.0.113.1", 4_000);
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4_000);
    private static final int PACKETS = 20_000;
    private static final long NOW = 1_000_000_000L;

    private final Queue<ByteBuffer> control = new ArrayDeque<>();
    private final TurnServerEngine server = new TurnServerEngine(
            TurnServerOptions.of("example.org", TurnCredentials.ofUsers(Map.of("alice", "secret"))),
            new TimeSource() {
                @Override
                public long nanoTime() {
                    return NOW;
                }

                @Override
                public long epochMicros(long nowNanos) {
                    return nowNanos / 1_000;
                }
            },
            new SplittableRandom(1),
            this);
    private final TurnClient client = new TurnClient(new SplittableRandom(2), "alice", "secret", false, this);
    private int relay;
    private boolean direct;
    private long bytesToPeer;
    private long bytesToClient;

    private void settle() {
        for (ByteBuffer message = control.poll(); message != null; message = control.poll()) {
            client.handlePacket(message, NOW);
        }
    }

    private static ByteBuffer copy(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return ByteBuffer.wrap(bytes);
    }

    private void exchange(int packets, ByteBuffer data) {
        for (int i = 0; i < packets; i++) {
            data.clear();
            client.send(PEER, data, NOW);
            data.clear();
            server.handleRelayPacket(relay, PEER, data, NOW);
        }
    }

    @Test
    void dataThroughAChannelAllocatesNothing() throws ReflectiveOperationException {
        client.allocate(NOW);
        settle();
        server.relayOpened(relay, new InetSocketAddress("198.51.100.1", 50_000), null, NOW);
        settle();
        assertThat(client.isAllocated()).isTrue();
        ByteBuffer data = ByteBuffer.wrap(new byte[1_200]);
        data.array()[0] = 23;
        for (int i = 0; i < 3; i++) {
            data.clear();
            client.send(PEER, data, NOW);
            settle();
        }
        assertThat(server.stats().channels()).isEqualTo(1);
        direct = true;
        bytesToPeer = 0;
        exchange(PACKETS, data);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = Allocation.ofThisThread();
            exchange(PACKETS, data);
            best = Math.min(best, Allocation.ofThisThread() - before);
        }
        assertThat(bytesToPeer).isEqualTo(6L * PACKETS * 1_200);
        assertThat(bytesToClient).isEqualTo(6L * PACKETS * 1_200);
        assertThat(best).as("bytes in %d packets", 2 * PACKETS).isLessThan(PACKETS);
    }

    @Override
    public void transmit(int listener, InetSocketAddress to, ByteBuffer message) {
        if (direct) {
            client.handlePacket(message, NOW);
        } else {
            control.add(copy(message));
        }
    }

    @Override
    public void relay(int allocation, InetSocketAddress peer, ByteBuffer data) {
        bytesToPeer += data.remaining();
    }

    @Override
    public void openRelay(int allocation, RelayWish wish) {
        relay = allocation;
    }

    @Override
    public void closeRelay(int allocation) {}

    @Override
    public void transmit(ByteBuffer message) {
        server.handleClientPacket(0, CLIENT, direct ? message : copy(message), NOW);
    }

    @Override
    public void onAllocated(InetSocketAddress relayed, InetSocketAddress mapped) {}

    @Override
    public void onData(InetSocketAddress peer, ByteBuffer data) {
        bytesToClient += data.remaining();
    }

    @Override
    public void onRedirected(InetSocketAddress other, @Nullable String domain) {}

    @Override
    public void onFailed(int code, String reason) {}
}
