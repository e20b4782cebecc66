package org.webrtc4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.netty.Recorder.SECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.DOMException;
import org.webrtc4j.RuntimeLimits;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.NettyEventLoops;

/** What goes wrong before and beside a connection, and how it is told. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // of what is expected to fail elsewhere
class TroubleTest {

    private final Stage stage = Stage.inMemory(
            builder -> builder.limits(RuntimeLimits.builder().maxConnections(4).build()));

    @AfterEach
    void end() {
        stage.close();
    }

    private ChannelFuture connect(WebRtcAddress to) {
        return stage.client(new ChannelInboundHandlerAdapter()).connect(to);
    }

    @Test
    void aConnectFailsWithWhatSignallingFailedWith() {
        IllegalStateException down = new IllegalStateException("the lobby is down");
        ChannelFuture connect = connect(WebRtcAddress.of("lobby", offer -> CompletableFuture.failedFuture(down)));

        assertThatThrownBy(connect::sync).isSameAs(down);
        assertThat(connect.channel().isOpen()).isFalse();
        assertThatThrownBy(() -> connect(WebRtcAddress.of("nowhere")).sync()).hasMessageContaining("no signalling");
    }

    @Test
    void aConnectFailsWhenTheAnswerIsNone() {
        assertThatThrownBy(() -> connect(WebRtcAddress.of("lobby", offer -> CompletableFuture.completedFuture("hello")))
                        .sync())
                .isInstanceOf(DOMException.class);
    }

    @Test
    void aConnectThatIsNeverAnsweredTimesOut() {
        ChannelFuture connect = stage.client(new ChannelInboundHandlerAdapter())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 50)
                .connect(WebRtcAddress.of("lobby", offer -> new CompletableFuture<>()));

        assertThatThrownBy(connect::sync)
                .isInstanceOf(ConnectTimeoutException.class)
                .hasMessageContaining("lobby")
                .hasMessageContaining("50 ms");
    }

    @Test
    void anotherKindOfAddressIsRefused() {
        assertThatThrownBy(() -> stage.client(new ChannelInboundHandlerAdapter())
                        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                        .sync())
                .isInstanceOf(UnsupportedAddressTypeException.class);
        assertThatThrownBy(() -> stage.server(new ChannelInboundHandlerAdapter())
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                        .sync())
                .isInstanceOf(UnsupportedAddressTypeException.class);
    }

    @Test
    void anOfferThatCannotBeReadFailsItsAnswerAndLeavesNothing() throws Exception {
        Recorder child = new Recorder();
        WebRtcServerChannel server = stage.bind(child);

        assertThatThrownBy(() -> server.accept("nonsense").get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DOMException.class);

        assertThat(child.failed.get(SECONDS, TimeUnit.SECONDS)).isInstanceOf(DOMException.class);
        WebRtcChannel channel =
                (WebRtcChannel) child.context.get(SECONDS, TimeUnit.SECONDS).channel();
        channel.peerConnection().whenClosed().get(SECONDS, TimeUnit.SECONDS);
        assertThat(channel.isOpen()).isFalse();
        assertThat(stage.runtime.stats().connections()).isZero();
    }

    @Test
    void anAnsweredPeerThatNeverConnectsIsGivenUp() throws Exception {
        Recorder child = new Recorder();
        WebRtcServerChannel server =
                Stage.bind(stage.server(child).childOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 200));
        CompletableFuture<String> answered = new CompletableFuture<>();
        connect(WebRtcAddress.of("half dead", offer -> {
            server.accept(offer, "seven").thenAccept(answered::complete);
            return new CompletableFuture<>();
        }));

        answered.get(SECONDS, TimeUnit.SECONDS);
        assertThat(child.failed.get(SECONDS, TimeUnit.SECONDS)).isInstanceOf(ConnectTimeoutException.class);
        WebRtcChannel channel =
                (WebRtcChannel) child.context.get(SECONDS, TimeUnit.SECONDS).channel();
        assertThat(channel.name()).isEqualTo("seven");
        assertThat(channel.closeFuture().await(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void offersPastTheLimitOfTheRuntimeAreRefusedWithThatReason() throws Exception {
        WebRtcServerChannel server = stage.bind(new ChannelInboundHandlerAdapter() {
            @Override
            public boolean isSharable() {
                return true;
            }
        });
        CompletableFuture<String> offer = new CompletableFuture<>();
        connect(WebRtcAddress.of("offers", text -> {
            offer.complete(text);
            return new CompletableFuture<>();
        }));
        String text = offer.get(SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < 3; i++) {
            server.accept(text).get(SECONDS, TimeUnit.SECONDS);
        }

        assertThatThrownBy(() -> server.accept(text).get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DOMException.class)
                .hasMessageContaining("4 connections");
    }

    @Test
    void offersWaitWhileTheServerIsNotReadAndPastTheBacklogTheyAreRefused() throws Exception {
        WebRtcServerChannel server = Stage.bind(stage.server(new Recorder())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_BACKLOG, 1));
        CompletableFuture<String> waiting = server.accept("first");

        assertThatThrownBy(() -> server.accept("second").get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DOMException.class)
                .hasMessageContaining("wait already");
        assertThat(waiting).isNotDone();

        server.close().sync();
        assertThatThrownBy(() -> waiting.get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> server.accept("third").get(SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aChannelIsRegisteredAtALoopOfItsRuntimeOnly() throws Exception {
        EventLoopGroup foreign = Stage.newGroup(1);
        try {
            Channel channel = WebRtcChannel.factory(stage.runtime).newChannel();
            assertThatThrownBy(() -> foreign.register(channel).sync()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() ->
                            ((WebRtcChannel) channel).newDataChannelBootstrap().create())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("registered");
            stage.group.register(channel).sync();
            channel.deregister().sync();
            Channel again = channel.eventLoop().register(channel).sync().channel();
            assertThat(again.isRegistered()).isTrue();
            channel.deregister().sync();
            assertThatThrownBy(() -> foreign.register(channel).sync()).isInstanceOf(IllegalStateException.class);
            channel.close().sync();
        } finally {
            foreign.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void aRuntimeWithAnExecutorIsRefused() {
        try (WebRtcRuntime other = WebRtcRuntime.builder()
                .eventLoops(NettyEventLoops.over(stage.group))
                .executor(Runnable::run)
                .build()) {
            assertThatThrownBy(() -> WebRtcServerChannel.factory(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Executor");
        }
    }

    @Test
    void theShutdownOfTheRuntimeClosesWhatIsThere() throws Exception {
        Recorder serverSide = new Recorder();
        WebRtcServerChannel server = stage.bind(serverSide);
        WebRtcChannel client = stage.connect(server, new ChannelInboundHandlerAdapter());
        serverSide.active.get(SECONDS, TimeUnit.SECONDS);

        stage.runtime.shutdown(Duration.ofSeconds(SECONDS)).get(SECONDS, TimeUnit.SECONDS);

        serverSide.inactive.get(SECONDS, TimeUnit.SECONDS);
        client.closeFuture().await(SECONDS, TimeUnit.SECONDS);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void codecsOfAPipelineSeeTheMessagesAsTheyAre() {
        // What a pipeline of a data channel is made of can be tried without one.
        EmbeddedChannel pipeline = new EmbeddedChannel(new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ctx.writeAndFlush(new TextMessage(consume(message)));
            }
        });
        pipeline.writeInbound(new TextMessage("in"));
        assertThat(pipeline.<TextMessage>readOutbound()).isEqualTo(new TextMessage("text:in"));
        assertThat(pipeline.finish()).isFalse();
    }
}
