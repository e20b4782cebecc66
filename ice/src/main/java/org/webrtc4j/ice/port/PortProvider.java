package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;

/** Opens the ports of an agent: dedicated sockets, slots of a shared one, or ends of a simulated network. */
public interface PortProvider extends AutoCloseable {

    /**
     * Opens one port per usable local address. Sockets that cannot be bound are left out and logged; an empty list means
     * that the agent has no host candidate.
     *
     * @param loop the agent's loop; the caller is on it
     * @param owner who takes the packets
     * @param includeLoopback true to open ports on loopback addresses too
     * @param opened called once on the loop, possibly before this method returns
     */
    void open(EventLoop loop, PortOwner owner, boolean includeLoopback, Consumer<List<OpenedPort>> opened);

    /**
     * Opens ports on those usable local addresses where the agent has none, as {@link #open} does on all: addresses may have
     * come since then.
     *
     * @param loop the agent's loop; the caller is on it
     * @param owner who takes the packets
     * @param includeLoopback true to open ports on loopback addresses too
     * @param present the local addresses of the ports that the agent has
     * @param opened called once on the loop, possibly before this method returns; with an empty list when nothing is new
     */
    default void openMissing(
            EventLoop loop,
            PortOwner owner,
            boolean includeLoopback,
            Set<InetAddress> present,
            Consumer<List<OpenedPort>> opened) {
        opened.accept(List.of());
    }

    /**
     * Tells whether a port on a local address may still work.
     *
     * @param local the local address of a port
     * @return false when the machine does not have it any more, or its interface is down
     */
    default boolean isPresent(InetAddress local) {
        return true;
    }

    /**
     * Tells from now on when local addresses come or go.
     *
     * @param loop where to tell
     * @param changed called on the loop after each change, possibly also without one
     * @return ends it; may be run from any thread
     */
    default Runnable watch(EventLoop loop, Runnable changed) {
        return () -> {};
    }

    /**
     * Returns the local addresses from which servers can be reached, the preferred first.
     *
     * @param includeLoopback true for loopback addresses too
     * @return the addresses; none when {@link #connect} does not work here
     */
    default List<InetAddress> localAddresses(boolean includeLoopback) {
        return List.of();
    }

    /**
     * Opens a way to a TURN server: a socket or a connection of its own, since a server knows its clients by these.
     *
     * @param loop the agent's loop; the caller is on it
     * @param owner who takes the server's messages
     * @param local one of {@link #localAddresses}, of the server's family
     * @param server the server
     * @param opened called once on the loop, possibly before this method returns; null when there is no way
     */
    default void connect(
            EventLoop loop,
            PortOwner owner,
            InetAddress local,
            RelayServer server,
            Consumer<@Nullable PacketPort> opened) {
        opened.accept(null);
    }

    /** Closes every socket. */
    @Override
    void close();

    /**
     * A port and how it is presented to the other side.
     *
     * @param port the port
     * @param advertised addresses to signal as further host candidates of this port: 1:1 NAT, forwarded ports of
     *     containers; host is an IP literal or a name
     * @param hideLocal true when the bound address is not signalled itself
     * @param localPreference unique among the ports of an agent, 0 to 65535 (RFC 8445 section 5.1.2.1)
     */
    record OpenedPort(PacketPort port, List<AdvertisedAddress> advertised, boolean hideLocal, int localPreference) {

        /**
         * Copies the list.
         *
         * @param port the port
         * @param advertised addresses to signal
         * @param hideLocal true when the bound address is not signalled itself
         * @param localPreference unique among the ports of an agent
         */
        public OpenedPort {
            advertised = List.copyOf(advertised);
        }
    }

    /**
     * An address under which a port is reachable from outside.
     *
     * @param host an IP literal or a name
     * @param port the outer port
     */
    record AdvertisedAddress(String host, int port) {}
}
