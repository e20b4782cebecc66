package org.webrtc4j.netty;

import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.DOMException;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;
import org.webrtc4j.RTCPeerConnectionState;
import org.webrtc4j.WebRtcRuntime;
import org.webrtc4j.ice.port.NettyEventLoops;

/**
 * One WebRTC connection. It carries no messages itself: its children do, one {@link WebRtcDataChannel} for each data
 * channel.
 *
 * <p>The answering side comes from a {@link WebRtcServerChannel}, or by {@link #adopt} from whatever made its connection. The
 * offering side connects through signalling:
 *
 * <pre>{@code
 * new Bootstrap()
 *         .group(group)
 *         .channelFactory(WebRtcChannel.factory(runtime))
 *         .handler(new PlayerInitializer()) // makes its data channels with newDataChannelBootstrap()
 *         .connect(WebRtcAddress.of("game", offer -> http.post("/join", offer)));
 * }</pre>
 *
 * <p><b>Life.</b> The connection is made when the channel is registered, on the loop that it is registered at, which has
 * to be one of the runtime's; both stay there, and so do the children. It is active from the moment at which data
 * channels can carry messages until the association ends, by whichever side. Data channels may be made as soon as it is
 * registered; those made in its initializer are part of the offer.
 *
 * <p><b>Reading.</b> A channel that the other side opened arrives as an inbound message, a {@link WebRtcDataChannel} that
 * is not registered yet; {@link DataChannelAcceptor} gives it its handlers. One that no handler takes is closed. Without
 * {@code AUTO_READ} each {@code read()} lets one in.
 *
 * <p><b>Closing.</b> {@link #close()} closes the children and then the connection, which goes on delivering what their
 * writes had completed for, for at most {@code SO_LINGER} seconds (default 5; 0 drops it at once). What is lost of a
 * connection, or never comes up, is told to it and its children by {@code exceptionCaught} with a {@link
 * PeerLostException}, or by the failed connect; {@code CONNECT_TIMEOUT_MILLIS} limits either side until active. A peer that falls
 * silent is told by {@link WebRtcEvent.StateChanged} after seconds, and lost after half a minute.
 *
 * <p>{@link #remoteAddress()} and {@link #localAddress()} are those of the selected pair of candidates, null before there
 * is one; {@link WebRtcEvent.PathChanged} tells of another.
 */
public final class WebRtcChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    /** How long close() goes on delivering what was accepted before, if nobody says otherwise. */
    private static final int DEFAULT_LINGER_SECONDS = 5;

    private final RuntimeLoops loops;
    private final RTCConfiguration configuration;
    private final @Nullable PendingOffer offer;
    private final @Nullable RTCPeerConnection adopted;
    private final NumberConfig config = new NumberConfig(this, ChannelOption.SO_LINGER, DEFAULT_LINGER_SECONDS);

    // Confined to the loop.
    private final DataChannelChildren children = new DataChannelChildren(this);
    private final ConnectAttempt attempt = new ConnectAttempt();
    private @Nullable Throwable failure;

    private volatile boolean open = true;
    private volatile boolean active;
    private volatile String name = "";
    private volatile @Nullable Peer peer;
    private volatile @Nullable InetSocketAddress local;
    private volatile @Nullable InetSocketAddress remote;

    private WebRtcChannel(RuntimeLoops loops, RTCConfiguration configuration, @Nullable RTCPeerConnection adopted) {
        super(null);
        this.loops = loops;
        this.configuration = configuration;
        this.offer = null;
        this.adopted = adopted;
    }

    WebRtcChannel(Channel server, RuntimeLoops loops, RTCConfiguration configuration, PendingOffer offer) {
        super(server);
        this.loops = loops;
        this.configuration = configuration;
        this.offer = offer;
        this.adopted = null;
        this.name = offer.name();
    }

    /**
     * Returns what makes channels of the offering side.
     *
     * @param runtime runs over the group that the channels are registered at, without an Executor
     * @return for {@link io.netty.bootstrap.Bootstrap#channelFactory(ChannelFactory)}
     * @throws IllegalArgumentException when the runtime has an Executor, or loops of another kind than Netty's
     */
    public static ChannelFactory<WebRtcChannel> factory(WebRtcRuntime runtime) {
        return factory(runtime, RTCConfiguration.defaults());
    }

    /**
     * Returns what makes channels of the offering side.
     *
     * @param runtime runs over the group that the channels are registered at, without an Executor
     * @param configuration of each connection
     * @return for {@link io.netty.bootstrap.Bootstrap#channelFactory(ChannelFactory)}
     * @throws IllegalArgumentException when the runtime has an Executor, or loops of another kind than Netty's
     */
    public static ChannelFactory<WebRtcChannel> factory(WebRtcRuntime runtime, RTCConfiguration configuration) {
        RuntimeLoops loops = new RuntimeLoops(runtime);
        // An offer needs a section for data even before the first data channel is made.
        RTCConfiguration withData =
                configuration.toBuilder().alwaysNegotiateDataChannels(true).build();
        return () -> new WebRtcChannel(loops, withData, null);
    }

    /**
     * Makes a channel of a connection that exists, and that is negotiated elsewhere: one that signed in by its first check
     * ({@link org.webrtc4j.SignIn.Builder#accepted}), or one whose descriptions the caller exchanges itself. It is registered
     * within this call, so that data channels made in the initializer miss nothing.
     *
     * @param runtime the runtime that made the connection, without an Executor
     * @param connection the connection; from now on it is closed by the channel
     * @param handler is added before the channel is registered
     * @return the channel
     * @throws IllegalStateException unless called on the loop of the connection, where its events happen
     */
    @SuppressWarnings("FutureReturnValueIgnored") // on the loop registration is over when it returns
    public static WebRtcChannel adopt(WebRtcRuntime runtime, RTCPeerConnection connection, ChannelHandler handler) {
        RuntimeLoops loops = new RuntimeLoops(runtime);
        EventLoop loop = NettyEventLoops.nettyLoop(connection.eventLoop());
        if (!loop.inEventLoop()) {
            throw new IllegalStateException("A connection is adopted on its own loop");
        }
        WebRtcChannel channel = new WebRtcChannel(loops, connection.getConfiguration(), connection);
        channel.name = connection.name();
        channel.pipeline().addLast(handler);
        loop.register(channel);
        return channel;
    }

    // --- for users

    /**
     * Returns the connection, for its statistics, for trickled candidates and for media. Close the channel instead of it.
     *
     * @return the same object on each call
     * @throws IllegalStateException before the channel was registered
     */
    public RTCPeerConnection peerConnection() {
        return peer().connection();
    }

    /**
     * Returns under which name the connection stands in logs and in the events of the runtime.
     *
     * @return the name that was given to {@link WebRtcServerChannel#accept(String, String)}, else one that is drawn when the
     *     channel is registered
     */
    public String name() {
        return name;
    }

    /**
     * Begins a data channel of this side.
     *
     * @return takes its options and handler
     */
    public WebRtcDataChannelBootstrap newDataChannelBootstrap() {
        return new WebRtcDataChannelBootstrap(this);
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Tells whether data channels can carry messages. */
    @Override
    public boolean isActive() {
        return active;
    }

    /** Returns the local address of the selected pair of candidates, or null. */
    @Override
    public @Nullable InetSocketAddress localAddress() {
        return local;
    }

    /** Returns the other side's address in the selected pair of candidates, or null. */
    @Override
    public @Nullable InetSocketAddress remoteAddress() {
        return remote;
    }

    // --- what the connection tells, on the loop

    void activate() {
        if (!open || active) {
            return;
        }
        active = true;
        boolean wanted = attempt.succeed();
        pipeline().fireChannelActive();
        if (config.isAutoRead()) {
            read();
        }
        if (!wanted) {
            closeNow();
        }
    }

    void onIncoming(RTCDataChannel made) {
        if (open) {
            children.arrived(made);
        } else {
            made.close();
        }
    }

    void onPath(InetSocketAddress from, InetSocketAddress to) {
        local = from;
        remote = to;
        if (open) {
            pipeline().fireUserEventTriggered(new WebRtcEvent.PathChanged(from, to));
        }
    }

    void onState(RTCPeerConnectionState state) {
        if (open) {
            pipeline().fireUserEventTriggered(new WebRtcEvent.StateChanged(state));
        }
    }

    /** A data channel of this connection has failed: so has the association, whose end follows. */
    void onChildError(Throwable error) {
        failure = error;
    }

    void onAssociationClosed() {
        if (!open) {
            return;
        }
        Throwable error = failure;
        if (error != null) {
            String why = error.getMessage();
            fail(new PeerLostException(why == null ? error.toString() : why, error));
        } else if (!active) {
            fail(new PeerLostException("The other side closed the connection before it was up", null));
        } else {
            closeNow();
        }
    }

    void onConnectionClosed(@Nullable Throwable lost) {
        if (!open) {
            return;
        }
        if (lost != null) {
            fail(lost);
        } else {
            closeNow();
        }
    }

    /** Tells everybody concerned and closes. */
    void fail(Throwable cause) {
        if (!open) {
            return;
        }
        failure = cause;
        children.fail(cause);
        // Who waits for the connect is told by that, when the channel is closed.
        if (!attempt.isAwaited() && isRegistered()) {
            pipeline().fireExceptionCaught(cause);
        }
        closeNow();
    }

    private void closeNow() {
        unsafe().close(unsafe().voidPromise());
    }

    /** Runs a task on the loop, at once when called there; a loop that has ended leaves nothing to do. */
    void onLoop(Runnable task) {
        EventLoop loop = eventLoop();
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopEnded) {
            if (open) {
                unsafe().closeForcibly();
            }
        }
    }

    DataChannelChildren children() {
        return children;
    }

    // --- what Netty asks for

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return peer == null ? loops.contains(loop) : loop == eventLoop();
    }

    @Override
    @SuppressWarnings("deprecation") // what Netty 4.1 calls, and 4.2 by default
    protected void doRegister() {
        if (peer != null) {
            return; // registered again, at the same loop
        }
        if (name.isEmpty()) {
            name = "netty-" + id().asShortText();
        }
        try {
            peer = new Peer(this, adopted == null ? loops.newConnection(eventLoop(), configuration, name) : adopted);
        } catch (DOMException refused) {
            failure = refused;
            throw refused;
        }
        if (offer != null) {
            // After the handlers were added, who may want data channels of their own.
            eventLoop().execute(this::answer);
        } else if (adopted != null) {
            eventLoop().execute(this::awaitOther);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the last stage tells the channel
    private void answer() {
        PendingOffer taken = offer;
        if (taken == null || !open) {
            return;
        }
        limit("The other side");
        peer().answer(taken.sdp()).whenComplete((answer, refused) -> {
            if (refused == null) {
                taken.answer().complete(answer);
                return;
            }
            Throwable cause = Peer.cause(refused);
            taken.answer().completeExceptionally(cause);
            onLoop(() -> fail(cause));
        });
    }

    /** Somebody else negotiates. */
    private void awaitOther() {
        if (open && peer().isConnected()) {
            activate();
        } else if (open && !active) {
            limit("The other side");
        }
    }

    private void connect(WebRtcAddress to, ChannelPromise promise) {
        attempt.begin(promise);
        promise.addListener(done -> {
            if (promise.isCancelled()) {
                onLoop(this::closeNow);
            }
        });
        limit(to.toString());
        peer().offer(to);
    }

    private void limit(String whom) {
        int millis = config.getConnectTimeoutMillis();
        attempt.limit(
                eventLoop(),
                millis,
                () -> fail(new ConnectTimeoutException(
                        whom + " did not connect within " + millis + " ms: " + peer().connection())));
    }

    @Override
    protected void doBeginRead() {
        children.read();
    }

    @Override
    protected void doClose() {
        if (!open) {
            return;
        }
        boolean linger = active && failure == null;
        open = false;
        active = false;
        Throwable cause = failure == null ? new ClosedChannelException() : failure;
        attempt.fail(cause);
        if (offer != null) {
            offer.answer().completeExceptionally(cause);
        }
        children.close();
        Peer made = peer;
        if (made != null) {
            made.close(linger ? Duration.ofSeconds(config.value()) : Duration.ZERO);
        }
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("The ports are those of the runtime");
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        throw new UnsupportedOperationException("Messages are written to the data channels of the connection");
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected DefaultChannelPipeline newChannelPipeline() {
        return new UnclaimedChildren(this);
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Connects();
    }

    Peer peer() {
        Peer made = peer;
        if (made == null) {
            throw new IllegalStateException("The channel was not registered yet");
        }
        return made;
    }

    private final class Connects extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress to, @Nullable SocketAddress from, ChannelPromise promise) {
            if (!promise.setUncancellable() || !ensureOpen(promise)) {
                return;
            }
            if (!(to instanceof WebRtcAddress address)) {
                safeSetFailure(promise, new UnsupportedAddressTypeException());
            } else if (offer != null || adopted != null || active) {
                safeSetFailure(promise, new AlreadyConnectedException());
            } else if (attempt.isAwaited()) {
                safeSetFailure(promise, new ConnectionPendingException());
            } else {
                WebRtcChannel.this.connect(address, promise);
            }
        }
    }
}
