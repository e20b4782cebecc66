package org.webrtc4j.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;

/**
 * A NAT of a {@link VirtualNetwork} (RFC 4787): hosts, and further NATs, are put behind it.
 *
 * <p>Mappings are refreshed by packets sent out, not by those that come in (REQ-6). The table holds one mapping per outer
 * port from 1024 on; when it is full, packets that need a new one are dropped.
 */
public final class Nat implements Realm.Attachment {

    private static final int FIRST_PORT = 1_024;
    private static final int PORTS = 65_536 - FIRST_PORT;

    private final VirtualNetwork network;
    private final Realm outside;
    private final Realm inside;
    private final NatBehaviour behaviour;
    private final Map<Key, Mapping> byInner = new HashMap<>();
    private final Map<Integer, Mapping> byOuterPort = new HashMap<>();
    private InetAddress publicAddress;

    private record Key(InetSocketAddress inner, @Nullable Object remote) {}

    private static final class Mapping {
        final Key key;
        final int outerPort;
        final boolean forwarded;
        final Map<Object, Long> permittedUntilNanos = new HashMap<>();
        long expiryNanos;

        Mapping(Key key, int outerPort, boolean forwarded) {
            this.key = key;
            this.outerPort = outerPort;
            this.forwarded = forwarded;
        }
    }

    Nat(VirtualNetwork network, Realm outside, InetAddress publicAddress, NatBehaviour behaviour) {
        this.network = network;
        this.outside = outside;
        this.publicAddress = publicAddress;
        this.behaviour = behaviour;
        this.inside = new Realm(network, this);
        outside.attach(publicAddress, this);
    }

    /**
     * Adds a host behind this NAT.
     *
     * @param name for messages
     * @param addresses inner addresses, literals
     * @return the new host
     */
    public VirtualHost host(String name, String... addresses) {
        return new VirtualHost(network, inside, name, addresses);
    }

    /**
     * Adds a NAT behind this NAT.
     *
     * @param outerAddress its outer address, inside of this one
     * @param innerBehaviour how it behaves
     * @return the new NAT
     */
    public Nat nat(String outerAddress, NatBehaviour innerBehaviour) {
        return new Nat(network, inside, Addresses.of(outerAddress), innerBehaviour);
    }

    /**
     * Forwards an outer port for good, as a container's published port or a router's setting does: anybody may send to it,
     * and what the inner socket sends leaves from it.
     *
     * @param outerPort the port outside
     * @param inner the socket inside
     * @throws IllegalArgumentException when the outer port is taken
     */
    public void forward(int outerPort, InetSocketAddress inner) {
        Mapping mapping = new Mapping(new Key(inner, null), outerPort, true);
        mapping.expiryNanos = ProtocolEngine.NEVER;
        if (byOuterPort.putIfAbsent(outerPort, mapping) != null) {
            throw new IllegalArgumentException("Port " + outerPort + " is taken");
        }
        byInner.put(mapping.key, mapping);
    }

    /** Forgets all mappings but forwarded ports, as a restart does: hosts inside get other outer ports. */
    public void forgetMappings() {
        byOuterPort.values().removeIf(mapping -> !mapping.forwarded);
        byInner.values().removeIf(mapping -> !mapping.forwarded);
    }

    /**
     * Changes the outer address; mappings keep their ports.
     *
     * @param literal the new outer address
     */
    public void changePublicAddress(String literal) {
        InetAddress changed = Addresses.of(literal);
        outside.attach(changed, this);
        outside.detach(publicAddress);
        publicAddress = changed;
    }

    /**
     * Returns how many mappings are alive.
     *
     * @return mappings that have not expired, forwarded ports included
     */
    public int mappings() {
        long nowNanos = network.time().nanoTime();
        return (int) byOuterPort.values().stream()
                .filter(mapping -> mapping.expiryNanos > nowNanos)
                .count();
    }

    @Override
    public void receive(InetSocketAddress from, InetSocketAddress to, byte[] packet) {
        long nowNanos = network.time().nanoTime();
        Mapping mapping = byOuterPort.get(to.getPort());
        if (mapping == null || mapping.expiryNanos <= nowNanos) {
            network.drop(from, to, packet, DropReason.NAT_UNMAPPED);
        } else if (!permits(mapping, from, nowNanos)) {
            network.drop(from, to, packet, DropReason.NAT_FILTERED);
        } else {
            inside.route(from, mapping.key.inner, packet);
        }
    }

    /** Takes a packet from inside that is addressed to nobody there. */
    void send(InetSocketAddress from, InetSocketAddress to, byte[] packet) {
        boolean hairpin = to.getAddress().equals(publicAddress);
        if (hairpin && !behaviour.hairpin()) {
            network.drop(from, to, packet, DropReason.NAT_HAIRPIN);
            return;
        }
        long nowNanos = network.time().nanoTime();
        Mapping mapping = mapping(from, to, nowNanos);
        if (mapping == null) {
            network.drop(from, to, packet, DropReason.NAT_FULL);
            return;
        }
        if (!mapping.forwarded) {
            mapping.expiryNanos = nowNanos + behaviour.lifetimeNanos();
            mapping.permittedUntilNanos.put(part(to, behaviour.filtering()), mapping.expiryNanos);
        }
        outside.route(new InetSocketAddress(publicAddress, mapping.outerPort), to, packet);
    }

    private @Nullable Mapping mapping(InetSocketAddress from, InetSocketAddress to, long nowNanos) {
        Mapping forwarded = byInner.get(new Key(from, null));
        if (forwarded != null && forwarded.forwarded) {
            return forwarded;
        }
        Key key = new Key(from, part(to, behaviour.mapping()));
        Mapping known = byInner.get(key);
        if (known != null && known.expiryNanos > nowNanos) {
            return known;
        }
        if (known != null) {
            byInner.remove(key);
            byOuterPort.remove(known.outerPort);
        }
        int port = freePort(from.getPort(), nowNanos);
        if (port < 0) {
            return null;
        }
        Mapping made = new Mapping(key, port, false);
        byInner.put(key, made);
        byOuterPort.put(port, made);
        return made;
    }

    private int freePort(int innerPort, long nowNanos) {
        if (byOuterPort.size() >= PORTS) {
            byInner.values().removeIf(mapping -> mapping.expiryNanos <= nowNanos);
            byOuterPort.values().removeIf(mapping -> mapping.expiryNanos <= nowNanos);
        }
        if (behaviour.preservesPort() && !byOuterPort.containsKey(innerPort)) {
            return innerPort;
        }
        int start = network.random().nextInt(PORTS);
        for (int i = 0; i < PORTS; i++) {
            int port = FIRST_PORT + (start + i) % PORTS;
            if (!byOuterPort.containsKey(port)) {
                return port;
            }
        }
        return -1;
    }

    private boolean permits(Mapping mapping, InetSocketAddress from, long nowNanos) {
        if (mapping.forwarded) {
            return true;
        }
        Long untilNanos = mapping.permittedUntilNanos.get(part(from, behaviour.filtering()));
        return untilNanos != null && untilNanos > nowNanos;
    }

    /** What a behaviour depends on, as a key: everything equal where it depends on nothing. */
    private static Object part(InetSocketAddress remote, NatBehaviour.Dependence dependence) {
        return switch (dependence) {
            case ENDPOINT_INDEPENDENT -> NatBehaviour.Dependence.ENDPOINT_INDEPENDENT;
            case ADDRESS -> remote.getAddress();
            case ADDRESS_AND_PORT -> remote;
        };
    }
}
