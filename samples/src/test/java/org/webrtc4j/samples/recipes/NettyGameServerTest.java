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
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.webrtc4j.RTCDtlsFingerprint;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.LentChannel;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.netty.DataChannelOption;
import org.webrtc4j.netty.WebRtcAddress;
import org.webrtc4j.netty.WebRtcChannel;

@Timeout(300)
class NettyGameServerTest {

    private static final int PLAYERS = 500;
    private static final int AT_ONCE = 50;
    private static final int SECONDS = 60;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final EventLoopGroup group = newGroup();

    @AfterEach
    void end() {
        group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Nobody makes an offer: the first the server hears of a player is a check for a ufrag that no connection has. */
    @Test
    void fiveHundredPlayersSignInOnThePortOfAnotherProtocolAndEachSeesTheMovesOfAll() throws Exception {
        DatagramChannel port = NettyGameServer.bind(group, new InetSocketAddress(LOOPBACK, 0), new OtherProtocol());
        long before = usedBytes();
        try (NettyGameServer server =
                        new NettyGameServer(WebRtcRuntime.builder().udpChannel(LentChannel.of(port)), group, 2);
                WebRtcRuntime pages = pages();
                DatagramSocket other = new DatagramSocket(0, LOOPBACK)) {
            List<Page> players = new ArrayList<>();
            List<Channel> connections = new ArrayList<>();
            for (int i = 0; i < PLAYERS; i++) {
                Page page = new Page(i, PLAYERS);
                players.add(page);
                connections.add(
                        page.join(pages, group, offer -> logIn(server, offer, page.number, port.localAddress())));
                if (i % AT_ONCE == 0) {
                    answers(other, port.localAddress(), "ping " + i);
                    awaitConfirmed(players);
                }
            }
            awaitConfirmed(players);
            awaitEverybody(players);
            assertThat(server.players()).isEqualTo(PLAYERS);
            assertThat(portsOf(connections)).containsExactly(port.localAddress().getPort());
            System.out.println("Heap for each of " + PLAYERS + " players and its page, both in this process: "
                    + (usedBytes() - before) / PLAYERS / 1024 + " KiB");
            answers(other, port.localAddress(), "ping at the end");
        }
        assertThat(port.isOpen()).isTrue();
    }

    @Test
    void playersWhoMakeAnOfferShareThePortToo() throws Exception {
        int few = 20;
        try (NettyGameServer server = new NettyGameServer(
                        WebRtcRuntime.builder().bind(LOOPBACK).udpPort(0), group, 20);
                WebRtcRuntime pages = pages()) {
            List<Page> players = new ArrayList<>();
            List<Channel> connections = new ArrayList<>();
            for (int i = 0; i < few; i++) {
                Page page = new Page(i, few);
                players.add(page);
                connections.add(page.join(pages, group, offer -> server.join(offer, "player-" + page.number)));
            }
            awaitConfirmed(players);
            awaitEverybody(players);
            assertThat(server.players()).isEqualTo(few);
            assertThat(portsOf(connections)).hasSize(1);
        }
    }

    /** All of them check one port at once, as no page does. */
    private WebRtcRuntime pages() {
        return WebRtcRuntime.builder()
                .eventLoops(NettyEventLoops.over(group))
                .bind(LOOPBACK)
                .checkRates(2_000, 2_000)
                .build();
    }

    private static void awaitConfirmed(List<Page> players) throws Exception {
        for (Page each : players) {
            assertThat(each.confirmed.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(NettyGameServer.MAX_MESSAGE);
        }
    }

    private static void awaitEverybody(List<Page> players) throws Exception {
        for (Page each : players) {
            each.everybody.get(SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Set<Integer> portsOf(List<Channel> connections) {
        Set<Integer> ports = new HashSet<>();
        connections.forEach(each -> ports.add(((InetSocketAddress) each.remoteAddress()).getPort()));
        return ports;
    }

    /** What login and page do over HTTPS: passwords and fingerprints are exchanged, and the page writes its answer itself. */
    private static CompletableFuture<String> logIn(
            NettyGameServer server, String offer, int number, InetSocketAddress port) {
        String ufrag = "player" + number;
        String password = "the+password+of+player+" + number;
        String[] proof = line(offer, "a=fingerprint:").split(" ", 2);
        RTCDtlsFingerprint own =
                server.expect(ufrag, password, line(offer, "a=ice-pwd:"), new RTCDtlsFingerprint(proof[0], proof[1]));
        return CompletableFuture.completedFuture(String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE 0",
                "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                "c=IN IP4 0.0.0.0",
                "a=mid:0",
                "a=ice-ufrag:" + ufrag,
                "a=ice-pwd:" + password,
                "a=fingerprint:" + own.algorithm() + " " + own.value(),
                "a=setup:passive",
                "a=sctp-port:5000",
                "a=max-message-size:262144",
                "a=candidate:1 1 udp 2130706431 127.0.0.1 " + port.getPort() + " typ host",
                "a=end-of-candidates",
                ""));
    }

    private static String line(String description, String beginning) {
        return description
                .lines()
                .filter(each -> each.startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .substring(beginning.length());
    }

    /** A letter is none of the bytes with which WebRTC's datagrams begin. */
    private static void answers(DatagramSocket socket, InetSocketAddress port, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.setSoTimeout(SECONDS * 1_000);
        socket.send(new java.net.DatagramPacket(bytes, bytes.length, port));
        java.net.DatagramPacket answer = new java.net.DatagramPacket(new byte[100], 100);
        socket.receive(answer);
        assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII))
                .isEqualTo("answer to " + text);
    }

    /** What the game spoke before there were pages. */
    private static final class OtherProtocol extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the void promise
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf answer = context.alloc().buffer();
            answer.writeCharSequence("answer to ", StandardCharsets.US_ASCII);
            answer.writeBytes(packet.content());
            context.writeAndFlush(new DatagramPacket(answer, packet.sender()), context.voidPromise());
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
        private final int all;

        Page(int number, int all) {
            this.number = number;
            this.all = all;
        }

        Channel join(
                WebRtcRuntime runtime, EventLoopGroup group, Function<String, CompletableFuture<String>> signalling) {
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
                    .connect(WebRtcAddress.of("page-" + number, signalling))
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
            if (moved == all) {
                everybody.complete(true);
            }
        }
    }
}
