package org.webrtc4j.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.testkit.contract.LoopContract;

/** The loops that users run keep the sentences that the virtual loop keeps. */
class NettyLoopTest extends LoopContract {

    /** A future that takes so long has failed; nothing waits for it otherwise. */
    private static final Duration GIVE_UP = Duration.ofSeconds(20);

    private final Map<EventLoop, NettyEventLoops> made = new HashMap<>();

    @AfterEach
    void close() {
        made.values().forEach(NettyEventLoops::close);
    }

    @Override
    protected EventLoop newLoop() {
        NettyEventLoops loops = NettyEventLoops.create(1);
        made.put(loops.next(), loops);
        return loops.next();
    }

    @Override
    protected void shutdown(EventLoop loop) {
        NettyEventLoops loops = made.get(loop);
        if (loops == null) {
            throw new IllegalArgumentException("Not made here: " + loop);
        }
        loops.shutdown(GIVE_UP).join();
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(GIVE_UP.toSeconds(), TimeUnit.SECONDS).join();
    }
}
