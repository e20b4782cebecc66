package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import org.webrtc4j.common.EventLoop;

/** Resolves the names in remote candidates: .local by multicast DNS (RFC 6762), others not at all. */
public interface NameResolver {

    /**
     * Asks for the addresses of a name.
     *
     * @param name the name
     * @param loop where the answer is wanted; the caller is on it
     * @param answer called once on the loop with the addresses, empty when there is none in time
     */
    void resolve(String name, EventLoop loop, Consumer<List<InetAddress>> answer);
}
