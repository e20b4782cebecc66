package org.webrtc4j.ice.agent;

import java.net.InetSocketAddress;

/**
 * An authentic check that came before the remote parameters it belongs to. It has been answered; what it asks for is done
 * once they are known.
 *
 * @param senderUfrag the ufrag the parameters will have
 */
record EarlyCheck(
        LocalPort port,
        InetSocketAddress from,
        String senderUfrag,
        long priority,
        boolean useCandidate,
        long nomination) {}
