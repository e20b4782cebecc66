package org.webrtc4j.turnserver.engine;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.webrtc4j.ice.PeerFilter;

/**
 * What a server is like.
 *
 * @param realm named to clients; part of their keys
 * @param credentials who may use it
 * @param peers which addresses it relays to
 * @param ipv4 whether it has relayed IPv4 addresses
 * @param ipv6 whether it has relayed IPv6 addresses
 * @param limits its bounds
 * @param defaultLifetimeSeconds of an allocation whose client asks for none or for less
 * @param maxLifetimeSeconds the longest lifetime granted
 * @param nonceLifetimeSeconds after which a nonce is stale
 * @param alternate where new allocations are sent instead, or empty to serve them
 */
public record TurnServerOptions(
        String realm,
        TurnCredentials credentials,
        PeerFilter peers,
        boolean ipv4,
        boolean ipv6,
        TurnLimits limits,
        int defaultLifetimeSeconds,
        int maxLifetimeSeconds,
        int nonceLifetimeSeconds,
        Optional<InetSocketAddress> alternate) {

    /**
     * Checks the values.
     *
     * @param realm 1 to 127 characters
     * @param credentials who may use it
     * @param peers which addresses it relays to
     * @param ipv4 whether it has relayed IPv4 addresses
     * @param ipv6 whether it has relayed IPv6 addresses
     * @param limits its bounds
     * @param defaultLifetimeSeconds at least 60
     * @param maxLifetimeSeconds at least the default
     * @param nonceLifetimeSeconds at least 1
     * @param alternate a resolved address, or empty
     */
    public TurnServerOptions {
        if (realm.isEmpty() || realm.length() > 127) {
            throw new IllegalArgumentException("a realm has 1 to 127 characters");
        }
        if (!ipv4 && !ipv6) {
            throw new IllegalArgumentException("without relayed addresses there is nothing to serve");
        }
        if (defaultLifetimeSeconds < 60 || maxLifetimeSeconds < defaultLifetimeSeconds || nonceLifetimeSeconds < 1) {
            throw new IllegalArgumentException("lifetimes: the default is at least 60 seconds and at most the maximum");
        }
    }

    /**
     * Returns options with the defaults of RFC 8656: relayed IPv4 addresses, lifetimes of 10 minutes to an hour, nonces
     * good for an hour, and neither private nor loopback nor link-local peers.
     *
     * @param realm named to clients
     * @param credentials who may use it
     * @return the options
     */
    public static TurnServerOptions of(String realm, TurnCredentials credentials) {
        return new TurnServerOptions(
                realm,
                credentials,
                PeerFilter.server(false),
                true,
                false,
                TurnLimits.defaults(),
                600,
                3_600,
                3_600,
                Optional.empty());
    }

    /**
     * Returns options with another filter of peers.
     *
     * @param filter which addresses are relayed to
     * @return a copy
     */
    public TurnServerOptions withPeers(PeerFilter filter) {
        return new TurnServerOptions(
                realm,
                credentials,
                filter,
                ipv4,
                ipv6,
                limits,
                defaultLifetimeSeconds,
                maxLifetimeSeconds,
                nonceLifetimeSeconds,
                alternate);
    }

    /**
     * Returns options with other families.
     *
     * @param hasIpv4 whether there are relayed IPv4 addresses
     * @param hasIpv6 whether there are relayed IPv6 addresses
     * @return a copy
     */
    public TurnServerOptions withFamilies(boolean hasIpv4, boolean hasIpv6) {
        return new TurnServerOptions(
                realm,
                credentials,
                peers,
                hasIpv4,
                hasIpv6,
                limits,
                defaultLifetimeSeconds,
                maxLifetimeSeconds,
                nonceLifetimeSeconds,
                alternate);
    }

    /**
     * Returns options with other limits.
     *
     * @param others the limits
     * @return a copy
     */
    public TurnServerOptions withLimits(TurnLimits others) {
        return new TurnServerOptions(
                realm,
                credentials,
                peers,
                ipv4,
                ipv6,
                others,
                defaultLifetimeSeconds,
                maxLifetimeSeconds,
                nonceLifetimeSeconds,
                alternate);
    }

    /**
     * Returns options with other lifetimes.
     *
     * @param defaultSeconds of an allocation whose client asks for none or for less
     * @param maxSeconds the longest lifetime granted
     * @param nonceSeconds after which a nonce is stale
     * @return a copy
     */
    public TurnServerOptions withLifetimes(int defaultSeconds, int maxSeconds, int nonceSeconds) {
        return new TurnServerOptions(
                realm, credentials, peers, ipv4, ipv6, limits, defaultSeconds, maxSeconds, nonceSeconds, alternate);
    }

    /**
     * Returns options that send new allocations elsewhere (RFC 8489 section 10), to empty a server.
     *
     * @param server its address, of the family over which clients come
     * @return a copy
     */
    public TurnServerOptions withAlternate(InetSocketAddress server) {
        return new TurnServerOptions(
                realm,
                credentials,
                peers,
                ipv4,
                ipv6,
                limits,
                defaultLifetimeSeconds,
                maxLifetimeSeconds,
                nonceLifetimeSeconds,
                Optional.of(server));
    }
}
