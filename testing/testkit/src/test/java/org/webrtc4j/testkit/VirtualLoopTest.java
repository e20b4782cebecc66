package org.webrtc4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.testkit.contract.LoopContract;

class VirtualLoopTest extends LoopContract {

    private final VirtualTime time = new VirtualTime();
    private final VirtualLoop loop = time.newLoop("loop");

    @Override
    protected EventLoop newLoop() {
        return time.newLoop("made");
    }

    @Override
    protected void shutdown(EventLoop made) {
        ((VirtualLoop) made).shutdown();
    }

    @Override
    protected <T> T await(CompletableFuture<T> future) {
        while (!future.isDone()) {
            assertThat(time.step()).isTrue();
        }
        return future.join();
    }

    @Test
    void whatIsDueAtOneInstantRunsInTheOrderOfBeingScheduledWhateverTheLoop() {
        VirtualLoop other = time.newLoop("other");
        List<Integer> order = new ArrayList<>();
        time.after(Duration.ofMillis(2), () -> order.add(4));
        loop.execute(() -> order.add(0));
        other.execute(() -> {
            order.add(1);
            loop.execute(() -> order.add(3));
        });
        loop.execute(() -> order.add(2));

        time.runUntilIdle(Duration.ofSeconds(1));

        assertThat(order).containsExactly(0, 1, 2, 3, 4);
        assertThat(time.elapsed()).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void aTimerFiresAtItsDeadlineExactlyHoweverOftenItMoved() {
        long start = time.nanoTime();
        List<Long> fired = new ArrayList<>();
        LoopTimer timer = loop.newTimer(() -> fired.add(time.nanoTime() - start));
        loop.run(() -> {
            for (long deadline : new long[] {500, 900, 200, 700, 300, 800}) {
                timer.arm(start + deadline);
            }
        });

        assertThat(loop.armedTimers()).isEqualTo(1);
        time.runUntilIdle(Duration.ofSeconds(1));

        assertThat(fired).containsExactly(800L);
        assertThat(loop.armedTimers()).isZero();
    }

    @Test
    void disturbedTimersFireEarlyAndLateWithinTheirBoundsAndRepeatWithTheSeed() {
        List<Long> first = offsetsOfDisturbedTimers(1);

        assertThat(first).allMatch(offset -> offset >= -2_000 && offset <= 5_000);
        assertThat(first).anyMatch(offset -> offset < -1_000).anyMatch(offset -> offset > 3_000);
        assertThat(offsetsOfDisturbedTimers(1)).isEqualTo(first);
        assertThat(offsetsOfDisturbedTimers(2)).isNotEqualTo(first);
    }

    private static List<Long> offsetsOfDisturbedTimers(long seed) {
        VirtualTime disturbed = new VirtualTime();
        disturbed.disturbTimers(new SplittableRandom(seed), Duration.ofNanos(2_000), Duration.ofNanos(5_000));
        VirtualLoop loop = disturbed.newLoop("loop");
        List<Long> offsets = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            long deadline = VirtualTime.START_NANOS + i * 10_000L;
            LoopTimer timer = loop.newTimer(() -> offsets.add(disturbed.nanoTime() - deadline));
            loop.run(() -> timer.arm(deadline));
        }
        disturbed.runUntilIdle(Duration.ofSeconds(1));
        return offsets;
    }

    @Test
    void supersededTimerEntriesDoNotMoveTheClock() {
        LoopTimer timer = loop.newTimer(() -> {});
        loop.run(() -> timer.arm(time.nanoTime() + Duration.ofHours(1).toNanos()));
        loop.run(timer::cancel);

        assertThat(time.isIdle()).isTrue();
        assertThat(time.step()).isFalse();
        assertThat(time.elapsed()).isZero();
    }

    @Test
    void timersOfALoopThatWasShutDownDoNotFire() {
        List<String> fired = new ArrayList<>();
        LoopTimer timer = loop.newTimer(() -> fired.add("timer"));
        loop.run(() -> timer.arm(time.nanoTime() + 10));
        loop.shutdown();

        time.runUntilIdle(Duration.ofSeconds(1));

        assertThat(fired).isEmpty();
    }

    @Test
    void aTimerArmedOutsideItsLoopIsAMistakeOfTheCaller() {
        LoopTimer timer = loop.newTimer(() -> {});

        assertThatThrownBy(() -> timer.arm(time.nanoTime())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatATaskThrowsReachesTheTestAtTheStepInWhichItWasThrown() {
        List<String> ran = new ArrayList<>();
        loop.execute(() -> {
            throw new IllegalArgumentException("broken");
        });
        loop.execute(() -> ran.add("second"));

        assertThatThrownBy(() -> time.runFor(Duration.ofSeconds(1))).hasMessage("broken");
        assertThat(ran).isEmpty();
        time.runFor(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("second");
    }

    @Test
    void aConditionThatIsNotReachedFailsTheTestAtTheEndOfItsTime() {
        assertThatThrownBy(() -> time.runUntil(() -> false, Duration.ofSeconds(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PT3S");
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void tasksThatKeepTimeFromPassingFailTheTest() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> loop.execute(again[0]);
        loop.execute(again[0]);

        assertThatThrownBy(() -> time.runFor(Duration.ofSeconds(1))).hasMessageContaining("Time stands still");
    }

    @Test
    void aTaskThatWaitsForTheClockIsToldThatItWouldBlock() {
        loop.execute(() -> time.runFor(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> time.runFor(Duration.ofSeconds(1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterALeapWhatIsDueRunsLate() {
        List<Duration> fired = new ArrayList<>();
        time.after(Duration.ofSeconds(1), () -> fired.add(time.elapsed()));

        time.leap(Duration.ofHours(2));
        assertThat(fired).isEmpty();
        time.runUntilIdle(Duration.ofSeconds(1));

        assertThat(fired).containsExactly(Duration.ofHours(2));
    }

    @Test
    void anotherThreadIsRefused() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread stranger = new Thread(() -> loop.execute(() -> {}), "stranger");
        stranger.setUncaughtExceptionHandler((thread, failure) -> thrown.set(failure));
        stranger.start();
        stranger.join();

        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("stranger");
        assertThat(time.isIdle()).isTrue();
    }

    @Test
    void wallTimeFollowsTheClock() {
        long before = time.epochMicros(time.nanoTime());
        time.runFor(Duration.ofMillis(1500));

        assertThat(time.epochMicros(time.nanoTime()) - before).isEqualTo(1_500_000);
    }
}
