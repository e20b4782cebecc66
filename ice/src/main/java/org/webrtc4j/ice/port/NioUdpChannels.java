package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.concurrent.ThreadFactory;

/** The JDK's channels. */
final class NioUdpChannels implements UdpChannels {

    /** How many packets are read before other sockets of the loop have their turn. */
    static final int MAX_PACKETS_PER_READ = 64;

    @Override
    @SuppressWarnings("deprecation") // the form that Netty 4.1 and 4.2 share
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory) {
        return new NioEventLoopGroup(threads, threadFactory);
    }

    @Override
    public DatagramChannel newChannel(boolean ipv6, boolean shared, boolean reusePort) throws IOException {
        NioDatagramChannel channel = new NioDatagramChannel(java.nio.channels.DatagramChannel.open(
                ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET));
        channel.config()
                .setRecvByteBufAllocator(
                        new FixedRecvByteBufAllocator(UdpSocket.MAX_DATAGRAM).maxMessagesPerRead(MAX_PACKETS_PER_READ));
        return channel;
    }

    @Override
    public SocketChannel newStreamChannel() {
        return new NioSocketChannel();
    }

    @Override
    public ServerSocketChannel newServerChannel() {
        return new NioServerSocketChannel();
    }

    @Override
    public boolean canSegment() {
        return false;
    }

    @Override
    public DatagramPacket newSegmented(ByteBuf content, int segmentSize, InetSocketAddress remote) {
        throw new IllegalStateException("the JDK's channels send packets one by one");
    }

    @Override
    public boolean canReusePort() {
        return false;
    }

    @Override
    public Transport transport() {
        return Transport.NIO;
    }
}
