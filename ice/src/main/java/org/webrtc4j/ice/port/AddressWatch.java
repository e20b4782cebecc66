package org.webrtc4j.ice.port;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;

/**
 * Looks at the machine's addresses every two seconds, on a thread of its own, as long as somebody wants to know: Java tells
 * of no changes by itself, and asking takes a millisecond or more.
 *
 * <p>Thread-safe.
 */
final class AddressWatch implements AutoCloseable {

    static final long INTERVAL_SECONDS = 2;

    private final LocalAddresses addresses;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Object monitor = new Object();
    private @Nullable ScheduledThreadPoolExecutor thread;
    private @Nullable ScheduledFuture<?> polling;
    private List<LocalAddress> last = List.of();
    private boolean closed;

    private record Watcher(EventLoop loop, Runnable changed, Object identity) {}

    AddressWatch(LocalAddresses addresses) {
        this.addresses = addresses;
    }

    /** See {@link PortProvider#watch}. */
    Runnable watch(EventLoop loop, Runnable changed) {
        Watcher watcher = new Watcher(loop, changed, new Object());
        if (!addresses.follows()) {
            return () -> {};
        }
        synchronized (monitor) {
            if (closed) {
                return () -> {};
            }
            watchers.add(watcher);
            if (polling == null) {
                last = addresses.list(true);
                polling = thread().scheduleWithFixedDelay(
                                this::poll, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
            }
        }
        return () -> end(watcher);
    }

    private ScheduledThreadPoolExecutor thread() {
        ScheduledThreadPoolExecutor made = thread;
        if (made == null) {
            made = new ScheduledThreadPoolExecutor(1, task -> {
                Thread named = new Thread(task, "webrtc4j-addresses");
                named.setDaemon(true);
                return named;
            });
            made.setRemoveOnCancelPolicy(true);
            made.setKeepAliveTime(INTERVAL_SECONDS, TimeUnit.SECONDS);
            made.allowCoreThreadTimeOut(true);
            thread = made;
        }
        return made;
    }

    /** Looks once, and tells when something is other than the last time. */
    void poll() {
        List<LocalAddress> now = addresses.list(true);
        synchronized (monitor) {
            if (now.equals(last)) {
                return;
            }
            last = now;
        }
        for (Watcher each : watchers) {
            try {
                each.loop().execute(each.changed());
            } catch (RejectedExecutionException ended) {
                end(each);
            }
        }
    }

    private void end(Watcher watcher) {
        synchronized (monitor) {
            watchers.remove(watcher);
            ScheduledFuture<?> task = polling;
            if (watchers.isEmpty() && task != null) {
                task.cancel(false);
                polling = null;
            }
        }
    }

    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            watchers.clear();
            if (thread != null) {
                thread.shutdownNow();
            }
        }
    }
}
