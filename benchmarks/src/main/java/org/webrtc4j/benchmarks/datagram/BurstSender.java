package org.webrtc4j.benchmarks.datagram;

import java.io.Closeable;
import java.net.InetSocketAddress;
import java.util.List;

/** A way of sending: it takes packets from the heap, as engines give them. */
interface BurstSender extends Closeable {

    /**
     * Sends a burst; all of it has left when this returns.
     *
     * @param to the addresses, which take turns packet by packet
     * @return what it has cost
     */
    Cost send(List<InetSocketAddress> to) throws Exception;

    /** Where packets come from. */
    InetSocketAddress address();
}
