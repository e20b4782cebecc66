package org.webrtc4j.ice.port;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A channel that lives in a pipeline of the caller: two handlers are put in front, and removed in the end. */
final class LentNettyChannel extends LentChannel {

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private @Nullable Gate gate;
    private @Nullable UdpSocket socket;

    LentNettyChannel(DatagramChannel channel) {
        this.channel = channel;
        local = checked(channel.isActive() && channel.isRegistered() && !channel.isConnected(), channel.localAddress());
    }

    @Override
    InetSocketAddress local() {
        return local;
    }

    @Override
    NettyEventLoop loop(NettyEventLoops loops) {
        for (NettyEventLoop loop : loops.nettyLoops()) {
            if (loop.netty() == channel.eventLoop()) {
                return loop;
            }
        }
        throw new IllegalArgumentException("the channel to share is registered with none of the loops in use");
    }

    @Override
    void open(NettyEventLoop loop, UdpInbound inbound, Consumer<UdpSocket> opened, Consumer<Throwable> failed) {
        if (gate != null) {
            failed.accept(new IllegalStateException("the channel is in use already"));
            return;
        }
        UdpSocket made = UdpSocket.over(loop, channel, this, inbound);
        opened.accept(made);
        insert(channel.pipeline(), made);
    }

    /** Puts both handlers in front of those there are. */
    void insert(ChannelPipeline pipeline, UdpSocket made) {
        Gate first = new Gate(made);
        socket = made;
        gate = first;
        pipeline.addFirst(made);
        pipeline.addFirst(first);
    }

    @Override
    void giveBack() {
        channel.flush();
        if (gate != null && socket != null && channel.isRegistered()) {
            channel.pipeline().remove(gate);
            channel.pipeline().remove(socket);
        }
        gate = null;
        socket = null;
    }

    /** Lets WebRTC's datagrams go on to the socket, and everything else past it. */
    static final class Gate extends ChannelInboundHandlerAdapter {

        private final UdpSocket socket;

        Gate(UdpSocket socket) {
            this.socket = socket;
        }

        private static boolean isForeign(Object message) {
            if (!(message instanceof DatagramPacket datagram)) {
                return true;
            }
            int readable = datagram.content().readableBytes();
            return readable == 0
                    || !isWebRtc(datagram.content()
                            .getUnsignedByte(datagram.content().readerIndex()));
        }

        private ChannelHandlerContext past(ChannelHandlerContext context) {
            return context.pipeline().context(socket);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            (isForeign(message) ? past(context) : context).fireChannelRead(message);
        }

        // The socket takes these for itself; the handlers behind it want them, too.

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.fireChannelReadComplete();
            past(context).fireChannelReadComplete();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.fireChannelWritabilityChanged();
            past(context).fireChannelWritabilityChanged();
        }
    }
}
