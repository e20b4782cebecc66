package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceTcpType;
import org.webrtc4j.ice.agent.CandidatePriority;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/**
 * The ways of agents by TCP (RFC 6544): one listening socket per local address for all of them, and connections of their own
 * to what the peer listens on.
 */
final class TcpPorts {

    private static final int BIND_TIMEOUT_SECONDS = 10;

    private final LocalAddresses addresses;
    private final PortPresentation presentation;
    private final boolean active;
    private final boolean alwaysLoopback;
    private final List<Bound> bound = new ArrayList<>();
    private @Nullable UnclaimedConnections unclaimed;

    private record Bound(TcpListener listener, InetSocketAddress local, int mtu) {}

    /**
     * Begins without a listening socket.
     *
     * @param presentation how listening sockets are signalled
     * @param active whether agents connect to what their peers listen on
     * @param alwaysLoopback whether they do so from loopback addresses, too, without asking for it
     */
    TcpPorts(LocalAddresses addresses, PortPresentation presentation, boolean active, boolean alwaysLoopback) {
        this.addresses = addresses;
        this.presentation = presentation;
        this.active = active;
        this.alwaysLoopback = alwaysLoopback;
    }

    /**
     * Listens on every local address and waits for it; not to be called on a loop.
     *
     * @param port the port, or 0 for any free one
     * @param strict whether every address must be bound, not just one
     * @throws IllegalStateException when what was asked for cannot be bound
     */
    void listen(NettyEventLoops loops, int port, boolean strict, UnclaimedConnections strangers) {
        if (loops.nettyLoops().stream().anyMatch(NettyEventLoop::inLoop)) {
            throw new IllegalStateException("shared ports are bound before loops are used, not on a loop");
        }
        unclaimed = strangers;
        List<String> problems = new ArrayList<>();
        for (LocalAddress address : addresses.list(alwaysLoopback)) {
            TcpListener listener = new TcpListener(loops.nettyLoops().get(0), strangers);
            try {
                InetSocketAddress local =
                        listener.bind(address.address(), port).get(BIND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
                bound.add(new Bound(listener, local, address.mtu()));
            } catch (ExecutionException | TimeoutException e) {
                listener.close();
                Throwable cause = e.getCause() == null ? e : e.getCause();
                problems.add(address.address().getHostAddress() + " port " + port + ": " + cause.getMessage());
            } catch (InterruptedException e) {
                listener.close();
                Thread.currentThread().interrupt();
                problems.add("interrupted");
                break;
            }
        }
        if (bound.isEmpty() || (strict && !problems.isEmpty())) {
            close();
            throw new IllegalStateException("TCP ports cannot be bound: "
                    + (problems.isEmpty() ? addresses.explainEmpty(alwaysLoopback) : String.join("; ", problems)));
        }
    }

    /** The ports of one agent where it has none; none of them costs a descriptor before there is a connection. */
    List<OpenedPort> open(NettyEventLoop loop, PortOwner owner, boolean includeLoopback, Set<InetAddress> present) {
        List<OpenedPort> ports = new ArrayList<>();
        List<TcpPort> passive = new ArrayList<>();
        for (Bound each : bound) {
            if (!present.contains(each.local().getAddress())) {
                passive.add(new TcpPort(loop, owner, each.local(), each.mtu(), each.listener()));
            }
        }
        for (OpenedPort each : presentation.present(passive, present)) {
            int preference = CandidatePriority.tcpLocalPreference(IceTcpType.PASSIVE, ports.size());
            ports.add(new OpenedPort(each.port(), each.advertised(), each.hideLocal(), preference));
        }
        if (active) {
            int order = 0;
            for (LocalAddress address : addresses.list(includeLoopback || alwaysLoopback)) {
                if (present.contains(address.address())) {
                    continue;
                }
                InetSocketAddress local = new InetSocketAddress(address.address(), IceCandidate.ACTIVE_PORT);
                TcpPort port = new TcpPort(loop, owner, local, address.mtu(), null);
                int preference = CandidatePriority.tcpLocalPreference(IceTcpType.ACTIVE, order++);
                ports.add(new OpenedPort(port, List.of(), true, preference));
            }
        }
        return ports;
    }

    /** Where agents are listened for, for tests. */
    List<InetSocketAddress> listening() {
        return bound.stream().map(Bound::local).toList();
    }

    /** Ends listening; connections end with their agents. */
    void close() {
        bound.forEach(each -> each.listener().close());
        UnclaimedConnections strangers = unclaimed;
        if (strangers != null) {
            strangers.closeAll();
        }
    }
}
