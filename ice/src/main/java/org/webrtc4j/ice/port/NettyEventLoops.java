package org.webrtc4j.ice.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.TimeSource;

/**
 * The event loops of the stack, on Netty: a group of daemon threads of their own, or a group that the user already has.
 *
 * <p>Thread-safe. Works with Netty 4.1 and 4.2.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing and shutting down: awaited elsewhere or by nobody
public final class NettyEventLoops implements AutoCloseable {

    private static final String THREAD_NAME = "webrtc4j-loop";

    private final boolean owned;
    private final UdpChannels channels;
    private final List<NettyEventLoop> loops;
    private final AtomicInteger next = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> terminated = new CompletableFuture<>();

    private NettyEventLoops(EventLoopGroup group, boolean owned, UdpChannels channels) {
        this.owned = owned;
        this.channels = channels;
        TimeSource clock = TimeSource.system();
        List<NettyEventLoop> made = new ArrayList<>();
        for (EventExecutor executor : group) {
            made.add(new NettyEventLoop(this, made.size(), (io.netty.channel.EventLoop) executor, clock));
        }
        loops = List.copyOf(made);
        group.terminationFuture().addListener(future -> {
            loops.forEach(loop -> loop.sendSlab().release());
            terminated.complete(null);
        });
    }

    /**
     * Starts loops on threads of their own, on the best transport there is.
     *
     * @param threads how many loops, at least 1
     * @return the loops
     */
    public static NettyEventLoops create(int threads) {
        return create(threads, Transport.AUTO);
    }

    /**
     * Starts loops on daemon threads of their own; each thread starts with the first task of its loop.
     *
     * @param threads how many loops, at least 1
     * @param transport how sockets reach the system
     * @return the loops
     * @throws IllegalStateException when EPOLL is asked for and not present
     */
    public static NettyEventLoops create(int threads, Transport transport) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one loop is needed, not " + threads);
        }
        UdpChannels channels = channels(transport);
        return new NettyEventLoops(
                channels.newGroup(threads, new DefaultThreadFactory(THREAD_NAME, true)), true, channels);
    }

    /**
     * Uses the loops of a group that the caller owns and shuts down.
     *
     * @param group a group on NIO or epoll
     * @return one loop per loop of the group
     * @throws IllegalArgumentException when the group runs on neither
     */
    public static NettyEventLoops over(EventLoopGroup group) {
        Objects.requireNonNull(group, "group");
        UdpChannels nio = new NioUdpChannels();
        if (accepts(group, nio)) {
            return new NettyEventLoops(group, false, nio);
        }
        if (epollAvailable()) {
            UdpChannels epoll = channels(Transport.EPOLL);
            if (accepts(group, epoll)) {
                return new NettyEventLoops(group, false, epoll);
            }
        }
        throw new IllegalArgumentException("the event loop group runs on neither NIO nor epoll: " + group);
    }

    /**
     * Tells whether loops on epoll can be made here.
     *
     * @return true on Linux with netty-transport-native-epoll for this processor on the path
     */
    public static boolean epollAvailable() {
        try {
            return EpollUdpChannels.isAvailable();
        } catch (LinkageError absent) {
            return false;
        }
    }

    private static UdpChannels channels(Transport transport) {
        return switch (transport) {
            case NIO -> new NioUdpChannels();
            case EPOLL -> {
                if (!epollAvailable()) {
                    throw new IllegalStateException(
                            "epoll was asked for, but netty-transport-native-epoll for this system is not on the path");
                }
                yield newEpollChannels();
            }
            case AUTO -> epollAvailable() ? newEpollChannels() : new NioUdpChannels();
        };
    }

    private static UdpChannels newEpollChannels() {
        return new EpollUdpChannels();
    }

    /** A loop refuses a channel of another transport before it does anything else with it. */
    private static boolean accepts(EventLoopGroup group, UdpChannels channels) {
        Channel probe;
        try {
            probe = channels.newChannel(false, false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChannelFuture registration = group.next().register(probe);
        boolean refused = registration.isDone() && !registration.isSuccess();
        if (refused) {
            probe.unsafe().closeForcibly();
        } else {
            registration.addListener(done -> probe.close());
        }
        return !refused;
    }

    /**
     * Returns all loops.
     *
     * @return the loops, always in the same order
     */
    public List<EventLoop> loops() {
        return List.copyOf(loops);
    }

    /**
     * Returns the loops one after the other.
     *
     * @return the next loop
     */
    public EventLoop next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /**
     * Returns the Netty loop that a loop runs on, for channels that belong beside the connections of that loop.
     *
     * @param loop one of the {@link #loops()} of any group
     * @return the loop to register channels at
     * @throws IllegalArgumentException for a loop of another kind
     */
    public static io.netty.channel.EventLoop nettyLoop(EventLoop loop) {
        if (loop instanceof NettyEventLoop ours) {
            return ours.netty();
        }
        throw new IllegalArgumentException("Not a loop on Netty: " + loop);
    }

    /**
     * Returns the transport in use.
     *
     * @return NIO or EPOLL
     */
    public Transport transport() {
        return channels.transport();
    }

    /**
     * Tells how late the timers of each loop ran.
     *
     * @return one value per loop, in the order of {@link #loops()}
     */
    public List<LoopLag> lag() {
        return loops.stream()
                .map(loop -> loop.lagMeter().read(loop.clock().nanoTime()))
                .toList();
    }

    /**
     * Ends the loops: tasks already given are run, sockets still open are closed, and tasks given later are rejected. A
     * group that the caller owns goes on running.
     *
     * @param limit how long tasks may take before they are given up
     * @return completed when the loops have ended; at once when the group is the caller's
     */
    public CompletableFuture<@Nullable Void> shutdown(Duration limit) {
        if (!owned) {
            return CompletableFuture.completedFuture(null);
        }
        for (NettyEventLoop loop : loops) {
            // By a task of each loop: Netty closes sockets before it runs the tasks that wait, such as those that give
            // channels back to their owners.
            loop.post(() -> loop.netty().shutdownGracefully(0, limit.toMillis(), TimeUnit.MILLISECONDS));
        }
        return terminated.copy();
    }

    /** Begins a shutdown with a limit of five seconds and does not wait for it. */
    @Override
    public void close() {
        shutdown(Duration.ofSeconds(5));
    }

    List<NettyEventLoop> nettyLoops() {
        return loops;
    }

    UdpChannels channels() {
        return channels;
    }
}
