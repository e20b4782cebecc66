package org.webrtc4j.dtls.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkerThreadsTest {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    @Test
    void workersAreVirtualWhereThePlatformHasThemAndNeverKeepAProcessAlive() throws Exception {
        ExecutorService executor = WorkerThreads.newExecutor();
        Thread worker = executor.submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
        executor.shutdown();

        assertThat(worker.isDaemon()).isTrue();
        boolean virtual = worker.getClass().getSimpleName().contains("Virtual");
        assertThat(virtual).isEqualTo(Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS);
    }
}
