package org.webrtc4j.testkit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A server without state, a STUN server above all: see {@link VirtualHost#serve}. */
@FunctionalInterface
public interface DatagramResponder {

    /**
     * Answers one datagram.
     *
     * @param from the sender as the server sees it, behind any NAT
     * @param request a writable heap buffer, borrowed for the call
     * @return the answer, or null for none
     */
    @Nullable
    ByteBuffer answer(InetSocketAddress from, ByteBuffer request);
}
