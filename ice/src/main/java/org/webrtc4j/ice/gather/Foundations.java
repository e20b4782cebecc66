package org.webrtc4j.ice.gather;

import java.util.HashMap;
import java.util.Map;
import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;

/** Numbers for candidates of one type, base, server and protocol (RFC 8445 section 5.1.1.3). */
public final class Foundations {

    private final Map<String, String> known = new HashMap<>();

    /** Creates an empty set. */
    public Foundations() {}

    /**
     * Returns the foundation of a kind of candidate.
     *
     * @param type the type
     * @param base the base address, without port
     * @param server the server's address, or empty
     * @param protocol the protocol
     * @return the same text for the same arguments, another for others
     */
    public String of(IceCandidateType type, String base, String server, IceProtocol protocol) {
        String key = type.text() + ' ' + base + ' ' + server + ' ' + protocol.text();
        return known.computeIfAbsent(key, unknown -> Integer.toString(known.size() + 1));
    }
}
