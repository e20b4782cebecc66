package org.webrtc4j.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One task of a stream at a time, in order; the oldest gives way; what throws or refuses harms no other. */
class CodecStageTest {

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();

    private void runAll() {
        for (Runnable task = executor.poll(); task != null; task = executor.poll()) {
            task.run();
        }
    }

    @Test
    void tasksRunInOrderAndOneAtATime() {
        CodecStage stage = new CodecStage(executor::add, 8);
        for (int i = 0; i < 5; i++) {
            int number = i;
            stage.submit(() -> done.add(number));
            assertThat(executor).hasSize(1);
        }
        runAll();
        assertThat(done).containsExactly(0, 1, 2, 3, 4);
        assertThat(stage.isBusy()).isFalse();
        assertThat(stage.dropped()).isZero();
    }

    @Test
    void theOldestIsDroppedAndCounted() {
        CodecStage stage = new CodecStage(executor::add, 2);
        for (int i = 0; i < 5; i++) {
            int number = i;
            stage.submit(() -> done.add(number));
        }
        runAll();
        assertThat(done).containsExactly(3, 4);
        assertThat(stage.dropped()).isEqualTo(3);
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() {
        CodecStage stage = new CodecStage(executor::add, 4);
        stage.submit(() -> {
            throw new IllegalStateException("on purpose");
        });
        stage.submit(() -> {
            throw new NoClassDefFoundError("on purpose");
        });
        stage.submit(() -> done.add(1));
        runAll();
        assertThat(done).containsExactly(1);
        assertThat(stage.isBusy()).isFalse();
    }

    @Test
    void whatTheExecutorRefusesIsDroppedAndTheStageGoesOn() {
        boolean[] full = {true};
        CodecStage stage = new CodecStage(
                task -> {
                    if (full[0]) {
                        throw new RejectedExecutionException("full");
                    }
                    task.run();
                },
                4);
        stage.submit(() -> done.add(0));
        assertThat(stage.dropped()).isEqualTo(1);
        full[0] = false;
        stage.submit(() -> done.add(1));
        assertThat(done).containsExactly(1);
    }

    @Test
    void afterItsEndNothingRuns() {
        CodecStage stage = new CodecStage(executor::add, 4);
        stage.submit(() -> done.add(0));
        stage.end();
        stage.submit(() -> done.add(1));
        runAll();
        assertThat(done).isEmpty();
    }

    @Test
    void workersAreDaemonsAndRefuseAfterTheirEnd() throws InterruptedException {
        CodecWorkers workers = new CodecWorkers(1);
        CountDownLatch ran = new CountDownLatch(1);
        boolean[] daemon = new boolean[1];
        workers.execute(() -> {
            daemon[0] = Thread.currentThread().isDaemon();
            ran.countDown();
        });
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(daemon[0]).isTrue();
        workers.close();
        assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
