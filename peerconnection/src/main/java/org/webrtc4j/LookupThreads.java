package org.webrtc4j;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Two threads that live while names of servers are looked up; further names wait, too many count as unknown. */
final class LookupThreads {

    private static final int MAX_LOOKUPS = 2;
    private static final int MAX_WAITING_LOOKUPS = 256;

    private LookupThreads() {}

    static ExecutorService start() {
        ThreadPoolExecutor lookups = new ThreadPoolExecutor(
                MAX_LOOKUPS, MAX_LOOKUPS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_LOOKUPS), task -> {
                    Thread thread = new Thread(task, "webrtc4j-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
        lookups.allowCoreThreadTimeOut(true);
        return lookups;
    }
}
