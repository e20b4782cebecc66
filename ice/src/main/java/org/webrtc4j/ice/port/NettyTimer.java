package org.webrtc4j.ice.port;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;

/**
 * A timer that keeps at most one entry in Netty's queue. A deadline that moves later, or away, leaves the entry where it
 * is; when it comes due too early it is put back, and the task does not run.
 */
final class NettyTimer implements LoopTimer, Runnable {

    private final NettyEventLoop loop;
    private final Runnable task;
    private long deadlineNanos = ProtocolEngine.NEVER;
    private long scheduledNanos;
    private @Nullable ScheduledFuture<?> scheduled;

    NettyTimer(NettyEventLoop loop, Runnable task) {
        this.loop = loop;
        this.task = task;
    }

    @Override
    public void arm(long deadlineNanos) {
        assert loop.inLoop();
        this.deadlineNanos = deadlineNanos;
        if (deadlineNanos == ProtocolEngine.NEVER) {
            return;
        }
        ScheduledFuture<?> pending = scheduled;
        if (pending != null) {
            if (deadlineNanos - scheduledNanos >= 0) {
                return;
            }
            pending.cancel(false);
        }
        schedule(loop.clock().nanoTime());
    }

    private void schedule(long nowNanos) {
        scheduledNanos = deadlineNanos;
        scheduled = loop.netty().schedule(this, Math.max(0, deadlineNanos - nowNanos), TimeUnit.NANOSECONDS);
    }

    /** The entry in Netty's queue, or null. */
    @Nullable
    ScheduledFuture<?> queueEntry() {
        return scheduled;
    }

    /** Netty's queue came to the entry. */
    @Override
    public void run() {
        scheduled = null;
        if (deadlineNanos == ProtocolEngine.NEVER) {
            return;
        }
        long now = loop.clock().nanoTime();
        if (deadlineNanos - now > 0) {
            schedule(now);
            return;
        }
        loop.lagMeter().record(now - deadlineNanos, now);
        deadlineNanos = ProtocolEngine.NEVER;
        // Netty keeps what a scheduled task throws in its future, where nobody would look.
        loop.runLogged(task);
    }
}
