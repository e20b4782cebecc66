package org.webrtc4j.ice.port;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.webrtc4j.common.LoopTimer;

/**
 * Accepted TCP connections that no agent has taken yet, of all listeners of a provider: strangers may open as many as they
 * like, so there is a bound to their number and to their patience. Confined to the loop of the listeners.
 */
final class UnclaimedConnections {

    /** With more than this the oldest is closed. */
    static final int MAX_CONNECTIONS = 512;

    /** How long a connection may take until an agent has answered its first check. */
    static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final NettyEventLoop loop;
    private final int limit;
    private final long timeoutNanos;
    private final LoopTimer timer;
    /** When each was accepted, the oldest first. */
    private final Map<TcpConnection, Long> waiting = new LinkedHashMap<>();

    UnclaimedConnections(NettyEventLoop loop, int limit, long timeoutNanos) {
        this.loop = loop;
        this.limit = limit;
        this.timeoutNanos = timeoutNanos;
        timer = loop.newTimer(this::onTimer);
    }

    void add(TcpConnection connection) {
        while (waiting.size() >= limit) {
            dropOldest(PortCounter.REFUSED_TCP_UNCLAIMED_LIMIT);
        }
        long now = loop.clock().nanoTime();
        waiting.put(connection, now);
        if (waiting.size() == 1) {
            timer.arm(now + timeoutNanos);
        }
    }

    void remove(TcpConnection connection) {
        if (waiting.remove(connection) != null && waiting.isEmpty()) {
            timer.cancel();
        }
    }

    int size() {
        return waiting.size();
    }

    /** Gives all of them up; called from any thread. */
    void closeAll() {
        loop.post(() -> {
            while (!waiting.isEmpty()) {
                dropOldest(PortCounter.REFUSED_TCP_SILENT);
            }
            timer.cancel();
        });
    }

    private void dropOldest(PortCounter reason) {
        Iterator<TcpConnection> oldest = waiting.keySet().iterator();
        TcpConnection connection = oldest.next();
        oldest.remove();
        if (connection.drop()) {
            loop.counters().count(reason);
        }
    }

    private void onTimer() {
        long now = loop.clock().nanoTime();
        while (!waiting.isEmpty()) {
            long due = waiting.values().iterator().next() + timeoutNanos;
            if (due - now > 0) {
                timer.arm(due);
                return;
            }
            dropOldest(PortCounter.REFUSED_TCP_SILENT);
        }
    }
}
