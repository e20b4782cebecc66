package org.webrtc4j.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Objects;

/**
 * Takes the data channels that the other side opens: a handler at the end of the pipeline of a {@link WebRtcChannel}.
 * Each gets a handler, usually an initializer, and is registered at the loop of its connection. May be shared when that
 * handler may be.
 */
@ChannelHandler.Sharable
public final class DataChannelAcceptor extends ChannelInboundHandlerAdapter {

    private final ChannelHandler childHandler;

    /**
     * Creates an acceptor.
     *
     * @param childHandler of each data channel; a {@link io.netty.channel.ChannelInitializer}, or sharable
     */
    public DataChannelAcceptor(ChannelHandler childHandler) {
        this.childHandler = Objects.requireNonNull(childHandler, "childHandler");
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failed one is closed
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebRtcDataChannel child) {
            child.pipeline().addLast(childHandler);
            context.channel().eventLoop().register(child).addListener((ChannelFutureListener) registered -> {
                if (!registered.isSuccess()) {
                    child.unsafe().closeForcibly();
                }
            });
        } else {
            context.fireChannelRead(message);
        }
    }
}
