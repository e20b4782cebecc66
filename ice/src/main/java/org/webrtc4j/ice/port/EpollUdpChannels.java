package org.webrtc4j.ice.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;

/**
 * Linux epoll. Sends leave in one sendmmsg, trains of equal packets segmented by the kernel (UDP_SEGMENT).
 *
 * <p>A socket of one connection receives trains (UDP_GRO), one per system call: its packets come from one sender. A shared
 * socket, whose packets come from many, receives by recvmmsg instead. Both at once lose the boundaries of a train in Netty's
 * releases up to 4.2.18.
 */
final class EpollUdpChannels implements UdpChannels {

    /** A train of packets that the kernel coalesced arrives as one read of up to this size. */
    private static final int MAX_TRAIN_BYTES = 65_535;

    /** How many packets one recvmmsg takes. */
    private static final int PACKETS_PER_CALL = 32;

    private static final int READ_BUFFER_BYTES = PACKETS_PER_CALL * UdpSocket.MAX_DATAGRAM;

    /** How many packets are read before other sockets of the loop have their turn. */
    private static final int MAX_PACKETS_PER_READ = 256;

    /** One for each loop, as large as the largest read. */
    private final FastThreadLocal<ByteBuf> readBuffers = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return PooledByteBufAllocator.DEFAULT.directBuffer(READ_BUFFER_BYTES, READ_BUFFER_BYTES);
        }

        @Override
        protected void onRemoval(ByteBuf buffer) {
            buffer.release();
        }
    };

    static boolean isAvailable() {
        return Epoll.isAvailable();
    }

    @Override
    @SuppressWarnings("deprecation") // the form that Netty 4.1 and 4.2 share
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory) {
        return new EpollEventLoopGroup(threads, threadFactory);
    }

    @Override
    @SuppressWarnings("deprecation") // the form that Netty 4.1 and 4.2 share
    public DatagramChannel newChannel(boolean ipv6, boolean shared, boolean reusePort) {
        EpollDatagramChannel channel =
                new EpollDatagramChannel(ipv6 ? InternetProtocolFamily.IPv6 : InternetProtocolFamily.IPv4);
        int readBytes = UdpSocket.MAX_DATAGRAM;
        if (shared) {
            channel.config().setMaxDatagramPayloadSize(UdpSocket.MAX_DATAGRAM);
            readBytes *= PACKETS_PER_CALL;
        } else if (receivesTrains(channel)) {
            readBytes = MAX_TRAIN_BYTES;
        }
        channel.config()
                .setRecvByteBufAllocator(
                        new LoopReads(readBuffers, readBytes).maxMessagesPerRead(MAX_PACKETS_PER_READ));
        channel.config().setReusePort(reusePort);
        return channel;
    }

    private static boolean receivesTrains(EpollDatagramChannel channel) {
        try {
            channel.config().setUdpGro(true);
            return channel.config().isUdpGro();
        } catch (ChannelException e) {
            return false; // a kernel before 5.0
        }
    }

    @Override
    public SocketChannel newStreamChannel() {
        return new EpollSocketChannel();
    }

    @Override
    public ServerSocketChannel newServerChannel() {
        return new EpollServerSocketChannel();
    }

    @Override
    public boolean canSegment() {
        return EpollDatagramChannel.isSegmentedDatagramPacketSupported();
    }

    @Override
    public DatagramPacket newSegmented(ByteBuf content, int segmentSize, InetSocketAddress remote) {
        return new SegmentedDatagramPacket(content, segmentSize, remote);
    }

    @Override
    public boolean canReusePort() {
        return true;
    }

    @Override
    public Transport transport() {
        return Transport.EPOLL;
    }

    /**
     * Lets all sockets of a loop read into one buffer: their packets are copied to the heap before the next read. One of the
     * size of a train for each read is more than Netty's allocators cache, and took a fifth of what a packet costs.
     */
    private static final class LoopReads extends DefaultMaxMessagesRecvByteBufAllocator {

        private final FastThreadLocal<ByteBuf> buffers;
        private final int bytes;

        LoopReads(FastThreadLocal<ByteBuf> buffers, int bytes) {
            this.buffers = buffers;
            this.bytes = bytes;
        }

        @Override
        @SuppressWarnings("deprecation") // the form that Netty 4.1 and 4.2 share
        public Handle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return bytes;
                }

                @Override
                public ByteBuf allocate(ByteBufAllocator allocator) {
                    ByteBuf buffer = buffers.get();
                    // Unless somebody in the pipeline keeps a packet of the read before.
                    return buffer.refCnt() == 1 ? buffer.clear().retain() : allocator.ioBuffer(bytes);
                }
            };
        }
    }
}
