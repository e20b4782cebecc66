package org.webrtc4j.ice.port;

import java.net.InetAddress;

/** Makes names known under which addresses of this machine can be asked for on its link (RFC 6762). Thread-safe. */
public interface NamePublisher {

    /**
     * Answers questions for a name from now on.
     *
     * @param name a name under .local
     * @param address the address of this machine that it stands for
     */
    void publish(String name, InetAddress address);

    /**
     * Answers no questions for a name any more.
     *
     * @param name published before
     */
    void withdraw(String name);
}
