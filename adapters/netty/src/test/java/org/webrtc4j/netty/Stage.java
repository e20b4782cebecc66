package org.webrtc4j.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.memory.InMemoryIceAgents;
import org.webrtc4j.ice.port.NettyEventLoops;

/** A server and clients in one process, over the same two loops: in memory, or over sockets of loopback. */
final class Stage implements AutoCloseable {

    private static final int SHUTDOWN_SECONDS = 10;

    final EventLoopGroup group = newGroup(2);
    final WebRtcRuntime runtime;

    private Stage(UnaryOperator<RuntimeBuilder> settings) {
        runtime = settings.apply(WebRtcRuntime.builder().eventLoops(NettyEventLoops.over(group)))
                .build();
    }

    static Stage inMemory() {
        return inMemory(builder -> builder);
    }

    static Stage inMemory(UnaryOperator<RuntimeBuilder> settings) {
        return new Stage(builder -> settings.apply(builder.iceAgents(new InMemoryIceAgents(new SecureRandom()))));
    }

    static Stage overLoopback(UnaryOperator<RuntimeBuilder> settings) {
        // One address and so one pair: with several, each side may for a while send on another.
        return new Stage(builder -> settings.apply(builder.bind(InetAddress.getLoopbackAddress())));
    }

    /** The form that both Netty 4.1 and 4.2 have. */
    @SuppressWarnings("deprecation")
    static EventLoopGroup newGroup(int threads) {
        return new NioEventLoopGroup(threads);
    }

    ServerBootstrap server(ChannelHandler child) {
        return new ServerBootstrap()
                .group(group)
                .channelFactory(WebRtcServerChannel.factory(runtime))
                .childHandler(child);
    }

    WebRtcServerChannel bind(ChannelHandler child) {
        return bind(server(child));
    }

    static WebRtcServerChannel bind(ServerBootstrap server) {
        return (WebRtcServerChannel)
                server.bind(WebRtcAddress.of("server")).syncUninterruptibly().channel();
    }

    Bootstrap client(ChannelHandler handler) {
        return new Bootstrap()
                .group(group)
                .channelFactory(WebRtcChannel.factory(runtime))
                .handler(handler);
    }

    WebRtcChannel connect(WebRtcServerChannel server, ChannelHandler handler) {
        ChannelFuture connected = client(handler).connect(WebRtcAddress.of("client", server::accept));
        return (WebRtcChannel) connected.syncUninterruptibly().channel();
    }

    static ChannelInitializer<Channel> initializer(Consumer<? super Channel> adds) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                adds.accept(channel);
            }
        };
    }

    /** Accepts every data channel with what the consumer adds. */
    static ChannelHandler accepting(Consumer<? super Channel> adds) {
        return new DataChannelAcceptor(initializer(adds));
    }

    /** Opens a data channel of the client and waits until it is active. */
    static WebRtcDataChannel open(WebRtcChannel client, ChannelHandler handler) {
        return open(client.newDataChannelBootstrap().handler(handler));
    }

    static WebRtcDataChannel open(WebRtcDataChannelBootstrap bootstrap) {
        return bootstrap.create().syncUninterruptibly().getNow();
    }

    @Override
    public void close() {
        runtime.shutdown(Duration.ofSeconds(SHUTDOWN_SECONDS)).join();
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
