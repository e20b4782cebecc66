package org.webrtc4j.benchmarks.forward;

/** Where the packets of the forwarding server come from and go to. */
enum ForwardStage {
    /** Ports that lie in memory: everything that a server does but its system calls. */
    MEMORY("in memory"),
    /** UDP sockets of loopback on the JDK's channels, the other ends in another process. */
    NIO("loopback, NIO"),
    /** The same on the native transport. */
    NATIVE("loopback, native");

    final String text;

    ForwardStage(String text) {
        this.text = text;
    }
}
