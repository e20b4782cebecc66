package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.webrtc4j.common.EventLoop;

/** Watches the machine's addresses for an agent that gathers continually. Confined to the agent's loop. */
final class AgentNetwork {

    private final PortProvider ports;
    private final boolean includeLoopback;
    private final Consumer<Boolean> changed;
    private final Runnable end;
    private Set<InetAddress> known;
    private boolean closed;

    /**
     * Watches from now on.
     *
     * @param changed told after each change, with true when an address has come that was not there before
     */
    AgentNetwork(EventLoop loop, PortProvider ports, boolean includeLoopback, Consumer<Boolean> changed) {
        this.ports = ports;
        this.includeLoopback = includeLoopback;
        this.changed = changed;
        known = new HashSet<>(ports.localAddresses(includeLoopback));
        end = ports.watch(loop, this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        List<InetAddress> now = ports.localAddresses(includeLoopback);
        boolean grown = !known.containsAll(now);
        known = new HashSet<>(now);
        changed.accept(grown);
    }

    void close() {
        closed = true;
        end.run();
    }
}
