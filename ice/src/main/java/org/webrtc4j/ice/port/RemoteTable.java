package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Ports by verified remote address: open addressing with linear probing. Keeps one address object per remote, which is
 * handed out instead of those that the system makes per packet. A look-up allocates nothing. Confined to a loop.
 *
 * <p>Only addresses from which a message with verified integrity came are inserted, a bounded number per port, so a stranger
 * cannot fill the table or choose what collides in it.
 */
final class RemoteTable {

    private final int seed;
    private @Nullable InetSocketAddress[] keys = new InetSocketAddress[16];
    private @Nullable MuxPort[] ports = new MuxPort[16];
    private int size;

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
        return keys[i] == null ? -1 : i;
    }

    @Nullable
    MuxPort port(int index) {
        return ports[index];
    }

    @Nullable
    InetSocketAddress address(int index) {
        return keys[index];
    }

    /** Adds an address, or gives it to another port. */
    void put(InetSocketAddress remote, MuxPort port) {
        int i = indexOf(remote);
        ports[i] = port;
        if (keys[i] == null) {
            keys[i] = remote;
            if (++size * 2 > keys.length) {
                grow();
            }
        }
    }

    /** Removes an address if it is this port's. */
    void remove(InetSocketAddress remote, MuxPort port) {
        int hole = indexOf(remote);
        if (ports[hole] != port) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        // Entries behind the hole that would not be found across it move into it.
        int i = hole;
        while (true) {
            i = (i + 1) & mask;
            InetSocketAddress next = keys[i];
            if (next == null) {
                break;
            }
            int ideal = hash(next) & mask;
            if (((i - ideal) & mask) >= ((i - hole) & mask)) {
                keys[hole] = next;
                ports[hole] = ports[i];
                hole = i;
            }
        }
        keys[hole] = null;
        ports[hole] = null;
    }

    int size() {
        return size;
    }

    private int indexOf(InetSocketAddress remote) {
        int mask = keys.length - 1;
        int i = hash(remote) & mask;
        for (InetSocketAddress other = keys[i]; other != null && !other.equals(remote); other = keys[i]) {
            i = (i + 1) & mask;
        }
        return i;
    }

    /** The hash of an IPv4 address is its 32 bits, of an IPv6 address the sum of its words; neither allocates. */
    private int hash(InetSocketAddress remote) {
        return UfragTable.spread((remote.getAddress().hashCode() ^ seed) + remote.getPort() * 0x85EBCA6B);
    }

    private void grow() {
        @Nullable InetSocketAddress[] oldKeys = keys;
        @Nullable MuxPort[] oldPorts = ports;
        keys = new InetSocketAddress[oldKeys.length * 2];
        ports = new MuxPort[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            InetSocketAddress key = oldKeys[i];
            if (key != null) {
                int index = indexOf(key);
                keys[index] = key;
                ports[index] = oldPorts[i];
            }
        }
    }
}
