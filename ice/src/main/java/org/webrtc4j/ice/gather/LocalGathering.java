package org.webrtc4j.ice.gather;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.agent.CandidatePriority;
import org.webrtc4j.ice.agent.IpLiteral;

/** Makes the local candidates of one generation and leaves out those that say nothing new (RFC 8445 section 5.1.3). */
public final class LocalGathering {

    /** Outer addresses of one port differ by this much, so that their priorities stay unique. */
    private static final int ADVERTISED_STEP = 4_096;

    private final String ufrag;
    private final Foundations foundations;
    private final Set<String> made = new HashSet<>();

    /**
     * An outer address of a port.
     *
     * @param host an IP literal or a name
     * @param port the outer port
     */
    public record Outer(String host, int port) {}

    /**
     * Begins for a generation.
     *
     * @param ufrag its ufrag
     * @param foundations of the agent, so that they stay the same over a restart
     */
    public LocalGathering(String ufrag, Foundations foundations) {
        this.ufrag = ufrag;
        this.foundations = foundations;
    }

    /**
     * Makes the host candidates of a port: its address, unless hidden, and its outer addresses.
     *
     * @param base the bound address
     * @param tcpType how the port takes part in TCP, or null for UDP
     * @param localPreference unique among the ports
     * @param hideLocal true to leave the bound address out
     * @param outer outer addresses
     * @return the candidates, the preferred first
     */
    public List<IceCandidate> hosts(
            InetSocketAddress base,
            @Nullable IceTcpType tcpType,
            int localPreference,
            boolean hideLocal,
            List<Outer> outer) {
        List<IceCandidate> candidates = new ArrayList<>();
        if (!hideLocal) {
            addHost(candidates, base, tcpType, localPreference, literal(base), base.getPort());
        }
        for (Outer address : outer) {
            int preference = Math.max(0, localPreference - ADVERTISED_STEP * candidates.size());
            addHost(candidates, base, tcpType, preference, address.host(), address.port());
        }
        return candidates;
    }

    private void addHost(
            List<IceCandidate> candidates,
            InetSocketAddress base,
            @Nullable IceTcpType tcpType,
            int preference,
            String address,
            int port) {
        IceProtocol protocol = tcpType == null ? IceProtocol.UDP : IceProtocol.TCP;
        if (made.add(key(protocol, address, port))) {
            candidates.add(new IceCandidate(
                    foundations.of(IceCandidateType.HOST, literal(base), address, protocol),
                    protocol,
                    CandidatePriority.of(IceCandidateType.HOST, protocol, preference),
                    address,
                    port,
                    IceCandidateType.HOST,
                    tcpType,
                    null,
                    -1,
                    ufrag,
                    null,
                    null));
        }
    }

    /**
     * Forgets a candidate whose port is gone: the same address may be told again.
     *
     * @param candidate made here before
     */
    public void forget(IceCandidate candidate) {
        made.remove(key(candidate.protocol(), candidate.address(), candidate.port()));
    }

    private static String key(IceProtocol protocol, String address, int port) {
        return (protocol == IceProtocol.UDP ? "" : "tcp ") + address + ' ' + port;
    }

    /**
     * Makes the candidate for an address as a server saw it.
     *
     * @param base the bound address
     * @param localPreference unique among the ports
     * @param hideLocal true to leave the base out of the candidate
     * @param mapped the address the server saw
     * @param server the server's address
     * @param url the server's URL
     * @return null when the address is known already
     */
    public @Nullable IceCandidate reflexive(
            InetSocketAddress base,
            int localPreference,
            boolean hideLocal,
            InetSocketAddress mapped,
            InetSocketAddress server,
            String url) {
        if (mapped.equals(base) || !made.add(key(IceProtocol.UDP, literal(mapped), mapped.getPort()))) {
            return null;
        }
        IceCandidateType type = IceCandidateType.SERVER_REFLEXIVE;
        return new IceCandidate(
                foundations.of(type, literal(base), literal(server), IceProtocol.UDP),
                IceProtocol.UDP,
                CandidatePriority.of(type, localPreference),
                literal(mapped),
                mapped.getPort(),
                type,
                null,
                hideLocal ? (literal(mapped).indexOf(':') < 0 ? "0.0.0.0" : "::") : literal(base),
                hideLocal ? 0 : base.getPort(),
                ufrag,
                url,
                null);
    }

    /**
     * Makes the candidate of a relayed address, which is its own base.
     *
     * @param relayed the address at the server
     * @param localPreference unique among the relayed addresses
     * @param mapped how the server sees the client, or null to leave that out of the candidate
     * @param server the server's address
     * @param url the server's URL
     * @param relayProtocol udp, tcp or tls
     * @return null when the address is known already
     */
    public @Nullable IceCandidate relayed(
            InetSocketAddress relayed,
            int localPreference,
            @Nullable InetSocketAddress mapped,
            InetSocketAddress server,
            String url,
            String relayProtocol) {
        String address = literal(relayed);
        if (!made.add(key(IceProtocol.UDP, address, relayed.getPort()))) {
            return null;
        }
        IceCandidateType type = IceCandidateType.RELAYED;
        return new IceCandidate(
                foundations.of(type, address, literal(server) + ' ' + relayProtocol, IceProtocol.UDP),
                IceProtocol.UDP,
                CandidatePriority.of(type, localPreference),
                address,
                relayed.getPort(),
                type,
                null,
                mapped != null ? literal(mapped) : address.indexOf(':') < 0 ? "0.0.0.0" : "::",
                mapped != null ? mapped.getPort() : 0,
                ufrag,
                url,
                relayProtocol);
    }

    private static String literal(InetSocketAddress address) {
        String text = IpLiteral.text(address.getAddress());
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
