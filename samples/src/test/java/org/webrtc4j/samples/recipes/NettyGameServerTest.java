package org.webrtc4j.samples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.netty.DataChannelOption;
import org.webrtc4j.netty.WebRtcAddress;
import org.webrtc4j.netty.WebRtcChannel;

@Timeout(300)
class NettyGameServerTest {

    private static final int PLAYERS = 500;
    private static final int AT_ONCE = 50;
    private static final int SECONDS = 60;

    @Test
    void fiveHundredPlayersShareAPortAndEachSeesTheMovesOfAll() throws Exception {
        EventLoopGroup group = newGroup();
        long before = usedBytes();
        try (NettyGameServer server = new NettyGameServer(
                        WebRtcRuntime.builder()
                                .bind(InetAddress.getLoopbackAddress())
                                .udpPort(0),
                        group,
                        2);
                WebRtcRuntime pages = WebRtcRuntime.builder()
                        .eventLoops(NettyEventLoops.over(group))
                        .bind(InetAddress.getLoopbackAddress())
                        .build()) {
            List<Page> players = new ArrayList<>();
            List<Channel> connections = new ArrayList<>();
            for (int i = 0; i < PLAYERS; i += AT_ONCE) {
                for (int j = i; j < i + AT_ONCE; j++) {
                    Page page = new Page(j);
                    players.add(page);
                    connections.add(page.join(pages, group, server));
                }
                for (Page each : players) {
                    assertThat(each.confirmed.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(NettyGameServer.MAX_MESSAGE);
                }
            }
            for (Page each : players) {
                each.everybody.get(SECONDS, TimeUnit.SECONDS);
            }
            assertThat(server.players()).isEqualTo(PLAYERS);
            Set<Integer> ports = new HashSet<>();
            connections.forEach(each -> ports.add(((InetSocketAddress) each.remoteAddress()).getPort()));
            assertThat(ports).hasSize(1);
            System.out.println("Heap for each of " + PLAYERS + " players and its page, both in this process: "
                    + (usedBytes() - before) / PLAYERS / 1024 + " KiB");
        } finally {
            group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** The form that both Netty 4.1 and 4.2 have. */
    @SuppressWarnings("deprecation")
    private static EventLoopGroup newGroup() {
        return new NioEventLoopGroup(2);
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** What a page would do: join, move once, and watch. */
    private static final class Page {

        final CompletableFuture<Integer> confirmed = new CompletableFuture<>();
        final CompletableFuture<Boolean> everybody = new CompletableFuture<>();
        private final int number;

        Page(int number) {
            this.number = number;
        }

        Channel join(WebRtcRuntime runtime, EventLoopGroup group, NettyGameServer server) {
            return new Bootstrap()
                    .group(group)
                    .channelFactory(WebRtcChannel.factory(runtime))
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, SECONDS * 1_000)
                    .handler(new ChannelInitializer<WebRtcChannel>() {
                        @Override
                        protected void initChannel(WebRtcChannel connection) {
                            open(connection);
                        }
                    })
                    .connect(WebRtcAddress.of("page-" + number, offer -> server.join(offer, "player-" + number)))
                    .addListener(connect -> {
                        if (!connect.isSuccess()) {
                            confirmed.completeExceptionally(connect.cause());
                        }
                    })
                    .channel();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // what becomes of the channels shows in their messages
        private void open(WebRtcChannel connection) {
            NettyGameServer.world(connection.newDataChannelBootstrap())
                    .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, ByteBuf state) {
                            watch(state);
                        }
                    })
                    .create();
            connection
                    .newDataChannelBootstrap()
                    .option(DataChannelOption.NEGOTIATED_ID, NettyGameServer.INPUT_ID)
                    .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                        @Override
                        public void channelActive(ChannelHandlerContext context) {
                            ByteBuf input = context.alloc().buffer(NettyGameServer.MAX_MESSAGE);
                            input.writeLong(1_000 + number).writeZero(NettyGameServer.MAX_MESSAGE - Long.BYTES);
                            context.writeAndFlush(input, context.voidPromise());
                        }

                        @Override
                        protected void channelRead0(ChannelHandlerContext context, ByteBuf confirmation) {
                            confirmed.complete(confirmation.readInt());
                        }
                    })
                    .create();
        }

        private void watch(ByteBuf state) {
            int moved = 0;
            while (state.isReadable()) {
                state.skipBytes(Integer.BYTES);
                if (state.readLong() >= 1_000) {
                    moved++;
                }
            }
            if (moved == PLAYERS) {
                everybody.complete(true);
            }
        }
    }
}
