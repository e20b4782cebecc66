package org.webrtc4j.dtls.bouncycastle;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of handshakes: virtual from Java 21 on, else platform threads that are reused and end when idle. */
final class WorkerThreads {

    private static final long IDLE_SECONDS = 10;
    // The library's deepest call is far below this.
    private static final long STACK_BYTES = 256 * 1024;

    private WorkerThreads() {}

    static ExecutorService newExecutor() {
        try {
            MethodHandle virtual = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) virtual.invokeExact();
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return newPlatformExecutor();
        } catch (Throwable e) {
            throw new IllegalStateException("Virtual threads are announced but cannot be had", e);
        }
    }

    private static ExecutorService newPlatformExecutor() {
        // Unbounded here: how many run at once is bounded before.
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "webrtc4j-dtls-idle", STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
