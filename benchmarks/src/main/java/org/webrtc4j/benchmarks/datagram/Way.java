package org.webrtc4j.benchmarks.datagram;

import org.webrtc4j.ice.port.Transport;

/** How sockets reach the system. */
enum Way {
    /** The JDK's channels: a system call for each packet. */
    NIO,
    /** Native epoll: one system call for many packets of many addresses. */
    NATIVE,
    /** Native epoll: neighbouring packets of one address as one, which the kernel cuts and joins. */
    OFFLOAD;

    boolean isOffload() {
        return this == OFFLOAD;
    }

    Transport transport() {
        return this == NIO ? Transport.NIO : Transport.EPOLL;
    }
}
