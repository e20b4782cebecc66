package org.webrtc4j.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses from literals, without any lookup. */
public final class Addresses {

    private Addresses() {}

    /**
     * Returns an address.
     *
     * @param literal IPv4 or IPv6 in text
     * @return the address
     * @throws IllegalArgumentException for anything else, a name above all
     */
    // A literal is never looked up, so there is nothing to select from.
    @SuppressWarnings("AddressSelection")
    public static InetAddress of(String literal) {
        boolean looksLikeOne =
                literal.indexOf(':') >= 0 || literal.chars().allMatch(c -> c == '.' || Character.digit(c, 10) >= 0);
        if (!looksLikeOne || literal.isEmpty()) {
            throw new IllegalArgumentException(literal + " is no address");
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal + " is no address", e);
        }
    }

    /**
     * Returns an address and port.
     *
     * @param literal IPv4 or IPv6 in text
     * @param port 0 to 65535
     * @return both
     */
    public static InetSocketAddress of(String literal, int port) {
        return new InetSocketAddress(of(literal), port);
    }
}
