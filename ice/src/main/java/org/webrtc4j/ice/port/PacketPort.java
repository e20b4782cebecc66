package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.ice.IceTcpType;

/**
 * A local address from which an agent sends and at which it receives: a socket of its own, or its share of a socket that
 * many agents use. Confined to the agent's loop.
 *
 * <p>On a shared socket STUN finds its agent by the local ufrag (the first half of USERNAME) and everything else by the
 * remote address. On a socket of one's own all four {@code bind} and {@code unbind} methods have no effect.
 */
public interface PacketPort {

    /**
     * Returns the bound local address, never a wildcard.
     *
     * @return address and port
     */
    InetSocketAddress local();

    /**
     * Returns how many bytes of UDP payload fit into one packet of this port.
     *
     * @return bytes
     */
    int maxPayload();

    /**
     * Appends a packet to the run that the next {@link #flush} sends.
     *
     * @param to where it goes
     * @param packet a heap buffer, borrowed; copied here
     * @return false when the run was full or the port closed, and the packet was dropped and counted
     */
    boolean append(InetSocketAddress to, ByteBuffer packet);

    /** Sends what was appended, neighbouring packets of equal size to one address as one segmented send where possible. */
    void flush();

    /**
     * Tells whether less than the high-water mark is queued.
     *
     * @return true when a packet appended now would leave soon
     */
    boolean isWritable();

    /**
     * Tells whether less than the high-water mark is queued on the way to one address: over TCP each has a connection of its
     * own.
     *
     * @param to where a packet would go
     * @return true when a packet appended now would leave soon
     */
    default boolean isWritableTo(InetSocketAddress to) {
        return isWritable();
    }

    /**
     * Tells how this port takes part in TCP (RFC 6544).
     *
     * @return ACTIVE when it opens connections, PASSIVE when it accepts them, null for UDP
     */
    default @Nullable IceTcpType tcpType() {
        return null;
    }

    /**
     * Lets STUN for this local ufrag reach the owner.
     *
     * @param ufrag a local ufrag of the owner
     */
    default void bindUfrag(String ufrag) {}

    /**
     * Ends what {@link #bindUfrag} began.
     *
     * @param ufrag a local ufrag of the owner
     */
    default void unbindUfrag(String ufrag) {}

    /**
     * Lets packets from a verified remote address reach the owner. A later claim of the same address by another agent,
     * verified too, takes it over.
     *
     * @param remote an address from which a request with verified integrity came, or to which a check succeeded
     */
    default void bindRemote(InetSocketAddress remote) {}

    /**
     * Ends what {@link #bindRemote} began, unless another agent has taken the address over. A TCP connection to it is
     * closed.
     *
     * @param remote an address bound before
     */
    default void unbindRemote(InetSocketAddress remote) {}

    /** Gives the port up: nothing is delivered after this. A shared socket stays open for the others. */
    void close();
}
