package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/**
 * The ports of one agent, each under a number of the agent's own. The number of a port that is gone is given to a later one.
 */
final class AgentPorts {

    /** With so many ports an agent takes no more: a machine's further addresses are left out. */
    static final int MAX_PORTS = 256;

    /** By number. */
    private @Nullable AgentPort[] slots = new AgentPort[4];

    private final List<AgentPort> all = new ArrayList<>();

    /** All of them, in the order in which they came. */
    List<AgentPort> all() {
        return all;
    }

    /**
     * Takes a port; its preference is lowered until it is the only one of its kind.
     *
     * @return null when there is no room for it, and it was closed
     */
    @Nullable
    AgentPort add(OpenedPort opened) {
        int id = 0;
        while (id < slots.length && slots[id] != null) {
            id++;
        }
        if (id >= MAX_PORTS) {
            opened.port().close();
            return null;
        }
        if (id == slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
        AgentPort port = new AgentPort(id, unique(opened));
        slots[id] = port;
        all.add(port);
        return port;
    }

    private OpenedPort unique(OpenedPort opened) {
        int preference = opened.localPreference();
        while (preference > 0 && isTaken(opened.port(), preference)) {
            preference--;
        }
        return new OpenedPort(opened.port(), opened.advertised(), opened.hideLocal(), preference);
    }

    private boolean isTaken(PacketPort port, int preference) {
        for (AgentPort other : all) {
            if (other.opened.localPreference() == preference
                    && other.port().tcpType() == port.tcpType()
                    && other.isRelayed() == port instanceof RelayPort) {
                return true;
            }
        }
        return false;
    }

    /** The port with a number; null when it is gone. */
    @Nullable
    AgentPort find(int id) {
        return id < slots.length ? slots[id] : null;
    }

    /** The port of a pair in use, which is there as long as the pair. */
    AgentPort get(int id) {
        AgentPort port = slots[id];
        if (port == null) {
            throw new IllegalStateException("a pair has lost its port");
        }
        return port;
    }

    /** The number of a port, or -1. */
    int idOf(PacketPort port) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).port().equals(port)) {
                return all.get(i).id;
            }
        }
        return -1;
    }

    /** The local addresses of all that are no relays. */
    Set<InetAddress> addresses() {
        Set<InetAddress> addresses = new HashSet<>();
        for (AgentPort port : all) {
            if (!port.isRelayed()) {
                addresses.add(port.port().local().getAddress());
            }
        }
        return addresses;
    }

    /** Closes a port and forgets it. */
    void remove(AgentPort port) {
        slots[port.id] = null;
        all.remove(port);
        port.port().close();
    }

    void flush() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).flush();
        }
    }

    void bindUfrag(String ufrag) {
        all.forEach(port -> port.port().bindUfrag(ufrag));
    }

    void unbindUfrag(String ufrag) {
        all.forEach(port -> port.port().unbindUfrag(ufrag));
    }

    void close() {
        List<AgentPort> closing = List.copyOf(all);
        all.clear();
        Arrays.fill(slots, null);
        closing.forEach(port -> port.port().close());
    }
}
