package org.webrtc4j.ice;

import java.util.List;
import java.util.Optional;

/**
 * What one connection asks of its agent.
 *
 * @param name the connection's name, for logs
 * @param servers STUN and TURN servers, in the order of preference
 * @param lite true to answer checks only (RFC 8445 section 2.5)
 * @param resolveMdns true to resolve remote .local candidates
 * @param includeLoopback true to gather and check loopback addresses
 * @param parameters credentials chosen by the caller for the first generation, or empty to draw them
 */
public record IceAgentOptions(
        String name,
        List<IceServer> servers,
        boolean lite,
        boolean resolveMdns,
        boolean includeLoopback,
        Optional<IceParameters> parameters) {

    /**
     * Copies the list.
     *
     * @param name the connection's name, for logs
     * @param servers STUN and TURN servers
     * @param lite true to answer checks only
     * @param resolveMdns true to resolve remote .local candidates
     * @param includeLoopback true to gather and check loopback addresses
     * @param parameters credentials chosen by the caller, or empty
     */
    public IceAgentOptions {
        servers = List.copyOf(servers);
    }

    /**
     * Returns the options of a full agent without servers.
     *
     * @param name the connection's name
     * @return the defaults: full, .local names resolved, no loopback, credentials drawn
     */
    public static IceAgentOptions named(String name) {
        return new IceAgentOptions(name, List.of(), false, true, false, Optional.empty());
    }
}
