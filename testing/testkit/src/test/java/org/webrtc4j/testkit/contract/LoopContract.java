package org.webrtc4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;

/** What every {@link EventLoop} does, whether its time is real or virtual. */
public abstract class LoopContract {

    private static final long MILLISECOND = 1_000_000L;
    private static final long HOUR = 3_600_000L * MILLISECOND;

    /** For the suites of implementations. */
    protected LoopContract() {}

    /**
     * Makes a loop.
     *
     * @return a new running loop
     */
    protected abstract EventLoop newLoop();

    /**
     * Shuts a loop down.
     *
     * @param loop made by {@link #newLoop}; refuses tasks when this returns
     */
    protected abstract void shutdown(EventLoop loop);

    /**
     * Lets loops run until a future is completed.
     *
     * @param <T> what it is completed with
     * @param future completed on a loop
     * @return its value
     */
    protected abstract <T> T await(CompletableFuture<T> future);

    @Test
    void tasksRunInTheOrderTheyWereGiven() {
        EventLoop loop = newLoop();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }

        List<Integer> seen = onLoop(loop, done -> done.complete(List.copyOf(order)));

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aTaskNeverRunsWithinTheCallThatGivesIt() {
        EventLoop loop = newLoop();

        List<String> order = onLoop(loop, done -> {
            List<String> seen = new ArrayList<>();
            loop.execute(() -> {
                seen.add("task");
                done.complete(seen);
            });
            seen.add("after the call");
        });

        assertThat(order).containsExactly("after the call", "task");
    }

    @Test
    void inLoopIsTrueOnThisLoopOnly() {
        EventLoop loop = newLoop();
        EventLoop other = newLoop();

        List<Boolean> within = onLoop(loop, done -> done.complete(List.of(loop.inLoop(), other.inLoop())));

        assertThat(within).containsExactly(true, false);
        assertThat(loop.inLoop()).isFalse();
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() {
        EventLoop loop = newLoop();
        loop.execute(() -> {
            throw new IllegalStateException("thrown on purpose by a contract test");
        });

        assertThat(onLoop(loop, (CompletableFuture<Boolean> done) -> done.complete(true)))
                .isTrue();
    }

    @Test
    void aTimerFiresOnTheLoopAndNotBeforeItsFirstDeadline() {
        EventLoop loop = newLoop();

        long earlyBy = onLoop(loop, done -> {
            long deadline = loop.clock().nanoTime() + 5 * MILLISECOND;
            loop.newTimer(() -> done.complete(
                            loop.inLoop() ? deadline - loop.clock().nanoTime() : Long.MAX_VALUE))
                    .arm(deadline);
        });

        assertThat(earlyBy).isLessThanOrEqualTo(0);
    }

    @Test
    void aTimerArmedEarlierFiresEarlier() {
        EventLoop loop = newLoop();

        Boolean fired = onLoop(loop, done -> {
            LoopTimer timer = loop.newTimer(() -> done.complete(true));
            timer.arm(loop.clock().nanoTime() + HOUR);
            timer.arm(loop.clock().nanoTime() + MILLISECOND);
        });

        assertThat(fired).isTrue();
    }

    @Test
    void aTimerArmedLaterReachesTheLaterDeadlineIfReArmedWhenEarly() {
        EventLoop loop = newLoop();

        long earlyBy = onLoop(loop, done -> {
            long deadline = loop.clock().nanoTime() + 10 * MILLISECOND;
            LoopTimer[] timer = new LoopTimer[1];
            timer[0] = loop.newTimer(() -> {
                long early = deadline - loop.clock().nanoTime();
                if (early > 0) {
                    timer[0].arm(deadline);
                } else {
                    done.complete(early);
                }
            });
            timer[0].arm(deadline - 9 * MILLISECOND);
            timer[0].arm(deadline);
        });

        assertThat(earlyBy).isLessThanOrEqualTo(0);
    }

    @Test
    void aTimerThatWasLeftToALaterDeadlineCanBeArmedEarlierAgain() {
        EventLoop loop = newLoop();

        Boolean fired = onLoop(loop, done -> {
            long now = loop.clock().nanoTime();
            LoopTimer timer = loop.newTimer(() -> done.complete(true));
            timer.arm(now + MILLISECOND);
            timer.arm(now + HOUR);
            timer.arm(now + 2 * MILLISECOND);
        });

        assertThat(fired).isTrue();
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        EventLoop loop = newLoop();

        List<String> fired = onLoop(loop, done -> {
            List<String> seen = new ArrayList<>();
            long now = loop.clock().nanoTime();
            LoopTimer cancelled = loop.newTimer(() -> seen.add("cancelled"));
            cancelled.arm(now + MILLISECOND);
            cancelled.cancel();
            loop.newTimer(() -> done.complete(seen)).arm(now + 5 * MILLISECOND);
        });

        assertThat(fired).isEmpty();
    }

    @Test
    void aCancelledTimerCanBeArmedAgain() {
        EventLoop loop = newLoop();

        Boolean fired = onLoop(loop, done -> {
            LoopTimer timer = loop.newTimer(() -> done.complete(true));
            timer.arm(loop.clock().nanoTime() + HOUR);
            timer.cancel();
            timer.arm(loop.clock().nanoTime() + MILLISECOND);
        });

        assertThat(fired).isTrue();
    }

    @Test
    void aTimerMayArmItselfAgainWhenItFires() {
        EventLoop loop = newLoop();

        int times = onLoop(loop, done -> {
            int[] fired = new int[1];
            LoopTimer[] timer = new LoopTimer[1];
            timer[0] = loop.newTimer(() -> {
                if (++fired[0] == 3) {
                    done.complete(fired[0]);
                } else {
                    timer[0].arm(loop.clock().nanoTime() + MILLISECOND);
                }
            });
            timer[0].arm(loop.clock().nanoTime() + MILLISECOND);
        });

        assertThat(times).isEqualTo(3);
    }

    @Test
    void aDeadlineThatHasPassedFiresSoonButNotWithinTheCall() {
        EventLoop loop = newLoop();

        List<String> order = onLoop(loop, done -> {
            List<String> seen = new ArrayList<>();
            loop.newTimer(() -> {
                        seen.add("timer");
                        done.complete(seen);
                    })
                    .arm(loop.clock().nanoTime() - HOUR);
            seen.add("after the call");
        });

        assertThat(order).containsExactly("after the call", "timer");
    }

    @Test
    void aLoopThatWasShutDownRefusesTasks() {
        EventLoop loop = newLoop();
        shutdown(loop);

        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private <T> T onLoop(EventLoop loop, Consumer<CompletableFuture<T>> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> task.accept(done));
        return await(done);
    }
}
