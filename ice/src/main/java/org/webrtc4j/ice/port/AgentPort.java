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

    void flush() {
        if (dirty) {
            dirty = false;
            port().flush();
        }
    }

    /** Its address is one of a TURN server: packets leave and arrive there. */
    boolean isRelayed() {
        return port() instanceof RelayPort;
    }

    boolean isTcp() {
        return port().tcpType() != null;
    }

    PacketPort port() {
        return opened.port();
    }

    /** Tells whether a server at this address could answer a query from this port. */
    boolean reaches(InetAddress server) {
        return reaches(port().local().getAddress(), server);
    }

    static boolean reaches(InetAddress local, InetAddress server) {
        return local.getClass() == server.getClass()
                && local.isLoopbackAddress() == server.isLoopbackAddress()
                && !local.isLinkLocalAddress();
    }
}
