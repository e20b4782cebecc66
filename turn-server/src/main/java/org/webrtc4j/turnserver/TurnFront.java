package org.webrtc4j.turnserver;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.ice.port.PacketPort;
import org.webrtc4j.ice.port.PortOwner;
import org.webrtc4j.ice.port.StreamListener;
import org.webrtc4j.turnserver.engine.TurnServerEngine;
import org.webrtc4j.turnserver.engine.TurnServerOptions;
import org.webrtc4j.turnserver.engine.TurnServerStats;

/**
 * Drives the engine: sockets and connections of clients on one side, relay sockets on the other. What is written in a turn
 * leaves at its end. Confined to its loop.
 */
final class TurnFront implements TurnServerEngine.Sink, StreamListener.Acceptor {

    private final NettyEventLoops loops;
    private final EventLoop loop;
    private final TurnServerEngine engine;
    private final RelaySockets sockets;
    private final LoopTimer timer;
    private final LoopTimer idleTimer;
    private final int maxConnections;
    private final long idleNanos;
    /** Listeners and connections under the numbers by which the engine knows them. */
    private final List<@Nullable ClientSide> clients = new ArrayList<>();
    /** Relay sockets by the index of their allocation. */
    private final List<@Nullable RelaySide> relays = new ArrayList<>();

    private final List<NettyPorts> providers = new ArrayList<>();
    private final List<StreamListener> streamListeners = new ArrayList<>();
    private final List<Outgoing> written = new ArrayList<>();
    private int connections;
    private boolean watching;
    private boolean closed;

    TurnFront(
            NettyEventLoops loops,
            EventLoop loop,
            TurnServerOptions options,
            RandomGenerator random,
            RelaySockets sockets,
            int maxConnections,
            long idleNanos) {
        this.loops = loops;
        this.loop = loop;
        this.sockets = sockets;
        this.maxConnections = maxConnections;
        this.idleNanos = idleNanos;
        idleTimer = loop.newTimer(this::closeIdle);
        engine = new TurnServerEngine(options, loop.clock(), random, this);
        timer = loop.newTimer(() -> {
            if (!closed) {
                engine.handleTimeout(loop.clock().nanoTime());
                endTurn();
            }
        });
    }

    TurnServerStats stats() {
        return engine.stats();
    }

    CompletableFuture<InetSocketAddress> listenUdp(InetSocketAddress address) {
        NettyPorts.Builder builder = NettyPorts.builder(loops).bind(address.getAddress());
        if (address.getPort() != 0) {
            builder.dedicatedRange(address.getPort(), address.getPort());
        }
        NettyPorts provider = builder.build();
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        loop.execute(() -> {
            providers.add(provider);
            ClientSide side = add();
            provider.open(loop, side, true, opened -> {
                if (opened.isEmpty() || closed) {
                    opened.forEach(each -> each.port().close());
                    bound.completeExceptionally(new IllegalStateException("the address cannot be bound"));
                } else {
                    PacketPort port = opened.get(0).port();
                    side.outgoing = new Outgoing(port, written);
                    bound.complete(port.local());
                }
            });
        });
        return bound;
    }

    CompletableFuture<InetSocketAddress> listenTcp(InetSocketAddress address, @Nullable SSLContext tls) {
        StreamListener listener = new StreamListener(loop, tls, this);
        loop.execute(() -> streamListeners.add(listener));
        return listener.bind(address);
    }

    private ClientSide add() {
        int number = clients.indexOf(null);
        ClientSide side = new ClientSide(number < 0 ? clients.size() : number);
        if (number < 0) {
            clients.add(side);
        } else {
            clients.set(number, side);
        }
        return side;
    }

    /** A socket to which all clients send, or the connection of one. */
    private final class ClientSide implements PortOwner {

        private final int number;
        private @Nullable Outgoing outgoing;
        private @Nullable InetSocketAddress connected;
        private long heardNanos;

        ClientSide(int number) {
            this.number = number;
        }

        @Override
        public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
            heardNanos = arrivalNanos;
            engine.handleClientPacket(number, from, packet, arrivalNanos);
        }

        @Override
        public void onBatchEnd(long nowNanos) {
            endTurn();
        }

        @Override
        public void onWritabilityChanged(PacketPort port, boolean writable) {
            // A full port drops and counts: what is relayed are datagrams.
        }

        @Override
        public void onClosed(PacketPort port) {
            InetSocketAddress remote = connected;
            if (remote != null) {
                engine.clientGone(number, remote);
            }
            failed(this);
            endTurn();
        }

        /** A connection without an allocation that has been silent: it holds a place that others may need. */
        void closeIdle(long nowNanos) {
            InetSocketAddress remote = connected;
            Outgoing way = outgoing;
            if (remote != null
                    && way != null
                    && nowNanos - heardNanos >= idleNanos
                    && !engine.hasAllocation(number, remote)) {
                way.close();
                failed(this);
            }
        }
    }

    /** The relay sockets of an allocation. */
    private final class RelaySide implements PortOwner {

        private final int allocation;
        private int missing;
        private boolean abandoned;
        private @Nullable Relay ipv4;
        private @Nullable Relay ipv6;

        RelaySide(int allocation) {
            this.allocation = allocation;
        }

        void open(TurnServerEngine.RelayWish wish) {
            missing = (wish.ipv4() ? 1 : 0) + (wish.ipv6() ? 1 : 0);
            if (wish.ipv4()) {
                sockets.open(false, wish.evenPort(), this, (port, external) -> {
                    ipv4 = relay(port, external);
                    opened();
                });
            }
            if (wish.ipv6()) {
                sockets.open(true, wish.evenPort(), this, (port, external) -> {
                    ipv6 = relay(port, external);
                    opened();
                });
            }
        }

        private @Nullable Relay relay(@Nullable PacketPort port, @Nullable InetSocketAddress external) {
            return port == null || external == null ? null : new Relay(new Outgoing(port, written), external);
        }

        private void opened() {
            if (--missing > 0) {
                return;
            }
            boolean wanted = !abandoned
                    && !closed
                    && engine.relayOpened(
                            allocation,
                            external(ipv4),
                            external(ipv6),
                            loop.clock().nanoTime());
            if (!wanted) {
                forget(this);
                close();
            }
            endTurn();
        }

        private @Nullable InetSocketAddress external(@Nullable Relay relay) {
            return relay == null ? null : relay.external();
        }

        void send(InetSocketAddress peer, ByteBuffer data) {
            Relay relay = peer.getAddress() instanceof Inet6Address ? ipv6 : ipv4;
            if (relay != null) {
                relay.outgoing().append(peer, data);
            }
        }

        /** Those still being opened are closed once they are open. */
        void close() {
            abandoned = true;
            Relay first = ipv4;
            Relay second = ipv6;
            ipv4 = null;
            ipv6 = null;
            if (first != null) {
                first.outgoing().close();
            }
            if (second != null) {
                second.outgoing().close();
            }
        }

        @Override
        public void onPacket(PacketPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
            engine.handleRelayPacket(allocation, from, packet, arrivalNanos);
        }

        @Override
        public void onBatchEnd(long nowNanos) {
            endTurn();
        }

        @Override
        public void onWritabilityChanged(PacketPort port, boolean writable) {
            // A full port drops and counts: what is relayed are datagrams.
        }
    }

    private record Relay(Outgoing outgoing, InetSocketAddress external) {}

    @Override
    public void transmit(int listener, InetSocketAddress client, ByteBuffer message) {
        ClientSide side = clients.get(listener);
        if (side != null && side.outgoing != null) {
            side.outgoing.append(client, message);
        }
    }

    @Override
    public void relay(int allocation, InetSocketAddress peer, ByteBuffer data) {
        RelaySide side = relays.get(TurnServerEngine.index(allocation));
        if (side != null) {
            side.send(peer, data);
        }
    }

    @Override
    public void openRelay(int allocation, TurnServerEngine.RelayWish wish) {
        int index = TurnServerEngine.index(allocation);
        while (relays.size() <= index) {
            relays.add(null);
        }
        RelaySide side = new RelaySide(allocation);
        relays.set(index, side);
        // Sockets may be open before this returns, and the engine is not to be re-entered.
        loop.execute(() -> side.open(wish));
    }

    @Override
    public void closeRelay(int allocation) {
        RelaySide side = relays.get(TurnServerEngine.index(allocation));
        if (side != null) {
            forget(side);
            // What was appended leaves first.
            loop.execute(side::close);
        }
    }

    private void forget(RelaySide side) {
        int index = TurnServerEngine.index(side.allocation);
        if (relays.get(index) == side) {
            relays.set(index, null);
        }
    }

    @Override
    public @Nullable PortOwner accept(InetSocketAddress remote) {
        if (closed || connections >= maxConnections) {
            return null;
        }
        connections++;
        return add();
    }

    @Override
    public void opened(PortOwner owner, PacketPort port, InetSocketAddress remote) {
        ClientSide side = (ClientSide) owner;
        side.outgoing = new Outgoing(port, written);
        side.connected = remote;
        side.heardNanos = loop.clock().nanoTime();
        if (!watching) {
            watching = true;
            idleTimer.arm(side.heardNanos + idleNanos);
        }
    }

    private void closeIdle() {
        long now = loop.clock().nanoTime();
        for (int i = 0; i < clients.size(); i++) {
            ClientSide side = clients.get(i);
            if (side != null) {
                side.closeIdle(now);
            }
        }
        watching = connections > 0 && !closed;
        if (watching) {
            idleTimer.arm(now + idleNanos / 2);
        }
    }

    @Override
    public void failed(PortOwner owner) {
        ClientSide side = (ClientSide) owner;
        if (clients.get(side.number) == side) {
            clients.set(side.number, null);
            connections--;
        }
    }

    private void endTurn() {
        for (int i = 0; i < written.size(); i++) {
            written.get(i).flush();
        }
        written.clear();
        if (!closed) {
            timer.arm(engine.nextTimeout());
        }
    }

    void close() {
        if (closed) {
            return;
        }
        engine.close();
        endTurn();
        closed = true;
        timer.cancel();
        idleTimer.cancel();
        streamListeners.forEach(StreamListener::close);
        for (ClientSide side : clients) {
            if (side != null && side.outgoing != null) {
                side.outgoing.close();
            }
        }
        providers.forEach(NettyPorts::close);
        // Relay sockets close in tasks already queued.
        loop.execute(sockets::close);
    }
}
