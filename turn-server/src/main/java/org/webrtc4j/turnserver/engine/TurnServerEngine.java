package org.webrtc4j.turnserver.engine;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.ice.turn.ChannelData;

/**
 * A STUN and TURN server (RFC 8489, RFC 8656) as a state machine, with UDP between server and peers.
 *
 * <p>It follows the engine contract of {@link ProtocolEngine}: packets and time go in, packets come out, nothing waits.
 * Clients are told apart by listener and address, so that UDP, TCP and TLS differ for the owner only: it gives each
 * datagram socket and each connection a number, and cuts streams into messages. Relayed addresses are asked of the owner.
 *
 * <p>Answers leave within the call that causes them. Relaying a packet allocates nothing but, for data that comes as
 * indication, the peer's address.
 */
public final class TurnServerEngine {

    /** The largest datagram relayed; larger ones are dropped and counted. */
    public static final int MAX_DATA_BYTES = 2_048;

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int KEY_BYTES = 32;
    /** Header, XOR-PEER-ADDRESS and the header of DATA. */
    private static final int INDICATION_BYTES = 20 + 24 + 4;

    private final AllocationTable allocations = new AllocationTable();
    private final DropCounters<DropReason> drops = new DropCounters<>(DropReason.class);
    private final Sink sink;
    private final RandomGenerator random;
    private final Answers answers;
    private final Requests requests;
    private final Exchange exchange = new Exchange();
    private final StunWriter writer = new StunWriter(MAX_DATA_BYTES + INDICATION_BYTES);
    private final ByteBuffer channelData = ByteBuffer.allocate(MAX_DATA_BYTES + ChannelData.HEADER_BYTES);
    private long nextSweepNanos;
    private long allocationsMade;
    private long packetsToPeers;
    private long bytesToPeers;
    private long packetsToClients;
    private long bytesToClients;

    /** Where packets go, and who opens relayed addresses. Must not call back into the engine. */
    public interface Sink {

        /**
         * Sends a message to a client. On a stream the owner pads it to a multiple of four bytes.
         *
         * @param listener where the client's message arrived
         * @param client its address
         * @param message a heap buffer, borrowed
         */
        void transmit(int listener, InetSocketAddress client, ByteBuffer message);

        /**
         * Sends data from a relayed address.
         *
         * @param allocation whose address it leaves from, the one of the peer's family
         * @param peer where it goes
         * @param data a heap buffer, borrowed
         */
        void relay(int allocation, InetSocketAddress peer, ByteBuffer data);

        /**
         * Opens relayed addresses; answered by {@link TurnServerEngine#relayOpened}, later.
         *
         * @param allocation for which allocation
         * @param wish which
         */
        void openRelay(int allocation, RelayWish wish);

        /**
         * Closes the relayed addresses of an allocation, or gives up opening them.
         *
         * @param allocation which; its number is unknown from now on
         */
        void closeRelay(int allocation);
    }

    /**
     * Which relayed addresses an allocation needs.
     *
     * @param ipv4 true for an IPv4 address
     * @param ipv6 true for an IPv6 address
     * @param evenPort true when the port must be even
     */
    public record RelayWish(boolean ipv4, boolean ipv6, boolean evenPort) {}

    /**
     * Creates a server without allocations.
     *
     * @param options what it is like
     * @param clock for the wall-clock time of credentials, and the time at which it begins
     * @param random draws the key of nonces and transaction ids; unpredictable outside tests
     * @param sink what comes out
     */
    public TurnServerEngine(TurnServerOptions options, TimeSource clock, RandomGenerator random, Sink sink) {
        this.sink = sink;
        this.random = random;
        long now = clock.nanoTime();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        int features = Authenticator.features(options.credentials());
        NonceMint nonces = new NonceMint(key, features, options.nonceLifetimeSeconds(), now);
        answers = new Answers(sink, options, nonces, drops, now);
        requests =
                new Requests(options, allocations, new Authenticator(options, clock, nonces, answers), answers, sink);
        nextSweepNanos = now + SWEEP_NANOS;
    }

    /**
     * Returns a small number for tables of the owner.
     *
     * @param allocation the number of an allocation
     * @return an index from 0, unique among the allocations that there are; reused
     */
    public static int index(int allocation) {
        return AllocationTable.slot(allocation);
    }

    /**
     * Takes a message of a client.
     *
     * @param listener the number of the socket or connection on which it arrived
     * @param client its source
     * @param packet a heap buffer, borrowed; position and limit may be changed
     * @param nowNanos the time of this turn
     */
    public void handleClientPacket(int listener, InetSocketAddress client, ByteBuffer packet, long nowNanos) {
        if (ChannelData.isLikely(packet)) {
            onChannelData(listener, client, packet, nowNanos);
            return;
        }
        exchange.begin(listener, client, nowNanos);
        StunReader reader = exchange.reader;
        if (!reader.read(packet)) {
            drops.count(DropReason.MALFORMED);
            return;
        }
        switch (reader.type()) {
            case Stun.SEND_INDICATION -> onSend(packet);
            case Stun.ALLOCATE_REQUEST,
                    Stun.REFRESH_REQUEST,
                    Stun.CREATE_PERMISSION_REQUEST,
                    Stun.CHANNEL_BIND_REQUEST -> requests.take(exchange);
            case Stun.BINDING_REQUEST -> onBinding();
            case Stun.BINDING_INDICATION -> {
                // A keepalive: it has done its work on the way.
            }
            default -> drops.count(DropReason.UNSUPPORTED);
        }
        assert consistent();
    }

    private void onBinding() {
        if (!answers.mayAnswerStranger(exchange.nowNanos)) {
            return;
        }
        if (exchange.reader.unknownCount() > 0) {
            answers.error(exchange, Stun.ERROR_UNKNOWN_ATTRIBUTE);
            return;
        }
        answers.success(exchange).xorMappedAddress(exchange.client);
        answers.end(exchange);
    }

    private @Nullable Allocation opened(int listener, InetSocketAddress client, long nowNanos) {
        Allocation allocation = allocations.find(listener, client);
        if (allocation == null || !allocation.open || allocation.expiryNanos - nowNanos <= 0) {
            drops.count(DropReason.NO_ALLOCATION);
            return null;
        }
        return allocation;
    }

    private void onChannelData(int listener, InetSocketAddress client, ByteBuffer packet, long nowNanos) {
        Allocation allocation = opened(listener, client, nowNanos);
        if (allocation == null) {
            return;
        }
        int number = ChannelData.narrowToData(packet);
        if (number < 0) {
            drops.count(DropReason.MALFORMED);
            return;
        }
        Allocation.Channel channel = allocation.channel(number);
        if (channel == null || channel.expiryNanos - nowNanos <= 0) {
            drops.count(DropReason.UNBOUND_CHANNEL);
            return;
        }
        toPeer(allocation, channel.peer, packet, nowNanos);
    }

    private void onSend(ByteBuffer packet) {
        Allocation allocation = opened(exchange.listener, exchange.client, exchange.nowNanos);
        if (allocation == null) {
            return;
        }
        InetSocketAddress peer = exchange.turn.peerAddress(0);
        if (peer == null
                || peer.getPort() == 0
                || exchange.reader.unknownCount() > 0
                || !exchange.turn.narrowToData(packet)) {
            drops.count(DropReason.MALFORMED);
        } else if (exchange.turn.dontFragment()) {
            drops.count(DropReason.CANNOT_KEEP_WHOLE);
        } else {
            toPeer(allocation, peer, packet, exchange.nowNanos);
        }
    }

    private void toPeer(Allocation allocation, InetSocketAddress peer, ByteBuffer data, long nowNanos) {
        if (!allocation.isPermitted(peer.getAddress(), nowNanos)) {
            drops.count(DropReason.NO_PERMISSION);
        } else if (data.remaining() > MAX_DATA_BYTES) {
            drops.count(DropReason.TOO_LARGE);
        } else {
            packetsToPeers++;
            bytesToPeers += data.remaining();
            sink.relay(allocation.id, peer, data);
        }
    }

    /**
     * Takes a packet of a peer.
     *
     * @param id the allocation at whose relayed address it arrived
     * @param peer its source
     * @param packet a heap buffer, borrowed
     * @param nowNanos the time of this turn
     */
    public void handleRelayPacket(int id, InetSocketAddress peer, ByteBuffer packet, long nowNanos) {
        Allocation allocation = allocations.find(id);
        if (allocation == null || !allocation.open || allocation.expiryNanos - nowNanos <= 0) {
            drops.count(DropReason.NO_ALLOCATION);
            return;
        }
        if (!allocation.isPermitted(peer.getAddress(), nowNanos)) {
            drops.count(DropReason.NO_PERMISSION);
            return;
        }
        if (packet.remaining() > MAX_DATA_BYTES) {
            drops.count(DropReason.TOO_LARGE);
            return;
        }
        packetsToClients++;
        bytesToClients += packet.remaining();
        Allocation.Channel channel = allocation.channel(peer);
        if (channel != null && channel.expiryNanos - nowNanos > 0) {
            ChannelData.write(channel.number, packet, channelData);
            sink.transmit(allocation.listener, allocation.client, channelData);
            return;
        }
        writer.begin(Stun.DATA_INDICATION, random.nextInt(), random.nextLong())
                .xorPeerAddress(peer)
                .data(packet);
        sink.transmit(allocation.listener, allocation.client, writer.finish());
    }

    /**
     * Answers {@link Sink#openRelay}.
     *
     * @param id the allocation
     * @param ipv4 the IPv4 address as peers see it, or null when there is none
     * @param ipv6 the IPv6 address, likewise
     * @param nowNanos the time of this turn
     * @return false when nobody wants them any more, or those that were needed are missing: the owner closes what it opened
     */
    public boolean relayOpened(
            int id, @Nullable InetSocketAddress ipv4, @Nullable InetSocketAddress ipv6, long nowNanos) {
        Allocation allocation = allocations.find(id);
        if (allocation == null || allocation.open) {
            return false;
        }
        if (ipv4 == null && ipv6 == null) {
            allocations.remove(allocation);
            answers.notAllocated(allocation, Stun.ERROR_INSUFFICIENT_CAPACITY);
            return false;
        }
        allocation.relayedIpv4 = ipv4;
        allocation.relayedIpv6 = ipv6;
        allocation.open = true;
        allocation.expiryNanos = nowNanos + TimeUnit.SECONDS.toNanos(allocation.lifetimeSeconds);
        allocationsMade++;
        answers.allocated(allocation);
        assert consistent();
        return true;
    }

    /**
     * Tells whether a client has an allocation: the owner may end the connection of one that has none.
     *
     * @param listener where its messages arrive
     * @param client its address
     * @return true from an authentic Allocate to its end
     */
    public boolean hasAllocation(int listener, InetSocketAddress client) {
        return allocations.find(listener, client) != null;
    }

    /**
     * Tells that the connection of a client has ended, and its allocation with it (RFC 8656 section 3.1).
     *
     * @param listener the number of the connection
     * @param client its remote address
     */
    public void clientGone(int listener, InetSocketAddress client) {
        Allocation allocation = allocations.find(listener, client);
        if (allocation != null) {
            end(allocation);
        }
    }

    private void end(Allocation allocation) {
        allocations.remove(allocation);
        sink.closeRelay(allocation.id);
    }

    /**
     * Lets time pass: what has expired is swept away once a second. It is unusable at once.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        if (nextSweepNanos - nowNanos > 0) {
            return;
        }
        nextSweepNanos = nowNanos + SWEEP_NANOS;
        for (Allocation allocation : allocations.all()) {
            if (allocation.expiryNanos - nowNanos <= 0) {
                end(allocation);
            } else {
                allocation.sweep(nowNanos);
            }
        }
        assert consistent();
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER} while there is no allocation
     */
    public long nextTimeout() {
        return allocations.size() == 0 ? ProtocolEngine.NEVER : nextSweepNanos;
    }

    /** Ends every allocation; their clients learn it from their next request. */
    public void close() {
        allocations.all().forEach(this::end);
    }

    /**
     * Returns what has been done so far.
     *
     * @return a snapshot
     */
    public TurnServerStats stats() {
        int permissions = 0;
        int channels = 0;
        for (Allocation allocation : allocations.all()) {
            permissions += allocation.permissions();
            channels += allocation.channels();
        }
        return new TurnServerStats(
                allocations.size(),
                allocationsMade,
                permissions,
                channels,
                packetsToPeers,
                bytesToPeers,
                packetsToClients,
                bytesToClients,
                answers.errors(),
                drops.snapshot(DropReason::text));
    }

    private boolean consistent() {
        return nextTimeout() == ProtocolEngine.NEVER || allocations.size() > 0;
    }
}
