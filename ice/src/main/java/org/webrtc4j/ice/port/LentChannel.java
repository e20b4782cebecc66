package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket that the caller owns and lends to the stack, so that WebRTC shares a port with another protocol. It is bound
 * to one address of this machine, not connected, and serves all connections of a {@link NettyPorts}.
 *
 * <p>A datagram is WebRTC's when its first byte says STUN (0 to 3), DTLS (20 to 63) or RTP (128 to 191), as RFC 7983 section 7
 * divides them; the other protocol begins its datagrams with any other byte. Of the bytes that are WebRTC's, what belongs to
 * no connection is dropped and counted, and never reaches the other protocol. Nothing is queued for the other protocol on the
 * way in: it takes each datagram in the call or loses it.
 *
 * <p>The stack reads the channel from one loop; connections of other loops get their packets by bounded queues. The caller
 * goes on sending as it did, from any thread. When the ports are closed the channel is given back open, and nothing of the
 * stack is left in it; when the caller closes it first, the connections on it lose their path.
 */
public abstract sealed class LentChannel permits LentNioChannel, LentNettyChannel {

    LentChannel() {}

    /**
     * Lends a channel of the JDK. It needs loops on {@link Transport#NIO}. From then on it is non-blocking, stays so when it
     * is given back, and must not be read by the caller; the caller sends by {@link
     * java.nio.channels.DatagramChannel#send}, which takes no copy of the stack's and drops, with result 0, when the
     * socket's buffer is full.
     *
     * @param channel bound to one address, not connected
     * @param handler takes what is not WebRTC's; a copy of each datagram, made once into the receive buffer of the loop
     * @return the channel to give to {@link NettyPorts.Builder#shared(LentChannel...)}
     * @throws IllegalArgumentException when it is not bound, bound to the wildcard address, connected or closed
     */
    public static LentChannel of(java.nio.channels.DatagramChannel channel, ForeignPacketHandler handler) {
        return new LentNioChannel(
                Objects.requireNonNull(channel, "channel"), Objects.requireNonNull(handler, "handler"));
    }

    /**
     * Lends a channel of Netty, which is registered with one of the loops that the ports run on ({@link
     * NettyEventLoops#over}). Two handlers of the stack come first in its pipeline, and take WebRTC's datagrams out;
     * everything else goes on to the caller's handlers as it came, without a copy. What the stack sends passes the caller's
     * outbound handlers. The channel's options, such as those of its write buffer, stay as the caller has set them.
     *
     * @param channel bound to one address, not connected, registered
     * @return the channel to give to {@link NettyPorts.Builder#shared(LentChannel...)}
     * @throws IllegalArgumentException when it is not bound, bound to the wildcard address, connected, closed or not
     *     registered
     */
    public static LentChannel of(io.netty.channel.socket.DatagramChannel channel) {
        return new LentNettyChannel(Objects.requireNonNull(channel, "channel"));
    }

    /** Where it is bound. */
    abstract InetSocketAddress local();

    /**
     * Chooses the loop that reads it.
     *
     * @throws IllegalArgumentException when it fits none of these loops
     */
    abstract NettyEventLoop loop(NettyEventLoops loops);

    /** Takes the channel into use, on its loop; ends in one of the two calls. */
    abstract void open(NettyEventLoop loop, UdpInbound inbound, Consumer<UdpSocket> opened, Consumer<Throwable> failed);

    /** Ends the use of a channel, on its loop, with everything already given to it. */
    abstract void giveBack();

    /** Tells WebRTC's datagrams from others (RFC 7983 section 7). */
    static boolean isWebRtc(int firstByte) {
        return firstByte <= 3 || (firstByte >= 20 && firstByte <= 63) || (firstByte >= 128 && firstByte <= 191);
    }

    static InetSocketAddress checked(boolean usable, @Nullable SocketAddress local) {
        if (!usable || !(local instanceof InetSocketAddress bound) || bound.getPort() == 0) {
            throw new IllegalArgumentException("a channel to share is open, bound and not connected");
        }
        if (bound.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "a channel to share is bound to one address of this machine, never to the wildcard");
        }
        return new InetSocketAddress(LocalAddresses.withoutScope(bound.getAddress()), bound.getPort());
    }
}
