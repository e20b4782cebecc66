package org.webrtc4j.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.webrtc4j.netty.Recorder.SECONDS;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.DOMException;
import org.webrtc4j.EventType;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannelState;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCSdpType;
import org.webrtc4j.RTCSessionDescription;
import org.webrtc4j.RTCSessionDescriptionInit;

/** Connections and data channels as channels: both sides in one process, real DTLS, packets in memory. */
@Timeout(120)
@SuppressWarnings("FutureReturnValueIgnored") // of writes whose effect is waited for
class WebRtcChannelTest {

    private final Stage stage = Stage.inMemory();
    private final PassingRecorder passing = new PassingRecorder();
    private final Recorder clientSide = new Recorder();
    private final Recorder acceptedChild = new Recorder();
    private final Recorder createdChild = new Recorder();
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        stage.close();
    }

    /** Passes data channels on to the acceptor behind it. */
    private static final class PassingRecorder extends Recorder {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.fireChannelRead(message);
        }
    }

    private WebRtcDataChannel connected() {
        return connected("chat");
    }

    private WebRtcDataChannel connected(String label) {
        WebRtcChannel client = stage.connect(server(), clientSide);
        return Stage.open(client.newDataChannelBootstrap()
                .option(DataChannelOption.LABEL, label)
                .handler(createdChild));
    }

    private WebRtcServerChannel server() {
        return stage.bind(
                Stage.initializer(channel -> channel.pipeline().addLast(passing).addLast(Stage.accepting(child -> {
                    accepted.add(child);
                    child.pipeline().addLast(acceptedChild);
                }))));
    }

    private Channel acceptedChannel() throws InterruptedException {
        Channel channel = accepted.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(channel).isNotNull();
        return channel;
    }

    // --- messages

    @Test
    void bytesAndTextTravelBothWaysAndStayWhatTheyAre() throws Exception {
        WebRtcDataChannel client = connected();
        client.write(Unpooled.copiedBuffer("one", UTF_8));
        client.writeAndFlush(new TextMessage("zwei \u00e4\u20ac")).sync();
        assertThat(acceptedChild.next()).isEqualTo("bytes:one");
        assertThat(acceptedChild.next()).isEqualTo("text:zwei \u00e4\u20ac");

        Channel server = acceptedChannel();
        server.writeAndFlush(new TextMessage("")).sync();
        server.writeAndFlush(Unpooled.EMPTY_BUFFER).sync();
        server.writeAndFlush(Unpooled.wrappedBuffer(
                        Unpooled.copiedBuffer("of ", UTF_8), Unpooled.copiedBuffer("parts", UTF_8)))
                .sync();
        assertThat(createdChild.next()).isEqualTo("text:");
        assertThat(createdChild.next()).isEqualTo("bytes:");
        assertThat(createdChild.next()).isEqualTo("bytes:of parts");
    }

    @Test
    void aMessageOfAnotherKindFailsItsWriteAndIsReleased() {
        WebRtcDataChannel client = connected();

        assertThatThrownBy(() -> client.writeAndFlush("plain").sync())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("String");
        assertThatThrownBy(() ->
                        client.parent().writeAndFlush(Unpooled.EMPTY_BUFFER).sync())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void aMessageLargerThanTheOtherSideTakesFailsItsWriteOnly() throws Exception {
        WebRtcDataChannel client = connected();
        int tooLarge =
                (int) requireNonNull(client.parent().peerConnection().sctp()).maxMessageSize() + 1;

        assertThatThrownBy(() -> client.writeAndFlush(Unpooled.wrappedBuffer(new byte[tooLarge]))
                        .sync())
                .isInstanceOf(DOMException.class)
                .hasMessageContaining("" + tooLarge);

        client.writeAndFlush(new TextMessage("goes on")).sync();
        assertThat(acceptedChild.next()).isEqualTo("text:goes on");
    }

    @Test
    void withoutAutoReadEachReadGivesOneMessage() throws Exception {
        WebRtcServerChannel server = stage.bind(Stage.accepting(child -> {
            child.config().setAutoRead(false);
            accepted.add(child);
            child.pipeline().addLast(acceptedChild);
        }));
        WebRtcDataChannel client = Stage.open(stage.connect(server, clientSide), createdChild);
        Channel reader = acceptedChannel();
        for (int i = 0; i < 3; i++) {
            client.writeAndFlush(new TextMessage("" + i)).sync();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(acceptedChild.messages).isEmpty();
            reader.read();
            assertThat(acceptedChild.next()).isEqualTo("text:" + i);
        }
        reader.config().setAutoRead(true);
        client.writeAndFlush(new TextMessage("on")).sync();
        client.writeAndFlush(new TextMessage("and on")).sync();
        assertThat(acceptedChild.next()).isEqualTo("text:on");
        assertThat(acceptedChild.next()).isEqualTo("text:and on");
    }

    // --- life

    @Test
    void theConnectionIsActiveBeforeItsDataChannelsAndAllHandlersRunOnTheLoop() throws Exception {
        WebRtcDataChannel client = connected();
        client.writeAndFlush(new TextMessage("hello")).sync();
        acceptedChild.next();

        assertThat(client.parent().isActive()).isTrue();
        assertThat(client.eventLoop()).isSameAs(client.parent().eventLoop());
        assertThat(clientSide.lifecycle).containsExactly("registered", "active");
        assertThat(createdChild.lifecycle).containsExactly("registered", "active");
        assertThat(passing.lifecycle).containsExactly("registered", "active");
        assertThat(acceptedChild.lifecycle).containsExactly("registered", "active");
        for (Recorder each : List.of(clientSide, createdChild, passing, acceptedChild)) {
            assertThat(each.alwaysOnLoop).isTrue();
            assertThat(each.failures).isEmpty();
        }
    }

    @Test
    void dataChannelsOfTheInitializerArePartOfTheOfferAndBecomeActiveWithTheConnection() throws Exception {
        WebRtcServerChannel server = stage.bind(Stage.initializer(channel -> ((WebRtcChannel) channel)
                .newDataChannelBootstrap()
                .option(DataChannelOption.NEGOTIATED_ID, 7)
                .handler(acceptedChild)
                .create()));
        WebRtcChannel client = stage.connect(server, Stage.initializer(channel -> ((WebRtcChannel) channel)
                .newDataChannelBootstrap()
                .option(DataChannelOption.NEGOTIATED_ID, 7)
                .handler(createdChild)
                .create()));
        createdChild.active.get(SECONDS, TimeUnit.SECONDS);
        acceptedChild.active.get(SECONDS, TimeUnit.SECONDS);

        createdChild.context.get().writeAndFlush(new TextMessage("by number")).sync();

        assertThat(acceptedChild.next()).isEqualTo("text:by number");
        assertThat(client.isActive()).isTrue();
    }

    @Test
    void theOptionsOfADataChannelReachTheOtherSide() throws Exception {
        WebRtcChannel client = stage.connect(server(), clientSide);
        AttributeKey<String> key = AttributeKey.valueOf("player");
        WebRtcDataChannel made = Stage.open(client.newDataChannelBootstrap()
                .option(DataChannelOption.LABEL, "world")
                .option(DataChannelOption.PROTOCOL, "v1")
                .option(DataChannelOption.ORDERED, false)
                .option(DataChannelOption.MAX_RETRANSMITS, 0)
                .option(ChannelOption.WRITE_SPIN_COUNT, 3)
                .attr(key, "seven")
                .handler(createdChild));

        assertThat(made.attr(key).get()).isEqualTo("seven");
        assertThat(made.config().getWriteSpinCount()).isEqualTo(3);
        Map<ChannelOption<?>, Object> options = acceptedChannel().config().getOptions();
        assertThat(options)
                .containsEntry(DataChannelOption.LABEL, "world")
                .containsEntry(DataChannelOption.PROTOCOL, "v1")
                .containsEntry(DataChannelOption.ORDERED, false)
                .containsEntry(DataChannelOption.MAX_RETRANSMITS, 0)
                .containsEntry(DataChannelOption.MAX_PACKET_LIFE_TIME, null)
                .containsEntry(DataChannelOption.NEGOTIATED_ID, null);
    }

    @Test
    void optionsThatContradictEachOtherFailTheCreation() throws Exception {
        WebRtcChannel client = stage.connect(server(), clientSide);

        Future<WebRtcDataChannel> both = client.newDataChannelBootstrap()
                .option(DataChannelOption.MAX_RETRANSMITS, 0)
                .option(DataChannelOption.MAX_PACKET_LIFE_TIME, 5)
                .handler(createdChild)
                .create();
        assertThat(both.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(both.cause()).isInstanceOf(DOMException.class);

        Future<WebRtcDataChannel> unknown = client.newDataChannelBootstrap()
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(createdChild)
                .create();
        assertThat(unknown.await(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(unknown.cause()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHundredDataChannelsLiveSideBySide() throws Exception {
        Set<String> heard = ConcurrentHashMap.newKeySet();
        BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
        WebRtcServerChannel server =
                stage.bind(Stage.accepting(child -> child.pipeline().addLast(new Echo())));
        WebRtcChannel client = stage.connect(server, clientSide);
        List<Future<WebRtcDataChannel>> created = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            created.add(client.newDataChannelBootstrap()
                    .option(DataChannelOption.LABEL, "" + i)
                    .handler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext ctx, Object message) {
                            echoes.add(Recorder.consume(message));
                        }
                    })
                    .create());
        }
        for (int i = 0; i < 100; i++) {
            WebRtcDataChannel each = created.get(i).sync().getNow();
            each.writeAndFlush(new TextMessage("from " + i)).sync();
        }
        for (int i = 0; i < 100; i++) {
            heard.add(echoes.poll(SECONDS, TimeUnit.SECONDS));
        }
        assertThat(heard).hasSize(100).contains("text:from 0", "text:from 99");

        client.close().sync();
        for (Future<WebRtcDataChannel> each : created) {
            assertThat(each.getNow().closeFuture().await(SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void aDataChannelThatNoHandlerTakesIsClosed() throws Exception {
        WebRtcChannel client = stage.connect(server(), clientSide);
        WebRtcServerChannel passingOnly = stage.bind(new PassingRecorder());
        WebRtcChannel other = stage.connect(passingOnly, new ChannelInboundHandlerAdapter());

        Stage.open(other, createdChild);

        createdChild.inactive.get(SECONDS, TimeUnit.SECONDS);
        assertThat(other.isActive()).isTrue();
        assertThat(client.isActive()).isTrue();
    }

    // --- closing

    @Test
    void whatWasWrittenBeforeTheCloseOfADataChannelArrives() throws Exception {
        WebRtcDataChannel client = connected();
        for (int i = 0; i < 50; i++) {
            client.write(Unpooled.wrappedBuffer(new byte[1_000]));
        }
        client.writeAndFlush(new TextMessage("last")).addListener(done -> client.close());

        for (int i = 0; i < 50; i++) {
            assertThat(acceptedChild.next()).hasSize("bytes:".length() + 1_000);
        }
        assertThat(acceptedChild.next()).isEqualTo("text:last");
        acceptedChild.inactive.get(SECONDS, TimeUnit.SECONDS);
        createdChild.inactive.get(SECONDS, TimeUnit.SECONDS);
        assertThat(client.parent().isActive()).isTrue();
        assertThat(acceptedChannel().isOpen()).isFalse();
    }

    @Test
    void whatTheOtherSideSentBeforeItsCloseIsReadFirstHoweverLate() throws Exception {
        WebRtcServerChannel server = stage.bind(Stage.accepting(child -> {
            child.config().setAutoRead(false);
            accepted.add(child);
            child.pipeline().addLast(acceptedChild);
        }));
        WebRtcDataChannel client = Stage.open(stage.connect(server, clientSide), createdChild);
        CompletableFuture<Boolean> reset = new CompletableFuture<>();
        client.dataChannel().addEventListener(EventType.CLOSE, event -> reset.complete(true));
        Channel reader = acceptedChannel();
        for (int i = 0; i < 3; i++) {
            client.writeAndFlush(new TextMessage("" + i)).sync();
        }
        client.close().sync();
        reset.get(SECONDS, TimeUnit.SECONDS);

        for (int i = 0; i < 3; i++) {
            assertThat(reader.isOpen()).isTrue();
            reader.read();
            assertThat(acceptedChild.next()).isEqualTo("text:" + i);
        }
        acceptedChild.inactive.get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aConnectionThatSomebodyElseNegotiatesIsAdoptedOnItsLoop() throws Exception {
        WebRtcAddress elsewhere = WebRtcAddress.of("elsewhere", offer -> {
            RTCPeerConnection pc = stage.runtime.createPeerConnection(RTCConfiguration.defaults(), "adopted");
            return answer(pc, offer);
        });
        WebRtcChannel client = (WebRtcChannel)
                stage.client(clientSide).connect(elsewhere).sync().channel();
        WebRtcDataChannel made = Stage.open(client, createdChild);

        made.writeAndFlush(new TextMessage("adopted")).sync();

        assertThat(acceptedChild.next()).isEqualTo("text:adopted");
        assertThatThrownBy(() -> WebRtcChannel.adopt(stage.runtime, client.peerConnection(), clientSide))
                .isInstanceOf(IllegalStateException.class);
        WebRtcChannel adopted = (WebRtcChannel) acceptedChannel().parent();
        assertThat(adopted.name()).isEqualTo("adopted");
        adopted.close().sync();
        clientSide.inactive.get(SECONDS, TimeUnit.SECONDS);
    }

    private CompletableFuture<String> answer(RTCPeerConnection pc, String offer) {
        return pc.setRemoteDescription(new RTCSessionDescriptionInit(RTCSdpType.OFFER, offer))
                .thenRunAsync(
                        () -> WebRtcChannel.adopt(stage.runtime, pc, Stage.initializer(channel -> channel.pipeline()
                                .addLast(Stage.accepting(child -> {
                                    accepted.add(child);
                                    child.pipeline().addLast(acceptedChild);
                                })))),
                        task -> pc.eventLoop().execute(task))
                .thenCompose(done -> pc.setLocalDescription())
                .thenCompose(done -> pc.gatheringComplete())
                .thenApply(RTCSessionDescription::sdp);
    }

    @Test
    void theAnsweringSideClosesADataChannel() throws Exception {
        WebRtcDataChannel client = connected();

        acceptedChannel().close().sync();

        createdChild.inactive.get(SECONDS, TimeUnit.SECONDS);
        assertThat(client.isOpen()).isFalse();
        assertThat(client.parent().isActive()).isTrue();
    }

    @Test
    void closingTheConnectionClosesItsDataChannelsOnBothSidesAfterWhatWasWritten() throws Exception {
        WebRtcDataChannel client = connected();
        client.writeAndFlush(new TextMessage("farewell")).sync();

        client.parent().close().sync();

        assertThat(acceptedChild.next()).isEqualTo("text:farewell");
        for (Recorder each : List.of(clientSide, createdChild, passing, acceptedChild)) {
            each.inactive.get(SECONDS, TimeUnit.SECONDS);
            assertThat(each.failures).isEmpty();
        }
        client.parent().peerConnection().whenClosed().get(SECONDS, TimeUnit.SECONDS);
        assertThat(acceptedChannel().parent().isOpen()).isFalse();
    }

    @Test
    void theAnsweringSideClosesTheConnectionAtOnce() throws Exception {
        WebRtcDataChannel client = connected();
        Channel connection = acceptedChannel().parent();
        connection.config().setOption(ChannelOption.SO_LINGER, 0);

        connection.close().sync();

        createdChild.inactive.get(SECONDS, TimeUnit.SECONDS);
        clientSide.inactive.get(SECONDS, TimeUnit.SECONDS);
        client.closeFuture().sync();
        assertThat(client.parent().isOpen()).isFalse();
    }

    @Test
    void aConnectionThatIsClosedBelowClosesItsChannel() throws Exception {
        WebRtcDataChannel client = connected();

        client.parent().peerConnection().close();

        client.parent().closeFuture().await(SECONDS, TimeUnit.SECONDS);
        client.closeFuture().await(SECONDS, TimeUnit.SECONDS);
        assertThat(client.parent().isOpen()).isFalse();
        assertThat(client.isOpen()).isFalse();
        passing.inactive.get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void writesAfterCloseFailWithClosedChannelException() throws Exception {
        WebRtcDataChannel client = connected();
        Channel server = acceptedChannel();
        client.close().sync();

        assertThatThrownBy(() -> client.writeAndFlush(new TextMessage("late")).sync())
                .isInstanceOf(ClosedChannelException.class);
        acceptedChild.inactive.get(SECONDS, TimeUnit.SECONDS);
        assertThatThrownBy(() -> server.writeAndFlush(new TextMessage("late")).sync())
                .isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aHandlerThatThrowsIsToldAndHarmsNobodyElse() throws Exception {
        IllegalStateException bug = new IllegalStateException("bug of a handler");
        Recorder tells = new Recorder() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                String text = consume(message);
                if (text.equals("text:throw")) {
                    throw bug;
                }
                messages.add(text);
            }
        };
        WebRtcServerChannel server =
                stage.bind(Stage.accepting(child -> child.pipeline().addLast(tells)));
        WebRtcDataChannel client = Stage.open(stage.connect(server, clientSide), createdChild);

        client.writeAndFlush(new TextMessage("throw")).sync();
        client.writeAndFlush(new TextMessage("next")).sync();

        assertThat(tells.next()).isEqualTo("text:next");
        assertThat(tells.failed.get(SECONDS, TimeUnit.SECONDS)).isSameAs(bug);
    }

    @Test
    void closingInsideAHandlerWorks() throws Exception {
        WebRtcServerChannel server =
                stage.bind(Stage.accepting(child -> child.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        Recorder.consume(message);
                        ctx.channel().parent().close();
                    }
                })));
        WebRtcDataChannel client = Stage.open(stage.connect(server, clientSide), createdChild);

        client.writeAndFlush(new TextMessage("end")).sync();

        createdChild.inactive.get(SECONDS, TimeUnit.SECONDS);
        clientSide.inactive.get(SECONDS, TimeUnit.SECONDS);
        assertThat(client.dataChannel().readyState()).isEqualTo(RTCDataChannelState.CLOSED);
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }
    }
}
