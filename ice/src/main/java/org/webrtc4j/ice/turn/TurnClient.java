package org.webrtc4j.ice.turn;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.ice.stun.Stun;
import org.webrtc4j.ice.stun.StunReader;
import org.webrtc4j.ice.stun.StunWriter;
import org.webrtc4j.ice.stun.TurnAttributes;

/**
 * The client of one allocation (RFC 8656) as a state machine: messages to and from the server through one transport, data
 * to and from peers at the relayed addresses. UDP, TCP and TLS differ for the owner only.
 *
 * <p>A permission is asked for when the first packet for an address comes, which waits for it. A channel is bound when the
 * first packet that is no STUN goes to a peer: that is the pair in use. Until it is bound data goes as indications. Both are
 * prolonged while they are used. An IPv6 address is asked for beside the IPv4 one where the server has it.
 *
 * <p>It follows the engine contract of {@link ProtocolEngine}. Data in and out allocates nothing once a channel is bound.
 */
public final class TurnClient {

    /** How many peer addresses may have permissions; packets to further ones are dropped. */
    public static final int MAX_PERMISSIONS = 128;

    /** How many peers may have channels; data for further ones goes as indications. */
    public static final int MAX_CHANNELS = 32;

    /** How many packets wait for permissions; further ones are dropped. */
    public static final int MAX_HELD = 32;

    /** The largest packet carried; larger ones are dropped. */
    public static final int MAX_DATA_BYTES = 2_048;

    /** What an indication needs beside the data, for a peer of either family: the most that is ever added. */
    public static final int OVERHEAD_BYTES = 20 + 24 + 4 + 3;

    /** The code for a server that does not answer, as RTCPeerConnectionIceErrorEvent has it. */
    public static final int SERVER_SILENT = 701;

    private static final long MARGIN_SECONDS = 60;

    private final RandomGenerator random;
    private final boolean reliable;
    private final Sink sink;
    private final TurnSession session;
    private final TurnAttributes turn = new TurnAttributes();
    private final StunReader reader = StunReader.of(turn);
    private final StunWriter writer = new StunWriter(MAX_DATA_BYTES + OVERHEAD_BYTES);
    private final ByteBuffer channelData = ByteBuffer.allocate(MAX_DATA_BYTES + ChannelData.HEADER_BYTES);
    private final DropCounters<TurnDrop> drops = new DropCounters<>(TurnDrop.class);
    private final TurnRequests requests;
    private final TurnPeers peers = new TurnPeers();
    private final List<Held> held = new ArrayList<>();
    private State state = State.NEW;
    private long begunNanos;
    private boolean silent;
    private long refreshNanos = ProtocolEngine.NEVER;

    private enum State {
        NEW,
        ALLOCATING,
        ALLOCATED,
        ENDED
    }

    private record Held(InetSocketAddress peer, ByteBuffer packet) {}

    /** What comes out. Must not call back into the client, but where it says so. */
    public interface Sink {

        /**
         * Sends a message to the server. On a stream the owner pads it to a multiple of four bytes.
         *
         * @param message a heap buffer, borrowed
         */
        void transmit(ByteBuffer message);

        /**
         * A relayed address is there; one or two times.
         *
         * @param relayed the address at the server
         * @param mapped the client's address as the server sees it
         */
        void onAllocated(InetSocketAddress relayed, InetSocketAddress mapped);

        /**
         * A packet of a peer has come. Unlike the others this may call {@link TurnClient#send}: it is the last thing that the
         * client does with a message.
         *
         * @param peer its source
         * @param data a heap buffer, borrowed
         */
        void onData(InetSocketAddress peer, ByteBuffer data);

        /**
         * The server wants another one to be asked; the client is over.
         *
         * @param server the other server's address
         * @param domain the name in the other server's certificate, or null for the same
         */
        void onRedirected(InetSocketAddress server, @Nullable String domain);

        /**
         * The server has not answered for so long that nobody should wait for it. It is asked on: an allocation may come yet,
         * or {@link #onFailed}.
         */
        default void onSilent() {}

        /**
         * There is no allocation, or no longer; the client is over.
         *
         * @param code the STUN error code, or {@link #SERVER_SILENT}
         * @param reason the reason phrase
         */
        void onFailed(int code, String reason);
    }

    /**
     * Creates a client that has not asked yet.
     *
     * @param random draws transaction ids; unpredictable outside tests
     * @param username the user, or empty for a server without users
     * @param password its password
     * @param reliable true when messages travel over TCP or TLS, and are not repeated
     * @param sink what comes out
     */
    public TurnClient(RandomGenerator random, String username, String password, boolean reliable, Sink sink) {
        this.random = random;
        this.reliable = reliable;
        this.sink = sink;
        session = new TurnSession(username, password);
        requests = new TurnRequests(random, reliable, session, writer, sink);
    }

    /**
     * Asks for an allocation.
     *
     * @param nowNanos the time of this turn
     */
    public void allocate(long nowNanos) {
        if (state == State.NEW) {
            state = State.ALLOCATING;
            begunNanos = nowNanos;
            requests.begin(new TurnTransaction(Stun.ALLOCATE_REQUEST, null, 0), nowNanos);
        }
    }

    /**
     * Tells whether there is a relayed address.
     *
     * @return true from the first {@link Sink#onAllocated} to the end
     */
    public boolean isAllocated() {
        return state == State.ALLOCATED;
    }

    /**
     * Sends a packet to a peer, or keeps it until there is a permission.
     *
     * @param peer where it goes
     * @param packet a heap buffer, borrowed
     * @param nowNanos the time of this turn
     * @return false when it was dropped and counted
     */
    public boolean send(InetSocketAddress peer, ByteBuffer packet, long nowNanos) {
        if (state != State.ALLOCATED || packet.remaining() > MAX_DATA_BYTES) {
            return drop(state == State.ALLOCATED ? TurnDrop.TOO_LARGE : TurnDrop.NOT_ALLOCATED);
        }
        TurnChannel channel = peers.channel(peer);
        if (channel != null && channel.bound) {
            channel.usedNanos = nowNanos;
            ChannelData.write(channel.number, packet, channelData);
            sink.transmit(channelData);
            return true;
        }
        TurnPermission permission = peers.permission(peer.getAddress());
        if (permission == null) {
            if (peers.permissions.size() >= MAX_PERMISSIONS) {
                return drop(TurnDrop.LIMIT);
            }
            permission = new TurnPermission(peer, nowNanos);
            peers.permissions.add(permission);
            requests.begin(new TurnTransaction(Stun.CREATE_PERMISSION_REQUEST, peer, 0), nowNanos);
        }
        permission.usedNanos = nowNanos;
        return switch (permission.state) {
            case ASKED -> hold(peer, packet);
            case REFUSED -> drop(TurnDrop.PEER_REFUSED);
            case GRANTED -> {
                // STUN begins with 0 to 3 (RFC 7983 section 7).
                if (channel == null && packet.hasRemaining() && packet.get(packet.position()) >>> 2 != 0) {
                    bindChannel(peer, nowNanos);
                }
                sendIndication(peer, packet);
                yield true;
            }
        };
    }

    private boolean drop(TurnDrop reason) {
        drops.count(reason);
        return false;
    }

    private boolean hold(InetSocketAddress peer, ByteBuffer packet) {
        if (held.size() >= MAX_HELD) {
            return drop(TurnDrop.LIMIT);
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(packet.position(), copy);
        held.add(new Held(peer, ByteBuffer.wrap(copy)));
        return true;
    }

    private void sendIndication(InetSocketAddress peer, ByteBuffer packet) {
        writer.begin(Stun.SEND_INDICATION, random.nextInt(), random.nextLong())
                .xorPeerAddress(peer)
                .data(packet);
        sink.transmit(writer.finish());
    }

    private void bindChannel(InetSocketAddress peer, long nowNanos) {
        TurnChannel channel = peers.newChannel(peer, MAX_CHANNELS, nowNanos);
        if (channel != null) {
            requests.begin(new TurnTransaction(Stun.CHANNEL_BIND_REQUEST, peer, channel.number), nowNanos);
        }
    }

    /**
     * Takes a message of the server.
     *
     * @param packet a heap buffer, borrowed; position and limit may be changed
     * @param nowNanos the time of this turn
     */
    public void handlePacket(ByteBuffer packet, long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        if (ChannelData.isLikely(packet)) {
            onChannelData(packet, nowNanos);
        } else if (!reader.read(packet)) {
            drops.count(TurnDrop.MALFORMED);
        } else if (reader.type() == Stun.DATA_INDICATION) {
            onData(packet, nowNanos);
        } else {
            onResponse(nowNanos);
        }
        assert consistent();
    }

    private void onChannelData(ByteBuffer packet, long nowNanos) {
        int number = ChannelData.narrowToData(packet);
        TurnChannel channel = number < 0 ? null : peers.channel(number);
        if (channel == null) {
            drops.count(number < 0 ? TurnDrop.MALFORMED : TurnDrop.UNBOUND_CHANNEL);
            return;
        }
        channel.usedNanos = nowNanos;
        sink.onData(channel.peer, packet);
    }

    private void onData(ByteBuffer packet, long nowNanos) {
        InetSocketAddress peer = turn.peerAddress(0);
        if (peer == null || !turn.narrowToData(packet)) {
            drops.count(TurnDrop.MALFORMED);
            return;
        }
        TurnPermission permission = peers.permission(peer.getAddress());
        if (permission == null || permission.state != TurnPermission.State.GRANTED) {
            drops.count(TurnDrop.NO_PERMISSION);
            return;
        }
        permission.usedNanos = nowNanos;
        sink.onData(peer, packet);
    }

    private void onResponse(long nowNanos) {
        TurnTransaction transaction = requests.find(reader.transactionHigh(), reader.transactionLow());
        if (transaction == null || !transaction.isAnsweredBy(reader.type())) {
            drops.count(TurnDrop.UNEXPECTED_RESPONSE);
            return;
        }
        boolean success = (reader.type() & 0x0010) == 0;
        if (!isTrusted(transaction, success)) {
            drops.count(TurnDrop.WRONG_INTEGRITY);
        } else if (success) {
            requests.remove(transaction);
            onSuccess(transaction, nowNanos);
        } else {
            onError(transaction, nowNanos);
        }
    }

    /** Errors may come without integrity, when the server could not tell who asked (RFC 8489 section 9.2.5). */
    private boolean isTrusted(TurnTransaction transaction, boolean success) {
        if (!transaction.signed) {
            return true;
        }
        boolean challenge =
                reader.errorCode() == Stun.ERROR_UNAUTHENTICATED || reader.errorCode() == Stun.ERROR_STALE_NONCE;
        return (!success && (challenge || !reader.hasIntegrity())) || session.isAuthentic(reader);
    }

    private void onSuccess(TurnTransaction transaction, long nowNanos) {
        switch (transaction.type) {
            case Stun.ALLOCATE_REQUEST -> onAllocated(nowNanos);
            case Stun.REFRESH_REQUEST -> refreshed(nowNanos);
            case Stun.CREATE_PERMISSION_REQUEST -> {
                TurnPermission permission = permissionOf(transaction);
                if (permission != null) {
                    permission.granted(nowNanos);
                    release(permission, nowNanos);
                }
            }
            default -> {
                TurnChannel channel = peers.channel(transaction.channel);
                if (channel != null) {
                    channel.bound(nowNanos);
                }
            }
        }
    }

    private @Nullable TurnPermission permissionOf(TurnTransaction transaction) {
        InetSocketAddress peer = transaction.peer;
        return peer == null ? null : peers.permission(peer.getAddress());
    }

    private void onAllocated(long nowNanos) {
        InetSocketAddress relayed = turn.relayedAddress(0);
        InetSocketAddress mapped = reader.mappedAddress();
        if (relayed == null || mapped == null) {
            fail(Stun.ERROR_SERVER, "The server allocated nothing");
            return;
        }
        state = State.ALLOCATED;
        refreshed(nowNanos);
        sink.onAllocated(relayed, mapped);
        InetSocketAddress second = turn.relayedAddress(1);
        if (second != null
                && second.getAddress().getClass() != relayed.getAddress().getClass()) {
            sink.onAllocated(second, mapped);
        }
    }

    private void refreshed(long nowNanos) {
        long seconds = turn.lifetime() < 0 ? 600 : turn.lifetime();
        refreshNanos = nowNanos + TimeUnit.SECONDS.toNanos(Math.max(seconds - MARGIN_SECONDS, seconds / 2));
    }

    /** Sends what waited for a permission. */
    private void release(TurnPermission permission, long nowNanos) {
        List<Held> waited = List.copyOf(held);
        held.clear();
        for (Held each : waited) {
            if (!each.peer.getAddress().equals(permission.peer.getAddress())) {
                held.add(each);
            } else if (permission.state == TurnPermission.State.GRANTED) {
                send(each.peer, each.packet, nowNanos);
            } else {
                drops.count(TurnDrop.PEER_REFUSED);
            }
        }
    }

    private void onError(TurnTransaction transaction, long nowNanos) {
        int code = reader.errorCode();
        boolean unsigned = code == Stun.ERROR_UNAUTHENTICATED && !transaction.signed;
        if ((unsigned || code == Stun.ERROR_STALE_NONCE)
                && session.hasAccount()
                && transaction.challenges++ < TurnTransaction.MAX_CHALLENGES) {
            if (session.challenged(turn)) {
                requests.renew(transaction, nowNanos);
            }
            // A challenge that contradicts itself is ignored: the right one may still come.
            return;
        }
        requests.remove(transaction);
        switch (transaction.type) {
            case Stun.ALLOCATE_REQUEST -> onNotAllocated(code, nowNanos);
            case Stun.REFRESH_REQUEST -> fail(code, reader.errorReason());
            default -> {
                if (code == Stun.ERROR_ALLOCATION_MISMATCH) {
                    fail(code, reader.errorReason());
                } else {
                    refused(transaction, nowNanos);
                }
            }
        }
    }

    private void onNotAllocated(int code, long nowNanos) {
        InetSocketAddress alternate = turn.alternateServer();
        if (code == Stun.ERROR_TRY_ALTERNATE && alternate != null) {
            end();
            sink.onRedirected(alternate, turn.alternateDomain());
        } else if (requests.askForLess(code)) {
            requests.begin(new TurnTransaction(Stun.ALLOCATE_REQUEST, null, 0), nowNanos);
        } else {
            fail(code, reader.errorReason());
        }
    }

    /** A refused channel stays as it is: data goes on as indications, and it is not asked for again. */
    private void refused(TurnTransaction transaction, long nowNanos) {
        if (transaction.type == Stun.CREATE_PERMISSION_REQUEST) {
            TurnPermission permission = permissionOf(transaction);
            if (permission != null) {
                permission.refused(nowNanos);
                release(permission, nowNanos);
            }
        }
    }

    private void fail(int code, String reason) {
        end();
        sink.onFailed(code, reason);
    }

    private void end() {
        state = State.ENDED;
        refreshNanos = ProtocolEngine.NEVER;
        requests.clear();
        peers.clear();
        held.clear();
    }

    /**
     * Lets time pass.
     *
     * @param nowNanos the time of this turn
     */
    public void handleTimeout(long nowNanos) {
        for (TurnTransaction silent : requests.repeat(nowNanos)) {
            onSilence(silent, nowNanos);
        }
        if (TurnPeers.isDue(refreshNanos, nowNanos)) {
            refreshNanos = ProtocolEngine.NEVER;
            requests.begin(new TurnTransaction(Stun.REFRESH_REQUEST, null, 0), nowNanos);
        }
        refreshPeers(nowNanos);
        peers.expire(nowNanos);
        assert consistent();
    }

    /**
     * Where half of the packets are lost, seven requests in a row find no answer in one of a hundred cases; without a relay
     * some pairs of NATs would not connect at all.
     */
    private void onAllocateSilence(TurnTransaction transaction, long nowNanos) {
        if (reliable || nowNanos - begunNanos >= TurnTransaction.PATIENCE_NANOS) {
            fail(SERVER_SILENT, "The TURN server did not answer");
            return;
        }
        requests.resume(transaction, nowNanos);
        if (!silent) {
            silent = true;
            sink.onSilent();
        }
    }

    private void onSilence(TurnTransaction transaction, long nowNanos) {
        switch (transaction.type) {
            case Stun.ALLOCATE_REQUEST -> onAllocateSilence(transaction, nowNanos);
            case Stun.REFRESH_REQUEST -> fail(SERVER_SILENT, "The TURN server does not answer any more");
            case Stun.CREATE_PERMISSION_REQUEST -> {
                TurnPermission permission = permissionOf(transaction);
                if (permission != null && permission.state == TurnPermission.State.GRANTED) {
                    // Still good for a while.
                    permission.refreshNanos = nowNanos;
                } else if (permission != null) {
                    permission.state = TurnPermission.State.REFUSED;
                    release(permission, nowNanos);
                    // Forgotten at once: the next packet asks again.
                    peers.permissions.remove(permission);
                }
            }
            default -> {
                TurnChannel channel = peers.channel(transaction.channel);
                if (channel != null && !channel.bound) {
                    peers.remove(channel);
                }
            }
        }
    }

    /** Prolongs what was used since it was made or prolonged. */
    private void refreshPeers(long nowNanos) {
        for (TurnPermission each : peers.permissions) {
            if (TurnPeers.isDue(each.refreshNanos, nowNanos)) {
                each.refreshNanos = ProtocolEngine.NEVER;
                if (nowNanos - peers.usedNanos(each) < TurnPermission.LIFETIME_NANOS) {
                    requests.begin(new TurnTransaction(Stun.CREATE_PERMISSION_REQUEST, each.peer, 0), nowNanos);
                }
            }
        }
        for (TurnChannel each : peers.channels) {
            if (TurnPeers.isDue(each.refreshNanos, nowNanos)) {
                each.refreshNanos = ProtocolEngine.NEVER;
                if (nowNanos - each.usedNanos < TurnChannel.LIFETIME_NANOS) {
                    requests.begin(new TurnTransaction(Stun.CHANNEL_BIND_REQUEST, each.peer, each.number), nowNanos);
                }
            }
        }
    }

    /**
     * Returns when {@link #handleTimeout} wants to be called next.
     *
     * @return absolute nanoseconds, or {@link ProtocolEngine#NEVER}
     */
    public long nextTimeout() {
        return Math.min(Math.min(refreshNanos, peers.nextTimeout()), requests.nextTimeout());
    }

    /**
     * Gives the allocation up: the server is told once and not waited for.
     *
     * @param nowNanos the time of this turn
     */
    public void close(long nowNanos) {
        if (state != State.ENDED && state != State.NEW && session.isChallenged()) {
            writer.begin(Stun.REFRESH_REQUEST, random.nextInt(), random.nextLong())
                    .lifetime(0);
            session.sign(writer);
            sink.transmit(writer.finish());
        }
        end();
    }

    /**
     * Returns what was dropped.
     *
     * @return counters by reason
     */
    public Map<TurnDrop, Long> drops() {
        return drops.snapshot();
    }

    private boolean consistent() {
        return (state != State.ENDED || (requests.isEmpty() && peers.permissions.isEmpty()))
                && held.size() <= MAX_HELD
                && peers.permissions.size() <= MAX_PERMISSIONS;
    }
}
