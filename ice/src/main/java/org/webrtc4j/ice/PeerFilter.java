package org.webrtc4j.ice;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Which signalled addresses an agent sends checks to. A peer chooses these addresses, so a server that checks whatever it
 * is told can be made to probe its own network. Addresses from which an authentic check came are not filtered.
 *
 * @param loopback true to check loopback addresses
 * @param linkLocal true to check link-local addresses
 * @param privateNetworks true to check private addresses (RFC 1918, RFC 4193, RFC 6598)
 */
public record PeerFilter(boolean loopback, boolean linkLocal, boolean privateNetworks) {

    /**
     * Returns the filter of a client: link-local and private addresses are checked, loopback only where an agent includes
     * it.
     *
     * @return the filter
     */
    public static PeerFilter client() {
        return new PeerFilter(false, true, true);
    }

    /**
     * Returns the filter of a server: neither loopback nor link-local.
     *
     * @param privateNetworks true when peers on private addresses are expected
     * @return the filter
     */
    public static PeerFilter server(boolean privateNetworks) {
        return new PeerFilter(false, false, privateNetworks);
    }

    /**
     * Returns this filter with loopback addresses allowed.
     *
     * @return a filter
     */
    public PeerFilter withLoopback() {
        return new PeerFilter(true, linkLocal, privateNetworks);
    }

    /**
     * Tells whether an address may be checked.
     *
     * @param address a resolved address
     * @return false also for multicast, broadcast and unspecified addresses
     */
    public boolean allows(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        if (address.isLoopbackAddress()) {
            return loopback;
        }
        if (address.isLinkLocalAddress()) {
            return linkLocal;
        }
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return privateNetworks || (bytes[0] & 0xfe) != 0xfc;
        }
        int first = bytes[0] & 0xff;
        if (first == 0 || first == 255) {
            return false;
        }
        boolean shared = first == 100 && (bytes[1] & 0xc0) == 64;
        return privateNetworks || !(address.isSiteLocalAddress() || shared);
    }
}
