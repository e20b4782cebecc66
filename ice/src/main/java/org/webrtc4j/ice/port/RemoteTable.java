package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Ports by verified remote address. Keeps one address object per remote, which is handed out instead of those that the
 * system makes per packet.
 *
 * <p>Only addresses from which a message with verified integrity came are inserted, a bounded number per port, so a stranger
 * cannot fill the table or choose what collides in it.
 */
final class RemoteTable extends PortTable<InetSocketAddress> {

    private final int seed;

    RemoteTable(int seed) {
        this.seed = seed;
    }

    /**
     * Looks an address up.
     *
     * @return the index for {@link #port} and {@link #address}, or -1
     */
    int find(InetSocketAddress remote) {
        int i = indexOf(remote);
        return key(i) == null ? -1 : i;
    }

    @Nullable
    InetSocketAddress address(int index) {
        return key(index);
    }

    /** Adds an address, or gives it to another port. */
    void put(InetSocketAddress remote, MuxPort port) {
        set(indexOf(remote), remote, port);
    }

    /** The hash of an IPv4 address is its 32 bits, of an IPv6 address the sum of its words; neither allocates. */
    @Override
    int hash(InetSocketAddress remote) {
        return spread((remote.getAddress().hashCode() ^ seed) + remote.getPort() * 0x85EBCA6B);
    }

    @Override
    boolean isSame(InetSocketAddress one, InetSocketAddress other) {
        return one.equals(other);
    }
}
