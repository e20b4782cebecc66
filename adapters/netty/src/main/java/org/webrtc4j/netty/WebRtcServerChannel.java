package org.webrtc4j.netty;

import io.netty.channel.AbstractServerChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.DOMException;
import org.webrtc4j.RTCConfiguration;
import org.webrtc4j.WebRtcRuntime;

/**
 * Takes offers, over whatever signalling there is, and makes a {@link WebRtcChannel} of each. The sockets are those of the
 * runtime: a server on one UDP port has a runtime with {@code udpPort(n)}.
 *
 * <pre>{@code
 * WebRtcRuntime runtime = WebRtcRuntime.builder()
 *         .eventLoops(NettyEventLoops.over(group)).udpPort(10_000).server().build();
 * WebRtcServerChannel server = (WebRtcServerChannel) new ServerBootstrap()
 *         .group(group)
 *         .channelFactory(WebRtcServerChannel.factory(runtime))
 *         .childHandler(new DataChannelAcceptor(new GameInitializer()))
 *         .bind(WebRtcAddress.of("game")).sync().channel();
 * server.accept(offer).thenAccept(answer -> respond(answer));
 * }</pre>
 *
 * <p>The group of the children has to be the one that the runtime runs over. Options: those of every channel, and {@code
 * SO_BACKLOG} (offers that wait while {@code AUTO_READ} is off, default 1024; one more is refused). Closing it refuses
 * further offers and leaves its children alone.
 */
public final class WebRtcServerChannel extends AbstractServerChannel {

    /** How many offers wait while nobody reads, if nobody says otherwise. */
    private static final int DEFAULT_BACKLOG = 1_024;

    private final RuntimeLoops loops;
    private final RTCConfiguration configuration;
    private final NumberConfig config = new NumberConfig(this, ChannelOption.SO_BACKLOG, DEFAULT_BACKLOG);

    /** Confined to the loop, as the two flags. */
    private final Queue<PendingOffer> offers = new ArrayDeque<>();

    private boolean readPending;
    private boolean reading;

    private volatile boolean open = true;
    private volatile @Nullable SocketAddress address;

    private WebRtcServerChannel(RuntimeLoops loops, RTCConfiguration configuration) {
        this.loops = loops;
        this.configuration = configuration;
    }

    /**
     * Returns what makes server channels of a runtime.
     *
     * @param runtime runs over the group that the channels are registered at, without an Executor
     * @return for {@link io.netty.bootstrap.ServerBootstrap#channelFactory(ChannelFactory)}
     * @throws IllegalArgumentException when the runtime has an Executor, or loops of another kind than Netty's
     */
    public static ChannelFactory<WebRtcServerChannel> factory(WebRtcRuntime runtime) {
        return factory(runtime, RTCConfiguration.defaults());
    }

    /**
     * Returns what makes server channels of a runtime.
     *
     * @param runtime runs over the group that the channels are registered at, without an Executor
     * @param configuration of each connection
     * @return for {@link io.netty.bootstrap.ServerBootstrap#channelFactory(ChannelFactory)}
     * @throws IllegalArgumentException when the runtime has an Executor, or loops of another kind than Netty's
     */
    public static ChannelFactory<WebRtcServerChannel> factory(WebRtcRuntime runtime, RTCConfiguration configuration) {
        RuntimeLoops loops = new RuntimeLoops(runtime);
        return () -> new WebRtcServerChannel(loops, configuration);
    }

    /**
     * Answers an offer: a channel is made for it, which becomes active when the other side has connected. Safe from any
     * thread.
     *
     * @param offer the SDP of the other side's offer; its candidates may be missing, since they are learned from its checks
     * @return the SDP of the answer, with all candidates; completes on the loop of the new channel; fails when the offer
     *     cannot be read, when limits of the runtime or the backlog are reached ({@link DOMException}), and when the server
     *     channel is not bound or closed
     */
    public CompletableFuture<String> accept(String offer) {
        return accept(offer, "");
    }

    /**
     * Answers an offer of somebody whom signalling knows.
     *
     * @param offer the SDP of the other side's offer
     * @param name what {@link WebRtcChannel#name()} is to return: the player, the room
     * @return as {@link #accept(String)}
     */
    public CompletableFuture<String> accept(String offer, String name) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        PendingOffer pending = new PendingOffer(offer, name, answer);
        if (!isActive()) {
            answer.completeExceptionally(
                    open ? new IllegalStateException("The server channel is not bound") : new ClosedChannelException());
            return answer;
        }
        try {
            eventLoop().execute(() -> take(pending));
        } catch (RejectedExecutionException loopEnded) {
            answer.completeExceptionally(loopEnded);
        }
        return answer;
    }

    private void take(PendingOffer offer) {
        if (!open) {
            offer.answer().completeExceptionally(new ClosedChannelException());
        } else if (!readPending && offers.size() >= config.value()) {
            offer.answer()
                    .completeExceptionally(new DOMException(
                            offers.size() + " offers wait already: the server channel is not read", "OperationError"));
        } else {
            offers.add(offer);
            read0();
        }
    }

    private void read0() {
        if (reading) {
            return;
        }
        reading = true;
        while (readPending && open) {
            PendingOffer next = offers.poll();
            if (next == null) {
                break;
            }
            readPending = false;
            pipeline().fireChannelRead(new WebRtcChannel(this, loops, configuration, next));
            pipeline().fireChannelReadComplete();
        }
        reading = false;
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        read0();
    }

    @Override
    protected DefaultChannelPipeline newChannelPipeline() {
        return new UnclaimedChildren(this);
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected void doBind(SocketAddress local) {
        if (!(local instanceof WebRtcAddress)) {
            throw new UnsupportedAddressTypeException();
        }
        address = local;
    }

    @Override
    protected void doClose() {
        open = false;
        for (PendingOffer each = offers.poll(); each != null; each = offers.poll()) {
            each.answer().completeExceptionally(new ClosedChannelException());
        }
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Tells whether offers are taken: it is bound and not closed. */
    @Override
    public boolean isActive() {
        return open && address != null;
    }

    /** Returns the {@link WebRtcAddress} that it is bound to, or null. */
    @Override
    public @Nullable SocketAddress localAddress() {
        return address;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return address;
    }
}
