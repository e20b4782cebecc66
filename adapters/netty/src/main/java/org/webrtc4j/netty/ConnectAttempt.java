package org.webrtc4j.netty;

import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The way of a connection to being active: who waits for it, if somebody does, and how long it may take. On its loop. */
final class ConnectAttempt {

    private @Nullable ChannelPromise promise;
    private @Nullable ScheduledFuture<?> timeout;

    void begin(ChannelPromise awaited) {
        promise = awaited;
    }

    boolean isAwaited() {
        return promise != null;
    }

    /** Sets the limit; one of zero is none. */
    void limit(EventLoop loop, int millis, Runnable late) {
        if (millis > 0) {
            timeout = loop.schedule(late, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Ends the attempt and returns whether the connection is still wanted. */
    boolean succeed() {
        ChannelPromise awaited = end();
        return awaited == null || awaited.trySuccess();
    }

    void fail(Throwable cause) {
        ChannelPromise awaited = end();
        if (awaited != null) {
            awaited.tryFailure(cause);
        }
    }

    private @Nullable ChannelPromise end() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
        ChannelPromise awaited = promise;
        promise = null;
        return awaited;
    }
}
