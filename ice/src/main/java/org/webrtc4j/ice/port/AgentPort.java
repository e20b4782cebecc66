package org.webrtc4j.ice.port;

import java.net.InetAddress;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/** A port of an agent under the agent's own number. */
final class AgentPort {

    final int id;
    final OpenedPort opened;
    /** Something was appended since the last flush. */
    boolean dirty;

    AgentPort(int id, OpenedPort opened) {
        this.id = id;
        this.opened = opened;
    }

    PacketPort port() {
        return opened.port();
    }

    /** Tells whether a server at this address could answer a query from this port. */
    boolean reaches(InetAddress server) {
        InetAddress local = port().local().getAddress();
        return local.getClass() == server.getClass()
                && local.isLoopbackAddress() == server.isLoopbackAddress()
                && !local.isLinkLocalAddress();
    }
}
