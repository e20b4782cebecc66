package org.webrtc4j.turnserver.simulation;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.testkit.DatagramReceiver;
import org.webrtc4j.testkit.Simulation;
import org.webrtc4j.testkit.VirtualHost;
import org.webrtc4j.testkit.VirtualLoop;
import org.webrtc4j.testkit.VirtualSocket;
import org.webrtc4j.turnserver.engine.TurnServerEngine;
import org.webrtc4j.turnserver.engine.TurnServerOptions;
import org.webrtc4j.turnserver.engine.TurnServerStats;

/** A TURN server on every address of a simulated host, which are its relayed addresses too. */
public final class VirtualTurnServer implements TurnServerEngine.Sink {

    public static final int PORT = 3_478;

    private final VirtualHost host;
    private final VirtualLoop loop;
    private final TurnServerEngine engine;
    private final LoopTimer timer;
    private final Map<Integer, VirtualSocket> listeners = new HashMap<>();
    private final Map<Integer, Map<Boolean, VirtualSocket>> relays = new HashMap<>();

    public VirtualTurnServer(Simulation simulation, VirtualHost host, TurnServerOptions options) {
        this.host = host;
        loop = simulation.newLoop("turn server");
        engine = new TurnServerEngine(options, simulation.time(), simulation.newRandom("turn server"), this);
        timer = loop.newTimer(() -> {
            engine.handleTimeout(loop.clock().nanoTime());
            arm();
        });
        for (InetAddress address : host.addresses()) {
            int number = listeners.size();
            listeners.put(number, host.bind(new InetSocketAddress(address, PORT), loop, (from, packet, now) -> {
                engine.handleClientPacket(number, from, packet, now);
                arm();
            }));
        }
    }

    private void arm() {
        timer.arm(engine.nextTimeout());
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(host.addresses().get(0), PORT);
    }

    public TurnServerStats stats() {
        return loop.call(engine::stats);
    }

    public int openRelays() {
        return relays.size();
    }

    public void close() {
        loop.run(() -> {
            engine.close();
            arm();
            listeners.values().forEach(VirtualSocket::close);
        });
    }

    @Override
    public void transmit(int listener, InetSocketAddress client, ByteBuffer message) {
        Objects.requireNonNull(listeners.get(listener)).send(client, message);
    }

    @Override
    public void relay(int allocation, InetSocketAddress peer, ByteBuffer data) {
        Map<Boolean, VirtualSocket> sockets = Objects.requireNonNull(relays.get(allocation));
        Objects.requireNonNull(sockets.get(peer.getAddress() instanceof Inet6Address))
                .send(peer, data);
    }

    @Override
    public void openRelay(int allocation, TurnServerEngine.RelayWish wish) {
        loop.execute(() -> {
            Map<Boolean, VirtualSocket> opened = new HashMap<>();
            InetSocketAddress ipv4 = wish.ipv4() ? open(allocation, false, opened) : null;
            InetSocketAddress ipv6 = wish.ipv6() ? open(allocation, true, opened) : null;
            relays.put(allocation, opened);
            if (!engine.relayOpened(allocation, ipv4, ipv6, loop.clock().nanoTime())) {
                closeRelay(allocation);
            }
            arm();
        });
    }

    private @Nullable InetSocketAddress open(int allocation, boolean ipv6, Map<Boolean, VirtualSocket> opened) {
        for (InetAddress address : host.addresses()) {
            if (address instanceof Inet6Address == ipv6) {
                DatagramReceiver receiver =
                        (from, packet, now) -> engine.handleRelayPacket(allocation, from, packet, now);
                VirtualSocket socket = host.bind(new InetSocketAddress(address, 0), loop, receiver);
                opened.put(ipv6, socket);
                return socket.local();
            }
        }
        return null;
    }

    @Override
    public void closeRelay(int allocation) {
        Map<Boolean, VirtualSocket> closed = relays.remove(allocation);
        if (closed != null) {
            closed.values().forEach(VirtualSocket::close);
        }
    }
}
