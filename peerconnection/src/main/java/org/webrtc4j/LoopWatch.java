package org.webrtc4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.ice.port.NettyEventLoops;

/** Tells a listener once a second how late the timers of each loop ran, on that loop. */
final class LoopWatch {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final NettyEventLoops loops;
    private final RuntimeListener listener;
    private final List<Watched> watched = new ArrayList<>();

    private volatile boolean ended;

    private LoopWatch(NettyEventLoops loops, RuntimeListener listener) {
        this.loops = loops;
        this.listener = listener;
        for (EventLoop each : loops.loops()) {
            watched.add(new Watched(watched.size(), each));
        }
    }

    static LoopWatch start(NettyEventLoops loops, RuntimeListener listener) {
        LoopWatch watch = new LoopWatch(loops, listener);
        watch.watched.forEach(Watched::arm);
        return watch;
    }

    /** Disarms the timers; loops that have ended need it no more. From any thread. */
    void end() {
        ended = true;
        watched.forEach(Watched::arm);
    }

    private final class Watched {

        private final int index;
        private final EventLoop loop;
        private final LoopTimer timer;

        Watched(int index, EventLoop loop) {
            this.index = index;
            this.loop = loop;
            this.timer = loop.newTimer(this::onTimer);
        }

        void arm() {
            try {
                loop.execute(this::rearm);
            } catch (RejectedExecutionException loopEnded) {
                // Its timers ended with it.
                return;
            }
        }

        private void onTimer() {
            if (!ended) {
                listener.onLoopLag(index, loops.lag().get(index).recentNanos());
            }
            rearm();
        }

        private void rearm() {
            if (ended) {
                timer.cancel();
            } else {
                timer.arm(loop.clock().nanoTime() + PERIOD_NANOS);
            }
        }
    }
}
