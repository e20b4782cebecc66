package org.webrtc4j.samples.recipes;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCDataChannelInit;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.NettyEventLoops;

/** A game server that shares its event loops with Netty: inputs come reliably, the world goes out unreliably 30 times a second. */
public final class GameServer implements AutoCloseable {

    private static final int TICKS_PER_SECOND = 30;
    private static final RTCDataChannelInit WORLD = RTCDataChannelInit.builder()
            .negotiated(true)
            .id(0)
            .ordered(false)
            .maxRetransmits(0)
            .build();
    private static final RTCDataChannelInit INPUT =
            RTCDataChannelInit.builder().negotiated(true).id(1).build();

    private final WebRtcRuntime runtime;
    private final ScheduledFuture<?> ticker;
    private final Map<Integer, Player> players = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Starts the server on loops that the game already has.
     *
     * @param settings ports, addresses and limits; {@code WebRtcRuntime.builder().server().udpPort(n)} on the internet
     * @param group the game's event loops
     */
    public GameServer(RuntimeBuilder settings, EventLoopGroup group) {
        runtime = settings.eventLoops(NettyEventLoops.over(group)).build();
        ticker = group.next().scheduleAtFixedRate(this::tick, 0, 1_000 / TICKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    /**
     * Lets a player in.
     *
     * @param offer the page's offer, with both channels negotiated as above
     * @return the answer, with all candidates inside
     */
    public CompletableFuture<String> join(String offer) {
        int number = numbers.incrementAndGet();
        RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "player-" + number);
        Player player = new Player(number, pc.createDataChannel("world", WORLD));
        RTCDataChannel input = pc.createDataChannel("input", INPUT);
        input.onOpen(event -> players.put(number, player));
        input.onClose(event -> players.remove(number));
        // On the connection's loop: one writer, and the tick reads whole values.
        input.onMessage(message -> player.move(ByteBuffer.wrap(message.bytes())));
        return pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
                .thenCompose(done -> pc.setLocalDescription())
                .thenCompose(done -> pc.gatheringComplete())
                .thenApply(RTCSessionDescription::sdp);
    }

    private void tick() {
        ByteBuffer world = ByteBuffer.allocate(players.size() * Player.BYTES);
        players.values().stream().limit(world.capacity() / Player.BYTES).forEach(player -> player.write(world));
        byte[] state = Arrays.copyOf(world.array(), world.position());
        players.values().forEach(player -> player.show(state));
    }

    @Override
    public void close() {
        ticker.cancel(false);
        runtime.close();
    }

    /** One player: where it stands, and the channel on which it sees the world. */
    private static final class Player {

        static final int BYTES = 12;

        private final int number;
        private final RTCDataChannel world;
        private volatile long place;

        Player(int number, RTCDataChannel world) {
            this.number = number;
            this.world = world;
        }

        void move(ByteBuffer input) {
            if (input.remaining() >= Long.BYTES) {
                place = input.getLong();
            }
        }

        void write(ByteBuffer state) {
            state.putInt(number).putLong(place);
        }

        /** A player whose network is slow misses states instead of seeing old ones. */
        void show(byte[] state) {
            if (world.readyState() == RTCDataChannelState.OPEN && world.bufferedAmount() == 0) {
                world.send(state);
            }
        }
    }
}
