package org.webrtc4j.ice.port;

/** How sockets and loops reach the operating system. */
public enum Transport {
    /** The native transport where it is present and works, else NIO. */
    AUTO,

    /** The JDK's channels: works everywhere; one system call per packet sent or received. */
    NIO,

    /**
     * Linux epoll through netty-transport-native-epoll: packets are received and sent in batches, with segmentation
     * offload where the kernel has it.
     */
    EPOLL
}
