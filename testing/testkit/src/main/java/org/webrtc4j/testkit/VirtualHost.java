package org.webrtc4j.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;

/** A host of a {@link VirtualNetwork}: addresses, sockets, and one way out and one way in that they share. */
public final class VirtualHost implements Realm.Attachment {

    private static final int FIRST_EPHEMERAL_PORT = 49_152;
    private static final int LAST_PORT = 65_535;

    private final VirtualNetwork network;
    private final Realm realm;
    private final String name;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final Map<InetSocketAddress, VirtualSocket> sockets = new HashMap<>();
    private final Way out;
    private final Way in;
    private final List<Runnable> addressListeners = new ArrayList<>();
    private int nextPort = FIRST_EPHEMERAL_PORT;

    VirtualHost(VirtualNetwork network, Realm realm, String name, String... literals) {
        this.network = network;
        this.realm = realm;
        this.name = name;
        this.out = new Way(network, realm::route);
        this.in = new Way(network, this::deliver);
        for (String literal : literals) {
            attach(literal);
        }
    }

    /**
     * Returns the current addresses.
     *
     * @return a copy, in the order they were added
     */
    public List<InetAddress> addresses() {
        return List.copyOf(addresses);
    }

    /**
     * Tells from now on when addresses are added and removed; not when one changes under open sockets, as a NAT does.
     *
     * @param listener run after each change
     * @return ends it
     */
    public Runnable onAddressChange(Runnable listener) {
        addressListeners.add(listener);
        return () -> addressListeners.remove(listener);
    }

    /**
     * Opens a socket on the first address.
     *
     * @param port 0 for a free one
     * @param loop where the receiver is called
     * @param receiver who takes what arrives
     * @return the open socket
     * @throws IllegalArgumentException when the port is taken
     */
    public VirtualSocket bind(int port, EventLoop loop, DatagramReceiver receiver) {
        return bind(new InetSocketAddress(addresses.get(0), port), loop, receiver);
    }

    /**
     * Opens a socket.
     *
     * @param local an address of this host; port 0 for a free one
     * @param loop where the receiver is called
     * @param receiver who takes what arrives
     * @return the open socket
     * @throws IllegalArgumentException when the address is not this host's or the port is taken
     */
    public VirtualSocket bind(InetSocketAddress local, EventLoop loop, DatagramReceiver receiver) {
        return open(local, loop, receiver);
    }

    /**
     * Lets a server without state answer at a port of the first address, at once and outside any loop.
     *
     * @param port the port
     * @param responder makes the answers
     * @return the open socket
     */
    public VirtualSocket serve(int port, DatagramResponder responder) {
        VirtualSocket[] socket = new VirtualSocket[1];
        socket[0] = open(new InetSocketAddress(addresses.get(0), port), null, (from, packet, nowNanos) -> {
            ByteBuffer answer = responder.answer(from, packet);
            if (answer != null) {
                socket[0].send(from, answer);
            }
        });
        return socket[0];
    }

    /**
     * Changes the way out from the next packet on.
     *
     * @param impairments what it does to packets
     */
    public void setOutbound(Impairments impairments) {
        out.path().setImpairments(impairments);
    }

    /**
     * Changes the way in from the next packet on.
     *
     * @param impairments what it does to packets
     */
    public void setInbound(Impairments impairments) {
        in.path().setImpairments(impairments);
    }

    /**
     * Cuts the host off for a while, in both directions.
     *
     * @param length how long from now
     */
    public void blackout(Duration length) {
        long endNanos = network.time().nanoTime() + length.toNanos();
        out.path().blackoutUntil(endNanos);
        in.path().blackoutUntil(endNanos);
    }

    /**
     * Adds an address.
     *
     * @param literal IPv4 or IPv6 in text
     * @throws IllegalArgumentException when it is taken
     */
    public void addAddress(String literal) {
        attach(literal);
        List.copyOf(addressListeners).forEach(Runnable::run);
    }

    private void attach(String literal) {
        InetAddress address = Addresses.of(literal);
        realm.attach(address, this);
        addresses.add(address);
    }

    /**
     * Takes an address away, as a network that is left does: its sockets stay open but send and receive nothing.
     *
     * @param literal one of {@link #addresses}
     */
    public void removeAddress(String literal) {
        detach(literal);
        List.copyOf(addressListeners).forEach(Runnable::run);
    }

    private void detach(String literal) {
        InetAddress address = Addresses.of(literal);
        checkOwn(address);
        realm.detach(address);
        addresses.remove(address);
    }

    /**
     * Changes an address under open sockets: they send from the new one, and what is still sent to the old one is lost.
     *
     * @param oldLiteral one of {@link #addresses}
     * @param newLiteral the address that takes its place
     */
    public void changeAddress(String oldLiteral, String newLiteral) {
        InetAddress oldAddress = Addresses.of(oldLiteral);
        detach(oldLiteral);
        attach(newLiteral);
        for (VirtualSocket socket : List.copyOf(sockets.values())) {
            if (socket.local().getAddress().equals(oldAddress)) {
                sockets.remove(socket.local());
                socket.move(Addresses.of(newLiteral));
                sockets.put(socket.local(), socket);
            }
        }
    }

    /**
     * Returns the counters of the way out.
     *
     * @return a snapshot
     */
    public ImpairedPath.Stats outbound() {
        return out.path().stats();
    }

    /**
     * Returns the counters of the way in.
     *
     * @return a snapshot
     */
    public ImpairedPath.Stats inbound() {
        return in.path().stats();
    }

    @Override
    public void receive(InetSocketAddress from, InetSocketAddress to, byte[] packet) {
        in.offer(from, to, ByteBuffer.wrap(packet));
    }

    @Override
    public String toString() {
        return name;
    }

    void send(VirtualSocket socket, InetSocketAddress to, ByteBuffer packet) {
        if (addresses.contains(socket.local().getAddress())) {
            out.offer(socket.local(), to, packet);
        } else {
            network.drop(socket.local(), to, packet, DropReason.NO_ROUTE);
        }
    }

    void remove(VirtualSocket socket) {
        sockets.remove(socket.local(), socket);
    }

    private VirtualSocket open(InetSocketAddress local, @Nullable EventLoop loop, DatagramReceiver receiver) {
        checkOwn(local.getAddress());
        InetSocketAddress bound = local.getPort() == 0 ? freePort(local.getAddress()) : local;
        VirtualSocket socket = new VirtualSocket(this, bound, loop, receiver);
        if (sockets.putIfAbsent(bound, socket) != null) {
            throw new IllegalArgumentException(bound + " is taken");
        }
        return socket;
    }

    private InetSocketAddress freePort(InetAddress address) {
        for (int tries = LAST_PORT - FIRST_EPHEMERAL_PORT; tries >= 0; tries--) {
            InetSocketAddress candidate = new InetSocketAddress(address, nextPort);
            nextPort = nextPort == LAST_PORT ? FIRST_EPHEMERAL_PORT : nextPort + 1;
            if (!sockets.containsKey(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("All ports of " + name + " are taken");
    }

    private void deliver(InetSocketAddress from, InetSocketAddress to, byte[] packet) {
        VirtualSocket socket = sockets.get(to);
        if (socket == null || !addresses.contains(to.getAddress())) {
            network.drop(from, to, packet, DropReason.NO_SOCKET);
            return;
        }
        network.arrive(from, to, packet);
        socket.arrive(from, packet, network.time());
    }

    private void checkOwn(InetAddress address) {
        if (!addresses.contains(address)) {
            throw new IllegalArgumentException(address.getHostAddress() + " is no address of " + name);
        }
    }
}
