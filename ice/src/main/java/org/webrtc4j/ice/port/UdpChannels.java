package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;

/**
 * What differs between transports. Each has a class of its own, which is loaded only when chosen: naming the classes of an
 * absent native transport in code that also runs without it makes the verifier of some JDKs fail.
 */
interface UdpChannels {

    EventLoopGroup newGroup(int threads, ThreadFactory threadFactory);

    /**
     * Makes an unregistered, unbound channel that reads in batches.
     *
     * @param ipv6 true for an IPv6 socket, which then carries no IPv4
     * @param shared true when packets of many remote addresses are expected
     * @param reusePort true when several sockets will be bound to one address; needs {@link #canReusePort}
     */
    DatagramChannel newChannel(boolean ipv6, boolean shared, boolean reusePort) throws IOException;

    /** Makes an unregistered, unconnected channel for TCP. */
    SocketChannel newStreamChannel() throws IOException;

    /** Makes an unregistered, unbound channel that accepts TCP connections. */
    ServerSocketChannel newServerChannel() throws IOException;

    /** Tells whether {@link #newSegmented} may be called. */
    boolean canSegment();

    /**
     * Makes one write of neighbouring packets to one address.
     *
     * @param content the packets, owned by the result
     * @param segmentSize of each but the last, which may be shorter
     */
    DatagramPacket newSegmented(ByteBuf content, int segmentSize, InetSocketAddress remote);

    /** Tells whether several sockets can share one address, with the packets of a remote address always going to the same. */
    boolean canReusePort();

    Transport transport();
}
