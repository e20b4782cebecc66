package org.webrtc4j.testkit;

import org.jspecify.annotations.Nullable;

/** One entry of the queue of {@link VirtualTime}. */
final class VirtualEvent implements Comparable<VirtualEvent> {

    final long atNanos;
    final long order;
    final @Nullable VirtualLoop loop;
    final Runnable task;
    final @Nullable VirtualTimer timer;

    VirtualEvent(long atNanos, long order, @Nullable VirtualLoop loop, Runnable task, @Nullable VirtualTimer timer) {
        this.atNanos = atNanos;
        this.order = order;
        this.loop = loop;
        this.task = task;
        this.timer = timer;
    }

    @Override
    public int compareTo(VirtualEvent other) {
        int byTime = Long.compare(atNanos, other.atNanos);
        return byTime != 0 ? byTime : Long.compare(order, other.order);
    }

    @Override
    public String toString() {
        return (loop == null ? "the network" : loop.toString()) + (timer == null ? "" : " (a timer)");
    }
}
