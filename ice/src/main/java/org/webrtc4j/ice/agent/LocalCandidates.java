package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateType;

/** The local candidates of one generation, and which of them stands for a port in a pair. */
final class LocalCandidates {

    private final String ufrag;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(int port, IceCandidate candidate) {}

    LocalCandidates(String ufrag) {
        this.ufrag = ufrag;
    }

    void add(int port, IceCandidate candidate) {
        entries.add(new Entry(port, candidate));
    }

    void addAll(LocalCandidates others) {
        entries.addAll(others.entries);
    }

    /** Forgets the candidates of a port. */
    void remove(int port) {
        entries.removeIf(entry -> entry.port() == port);
    }

    List<IceCandidate> of(int port) {
        return entries.stream()
                .filter(entry -> entry.port() == port)
                .map(Entry::candidate)
                .toList();
    }

    List<IceCandidate> all() {
        return entries.stream().map(Entry::candidate).toList();
    }

    /** The candidate a pair begins with: the base, or what is signalled in its place. */
    IceCandidate ofBase(LocalPort port) {
        for (Entry entry : entries) {
            if (entry.port() == port.id() && entry.candidate().type() == port.type()) {
                return entry.candidate();
            }
        }
        return make(port, port.type(), port.base(), null);
    }

    /** The candidate of a mapped address in an answer, a new peer-reflexive one when it is unknown (RFC 8445 7.2.5.3.1). */
    IceCandidate ofMapped(LocalPort port, InetSocketAddress mapped) {
        if (mapped.equals(port.base())
                || (port.isActive() && mapped.getAddress().equals(port.base().getAddress()))) {
            // The port of an active candidate stands for that of whichever connection it is.
            return ofBase(port);
        }
        String address = IpLiteral.text(mapped.getAddress());
        for (Entry entry : entries) {
            IceCandidate candidate = entry.candidate();
            if (entry.port() == port.id()
                    && candidate.port() == mapped.getPort()
                    && candidate.address().equals(address)) {
                return candidate;
            }
        }
        return make(port, IceCandidateType.PEER_REFLEXIVE, mapped, port.base());
    }

    private IceCandidate make(
            LocalPort port, IceCandidateType type, InetSocketAddress address, @Nullable InetSocketAddress related) {
        return new IceCandidate(
                type.text() + port.id(),
                port.protocol(),
                CandidatePriority.of(type, port.protocol(), port.localPreference()),
                IpLiteral.text(address.getAddress()),
                address.getPort(),
                type,
                port.tcpType(),
                related == null ? null : IpLiteral.text(related.getAddress()),
                related == null ? -1 : related.getPort(),
                ufrag,
                null,
                null);
    }
}
