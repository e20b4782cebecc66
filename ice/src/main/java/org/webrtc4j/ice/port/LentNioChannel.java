package org.webrtc4j.ice.port;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel of the JDK, driven by a channel of Netty for as long as it is lent. */
@SuppressWarnings("FutureReturnValueIgnored") // of deregistering: nothing is to be done after it
final class LentNioChannel extends LentChannel {

    private final DatagramChannel channel;
    private final ForeignPacketHandler handler;
    private final InetSocketAddress local;
    private @Nullable NioDatagramChannel driver;

    LentNioChannel(DatagramChannel channel, ForeignPacketHandler handler) {
        this.channel = channel;
        this.handler = handler;
        local = checked(channel.isOpen() && !channel.isConnected(), localAddress(channel));
    }

    private static @Nullable SocketAddress localAddress(DatagramChannel channel) {
        try {
            return channel.getLocalAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    InetSocketAddress local() {
        return local;
    }

    @Override
    NettyEventLoop loop(NettyEventLoops loops) {
        if (loops.transport() != Transport.NIO) {
            throw new IllegalArgumentException("a channel of the JDK needs loops on NIO");
        }
        return loops.nettyLoops().get(0);
    }

    @Override
    void open(NettyEventLoop loop, UdpInbound inbound, Consumer<UdpSocket> opened, Consumer<Throwable> failed) {
        if (driver != null) {
            failed.accept(new IllegalStateException("the channel is in use already"));
            return;
        }
        NioDatagramChannel made;
        try {
            made = new NioDatagramChannel(channel);
        } catch (RuntimeException e) {
            failed.accept(e);
            return;
        }
        made.config()
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(UdpSocket.MAX_DATAGRAM)
                        .maxMessagesPerRead(NioUdpChannels.MAX_PACKETS_PER_READ))
                .setWriteBufferWaterMark(
                        new WriteBufferWaterMark(UdpSocket.LOW_WATER_BYTES, UdpSocket.HIGH_WATER_BYTES))
                .setAutoClose(false)
                .setAutoRead(false);
        driver = made;
        loop.netty().register(made).addListener(registration -> {
            if (!registration.isSuccess()) {
                failed.accept(registration.cause());
                return;
            }
            loop.runLogged(() -> {
                UdpSocket socket = UdpSocket.over(loop, made, this, inbound);
                made.pipeline()
                        .addLast(new LentNettyChannel.Gate(socket))
                        .addLast(socket)
                        .addLast(new Delivery(loop, handler));
                opened.accept(socket);
                made.config().setAutoRead(true);
            });
        });
    }

    /** What the system does not take at once is lost, as on the network: the driver must not own bytes for ever. */
    @Override
    void giveBack() {
        NioDatagramChannel lent = driver;
        if (lent == null) {
            return;
        }
        lent.flush();
        ChannelOutboundBuffer queued = lent.unsafe().outboundBuffer();
        if (queued != null) {
            ClosedChannelException over = new ClosedChannelException();
            boolean more = true;
            while (more) {
                more = queued.remove(over);
            }
        }
        lent.deregister();
        driver = null;
    }

    /** Copies what is not WebRTC's for the handler. */
    private static final class Delivery extends ChannelInboundHandlerAdapter {

        private final NettyEventLoop loop;
        private final ForeignPacketHandler handler;

        Delivery(NettyEventLoop loop, ForeignPacketHandler handler) {
            this.loop = loop;
            this.handler = handler;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket datagram = (DatagramPacket) message;
            try {
                int length = datagram.content().readableBytes();
                if (length >= UdpSocket.MAX_DATAGRAM) {
                    loop.counters().count(PortCounter.DROPPED_TRUNCATED);
                    return;
                }
                ByteBuffer packet = loop.receiveBuffer();
                packet.clear().limit(length);
                datagram.content().getBytes(datagram.content().readerIndex(), packet);
                packet.flip();
                handler.onPacket(datagram.sender(), packet, loop.clock().nanoTime());
            } catch (RuntimeException e) {
                loop.counters().count(PortCounter.DROPPED_OWNER_FAILED);
                NettyEventLoop.logFailure(e);
            } finally {
                datagram.release();
            }
        }
    }
}
