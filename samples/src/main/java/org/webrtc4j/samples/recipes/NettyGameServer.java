package org.webrtc4j.samples.recipes;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.RTCCertificate;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDtlsFingerprint;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RuntimeBuilder;
import org.webrtc4j.SignIn;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.netty.DataChannelOption;
import org.webrtc4j.netty.WebRtcAddress;
import org.webrtc4j.netty.WebRtcChannel;
import org.webrtc4j.netty.WebRtcDataChannel;
import org.webrtc4j.netty.WebRtcDataChannelBootstrap;
import org.webrtc4j.netty.WebRtcServerChannel;

/**
 * A game server whose players are Netty channels: inputs come reliably and are confirmed, the world goes out unordered and
 * without retransmits.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of writes and closes: a failed one ends the connection
public final class NettyGameServer implements AutoCloseable {

    /** The longest message, both ways. */
    static final int MAX_MESSAGE = 10_000;

    static final int WORLD_ID = 0;
    static final int INPUT_ID = 1;

    private static final int BYTES_PER_PLAYER = 12;

    /** Common defaults drop bursts. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /**
     * A state of the world is written when the one before has left: nobody sees an old one. The low mark is not 0, since
     * Netty waits for less than that.
     */
    private static final WriteBufferWaterMark ONE_STATE = new WriteBufferWaterMark(1, 1);

    private final Map<String, SignIn> expected = new ConcurrentHashMap<>();
    private final RTCCertificate certificate =
            RTCPeerConnection.generateCertificate("ECDSA").join();
    private final WebRtcRuntime runtime;
    private final Channel server;
    private final ScheduledFuture<?> ticker;
    private final Map<Integer, Player> players = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Starts the server on the game's event loops.
     *
     * @param settings one UDP port, addresses and limits; {@code WebRtcRuntime.builder().server().udpPort(n)} on the internet, or
     *     {@code udpChannel} with a channel that {@link #bind} has made
     * @param group the game's event loops
     * @param ticksPerSecond how often the world is shown
     */
    public NettyGameServer(RuntimeBuilder settings, EventLoopGroup group, int ticksPerSecond) {
        runtime = settings.eventLoops(NettyEventLoops.over(group))
                .onUnknownUfrag((ufrag, remoteUfrag, address) ->
                        CompletableFuture.completedFuture(Optional.ofNullable(expected.get(ufrag))))
                .build();
        server = new ServerBootstrap()
                .group(group)
                .channelFactory(WebRtcServerChannel.factory(runtime))
                .childOption(ChannelOption.SO_LINGER, 1)
                .childHandler(newPlayer())
                .bind(WebRtcAddress.of("game"))
                .syncUninterruptibly()
                .channel();
        ticker = group.next().scheduleAtFixedRate(this::tick, 0, 1_000_000L / ticksPerSecond, TimeUnit.MICROSECONDS);
    }

    /**
     * Binds the port of a protocol that the game has already; players from pages come to the same one.
     *
     * @param group the game's event loops, on NIO
     * @param address of this machine, not the wildcard
     * @param game gets every datagram that is not WebRTC's
     * @return the channel to lend to the runtime
     */
    public static DatagramChannel bind(EventLoopGroup group, InetSocketAddress address, ChannelHandler game) {
        return (DatagramChannel) new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .handler(game)
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    /**
     * Expects a player who has logged in, and who comes without an offer: its first packet is a check for this ufrag.
     *
     * @param ufrag which the player takes for the server's
     * @param password the server's ICE password
     * @param playerPassword the player's ICE password
     * @param player of the certificate that the player will prove
     * @return of the certificate that the server proves
     */
    public RTCDtlsFingerprint expect(String ufrag, String password, String playerPassword, RTCDtlsFingerprint player) {
        SignIn signIn = SignIn.builder(password, playerPassword)
                .remoteFingerprint(player)
                .configuration(
                        RTCConfiguration.builder().certificates(certificate).build())
                .accepted(pc -> {
                    expected.remove(ufrag); // its password was right: only now is it used up
                    WebRtcChannel.adopt(runtime, pc, newPlayer());
                })
                .build();
        expected.put(ufrag, signIn);
        return certificate.getFingerprints().get(0);
    }

    /**
     * Lets a player in.
     *
     * @param offer the page's offer
     * @param name the player's name, for the logs
     * @return the answer, with all candidates inside
     */
    public CompletableFuture<String> join(String offer, String name) {
        return ((WebRtcServerChannel) server).accept(offer, name);
    }

    /**
     * Counts the players.
     *
     * @return those whose data channels are open
     */
    public int players() {
        return players.size();
    }

    private ChannelHandler newPlayer() {
        return new ChannelInitializer<WebRtcChannel>() {
            @Override
            protected void initChannel(WebRtcChannel connection) {
                enter(connection);
            }
        };
    }

    private void enter(WebRtcChannel connection) {
        int number = numbers.incrementAndGet();
        Future<WebRtcDataChannel> world = world(connection.newDataChannelBootstrap())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {}
                })
                .create();
        connection
                .newDataChannelBootstrap()
                .option(DataChannelOption.NEGOTIATED_ID, INPUT_ID)
                .handler(new InputHandler(number))
                .create()
                .addListener(open -> {
                    if (open.isSuccess()) {
                        players.put(number, new Player(number, world));
                        connection.closeFuture().addListener(closed -> players.remove(number));
                    }
                });
    }

    /** How both sides make the channel of the world. */
    static WebRtcDataChannelBootstrap world(WebRtcDataChannelBootstrap bootstrap) {
        return bootstrap
                .option(DataChannelOption.NEGOTIATED_ID, WORLD_ID)
                .option(DataChannelOption.ORDERED, false)
                .option(DataChannelOption.MAX_RETRANSMITS, 0)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, ONE_STATE);
    }

    private void tick() {
        ByteBuf state = server.alloc().buffer(MAX_MESSAGE, MAX_MESSAGE);
        try {
            players.values().stream().limit(MAX_MESSAGE / BYTES_PER_PLAYER).forEach(player -> player.write(state));
            players.values().forEach(player -> player.show(state));
        } finally {
            state.release();
        }
    }

    @Override
    public void close() {
        ticker.cancel(false);
        server.close().syncUninterruptibly();
        runtime.close();
    }

    /** One player: where it stands, and the channel on which it sees the world. */
    private static final class Player {

        private final int number;
        private final Future<WebRtcDataChannel> world;
        private volatile long place;

        Player(int number, Future<WebRtcDataChannel> world) {
            this.number = number;
            this.world = world;
        }

        void move(long to) {
            place = to;
        }

        void write(ByteBuf state) {
            state.writeInt(number).writeLong(place);
        }

        /** A player whose network is slow misses states instead of seeing old ones. */
        void show(ByteBuf state) {
            WebRtcDataChannel channel = world.getNow();
            if (channel != null && channel.isActive() && channel.isWritable()) {
                channel.writeAndFlush(state.retainedDuplicate(), channel.voidPromise());
            }
        }
    }

    /** An input is a place and whatever else the player has to say; its length is confirmed. */
    private final class InputHandler extends SimpleChannelInboundHandler<ByteBuf> {

        private final int number;

        InputHandler(int number) {
            this.number = number;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf input) {
            int length = input.readableBytes();
            if (length > MAX_MESSAGE) {
                throw new TooLongFrameException("An input of " + length + " bytes");
            }
            @Nullable Player player = players.get(number);
            if (player != null && length >= Long.BYTES) {
                player.move(input.getLong(input.readerIndex()));
            }
            context.write(context.alloc().buffer(Integer.BYTES).writeInt(length), context.voidPromise());
        }

        /** One packet for the confirmations of all inputs that came together. */
        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        /** Who breaks the rules, or is lost, leaves. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.channel().parent().close(context.channel().parent().voidPromise());
        }
    }
}
