package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.IceCandidate;

/** The .local names of remote candidates (draft-ietf-mmusic-mdns-ice-candidates) on their way to being addresses. */
final class RemoteNames {

    /** How many names are asked for at a time; candidates beyond count as unresolved. */
    static final int MAX_OUTSTANDING = 32;

    /** The longest name of the DNS (RFC 1035 section 2.3.4). */
    private static final int MAX_NAME_CHARS = 253;

    private final NameResolver resolver;
    private final EventLoop loop;
    private int outstanding;
    private int unresolved;

    RemoteNames(NameResolver resolver, EventLoop loop) {
        this.resolver = resolver;
        this.loop = loop;
    }

    /** Candidates that are names and have no address yet. */
    int unresolved() {
        return unresolved;
    }

    /** Asks for a candidate's name; false when it is not a .local name. */
    boolean resolve(IceCandidate candidate, BiConsumer<IceCandidate, List<InetAddress>> answer) {
        String name = candidate.address().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".local") || name.length() > MAX_NAME_CHARS) {
            return false;
        }
        unresolved++;
        if (outstanding >= MAX_OUTSTANDING) {
            return true;
        }
        outstanding++;
        resolver.resolve(name, loop, addresses -> {
            outstanding--;
            if (!addresses.isEmpty()) {
                unresolved--;
                answer.accept(candidate, addresses);
            }
        });
        return true;
    }
}
