package org.webrtc4j.benchmarks.datagram;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A channel of Netty with one handler, set up as for throughput. */
final class NettyAlone implements BurstSender, BurstReceiver {

    private static final int READ_BYTES = 2_048;
    private static final int PACKETS_PER_CALL = 32;
    private static final int MAX_TRAIN_BYTES = 65_535;
    private static final int PACKETS_PER_READ = 256;

    private final ThreadMeter meter = new ThreadMeter();
    private final byte[] packet = Burst.bytes();
    private final EventLoopGroup group;
    private final Channel channel;
    private final LoopGate gate;
    private final boolean offload;

    /** Copies each packet to the heap. */
    private final class Reader extends ChannelInboundHandlerAdapter {

        private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket datagram = (DatagramPacket) message;
            ByteBuf content = datagram.content();
            buffer.clear().limit(content.readableBytes());
            content.readBytes(buffer);
            datagram.release();
            gate.onPacket();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            gate.onReadEnd();
        }
    }

    @SuppressWarnings("deprecation") // the form that Netty 4.1 and 4.2 share
    NettyAlone(Way way) throws InterruptedException {
        boolean nio = way == Way.NIO;
        offload = way.isOffload();
        group = nio ? new NioEventLoopGroup(1) : new EpollEventLoopGroup(1);
        gate = new LoopGate(group.next());
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(nio ? NioDatagramChannel.class : EpollDatagramChannel.class)
                .option(ChannelOption.SO_SNDBUF, Burst.SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_RCVBUF, Burst.SOCKET_BUFFER_BYTES)
                .handler(new Reader());
        int readBytes = READ_BYTES;
        if (offload) {
            bootstrap.option(EpollChannelOption.UDP_GRO, true);
            readBytes = MAX_TRAIN_BYTES;
        } else if (!nio) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, READ_BYTES);
            readBytes = READ_BYTES * PACKETS_PER_CALL;
        }
        bootstrap.option(
                ChannelOption.RCVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(readBytes).maxMessagesPerRead(PACKETS_PER_READ));
        channel = bootstrap.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
    }

    @Override
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public Cost send(List<InetSocketAddress> to) throws Exception {
        Future<Cost> sent = group.next().submit(() -> {
            meter.start();
            if (offload) {
                writeTrain(to.get(0));
            } else {
                writeEach(to);
            }
            channel.flush();
            return meter.stop();
        });
        return sent.get(20, TimeUnit.SECONDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the void promise
    private void writeTrain(InetSocketAddress to) {
        ByteBuf train = channel.alloc().directBuffer(Burst.PACKETS * Burst.PACKET_BYTES);
        for (int i = 0; i < Burst.PACKETS; i++) {
            train.writeBytes(packet);
        }
        channel.write(new SegmentedDatagramPacket(train, Burst.PACKET_BYTES, to), channel.voidPromise());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the void promise
    private void writeEach(List<InetSocketAddress> to) {
        for (int i = 0; i < Burst.PACKETS; i++) {
            ByteBuf copy = channel.alloc().directBuffer(Burst.PACKET_BYTES).writeBytes(packet);
            channel.write(new DatagramPacket(copy, to.get(i % to.size())), channel.voidPromise());
        }
    }

    @Override
    public Cost receive(Source source) throws Exception {
        return gate.pass(source);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
