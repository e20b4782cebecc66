package org.webrtc4j.testkit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A seeded network of hosts and NATs that carries UDP-like datagrams in virtual time.
 *
 * <p>A packet passes the sender's way out, any NATs, and the receiver's way in; the two ways have the impairments. The
 * network itself takes no time. An address is one host's or one NAT's within its realm: the public one, or the inside of a
 * NAT.
 */
public final class VirtualNetwork {

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Impairments impairments;
    private final PacketTrace trace;
    private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
    private final Realm internet = new Realm(this, null);
    private long arrived;

    /**
     * Creates a network without hosts.
     *
     * @param time the clock
     * @param random its only source of chance
     * @param impairments of the way out and the way in of every host, unless set otherwise there
     * @param trace where packets are noted
     */
    public VirtualNetwork(VirtualTime time, RandomGenerator random, Impairments impairments, PacketTrace trace) {
        this.time = time;
        this.random = random;
        this.impairments = impairments;
        this.trace = trace;
    }

    /**
     * Adds a host with public addresses.
     *
     * @param name for messages
     * @param addresses IPv4 and IPv6 literals
     * @return the new host
     * @throws IllegalArgumentException when an address is taken
     */
    public VirtualHost host(String name, String... addresses) {
        return new VirtualHost(this, internet, name, addresses);
    }

    /**
     * Adds a NAT; hosts are put behind it there.
     *
     * @param publicAddress its outer address, a literal
     * @param behaviour how it behaves
     * @return the new NAT
     * @throws IllegalArgumentException when the address is taken
     */
    public Nat nat(String publicAddress, NatBehaviour behaviour) {
        return new Nat(this, internet, Addresses.of(publicAddress), behaviour);
    }

    /**
     * Returns how many packets were dropped, anywhere.
     *
     * @return counts by reason; reasons without a drop are absent
     */
    public Map<DropReason, Long> drops() {
        return Map.copyOf(drops);
    }

    /**
     * Returns how many packets arrived at a socket.
     *
     * @return packets, duplicates included
     */
    public long arrived() {
        return arrived;
    }

    VirtualTime time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    Impairments impairments() {
        return impairments;
    }

    void arrive(InetSocketAddress from, InetSocketAddress to, byte[] packet) {
        arrived++;
        trace.arrived(from, to, packet);
    }

    void drop(InetSocketAddress from, InetSocketAddress to, byte[] packet, DropReason reason) {
        drop(from, to, ByteBuffer.wrap(packet), reason);
    }

    void drop(InetSocketAddress from, InetSocketAddress to, ByteBuffer packet, DropReason reason) {
        drops.merge(reason, 1L, Long::sum);
        trace.dropped(from, to, packet, reason);
    }
}
