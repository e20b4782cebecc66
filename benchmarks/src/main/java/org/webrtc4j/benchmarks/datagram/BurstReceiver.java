package org.webrtc4j.benchmarks.datagram;

import java.io.Closeable;
import java.net.InetSocketAddress;

/** A way of receiving: it ends with each packet on the heap, as engines take it. */
interface BurstReceiver extends Closeable {

    /** What sends a burst to this side. */
    interface Source {
        void send() throws Exception;
    }

    InetSocketAddress address();

    /**
     * Has a burst sent while nobody reads, where that can be, and reads it.
     *
     * @return what reading has cost
     */
    Cost receive(Source source) throws Exception;
}
