package org.webrtc4j.ice.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;

@Timeout(30)
class NettyEventLoopsTest {

    static Stream<Transport> transports() {
        return Sockets.transports();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void tasksRunInOrderOnTheLoopAndNeverInsideTheCall(Transport transport) throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1, transport)) {
            EventLoop loop = loops.next();
            List<Integer> seen = new ArrayList<>();
            CompletableFuture<List<Integer>> done = new CompletableFuture<>();
            loop.execute(() -> {
                assertInLoop(loop, done);
                loop.execute(() -> seen.add(1));
                loop.execute(() -> seen.add(2));
                seen.add(0);
                loop.execute(() -> done.complete(seen));
            });

            assertThat(done.get(10, TimeUnit.SECONDS)).containsExactly(0, 1, 2);
            assertThat(loop.inLoop()).isFalse();
            assertThat(loops.transport()).isEqualTo(transport);
        }
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1)) {
            EventLoop loop = loops.next();
            CompletableFuture<String> done = new CompletableFuture<>();
            loop.execute(() -> {
                throw new IllegalStateException("planted");
            });
            loop.execute(() -> loop.newTimer(() -> {
                        loop.execute(() -> done.complete("alive"));
                        throw new IllegalStateException("planted");
                    })
                    .arm(loop.clock().nanoTime()));

            assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo("alive");
        }
    }

    @Test
    void aTimerMovedEarlierFiresAtTheEarlierTimeAndOnce() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1)) {
            EventLoop loop = loops.next();
            AtomicInteger fired = new AtomicInteger();
            CompletableFuture<Long> lateness = new CompletableFuture<>();
            loop.execute(() -> {
                long now = loop.clock().nanoTime();
                LoopTimer timer = loop.newTimer(() -> {
                    fired.incrementAndGet();
                    lateness.complete(loop.clock().nanoTime() - now);
                });
                timer.arm(now + Duration.ofDays(1).toNanos());
                timer.arm(now + Duration.ofMillis(2).toNanos());
            });

            assertThat(lateness.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(2_000_000L);
            assertThat(fired).hasValue(1);
        }
    }

    @Test
    void aTimerMovedLaterNeitherFiresEarlyNorTouchesTheQueue() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1)) {
            NettyEventLoop loop = (NettyEventLoop) loops.next();
            CompletableFuture<Long> lateness = new CompletableFuture<>();
            AtomicLong deadline = new AtomicLong();
            loop.execute(() -> {
                NettyTimer timer = new NettyTimer(
                        loop, () -> lateness.complete(loop.clock().nanoTime() - deadline.get()));
                long first = loop.clock().nanoTime() + Duration.ofMillis(1).toNanos();
                timer.arm(first);
                Object entry = timer.queueEntry();
                for (int i = 0; i < 1_000; i++) {
                    deadline.set(first + i * 20_000L);
                    timer.arm(deadline.get());
                }
                if (timer.queueEntry() != entry) {
                    lateness.completeExceptionally(new AssertionError("scheduled again"));
                }
            });

            assertThat(lateness.get(10, TimeUnit.SECONDS)).isNotNegative();
        }
    }

    @Test
    void aCancelledTimerDoesNotFireUnlessArmedAgain() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1)) {
            EventLoop loop = loops.next();
            List<String> seen = new ArrayList<>();
            CompletableFuture<List<String>> done = new CompletableFuture<>();
            loop.execute(() -> {
                long now = loop.clock().nanoTime();
                LoopTimer cancelled = loop.newTimer(() -> seen.add("cancelled"));
                LoopTimer again = loop.newTimer(() -> seen.add("again"));
                cancelled.arm(now);
                again.arm(now);
                cancelled.cancel();
                again.cancel();
                again.arm(now + 1_000_000);
                loop.newTimer(() -> done.complete(seen)).arm(now + 5_000_000);
            });

            assertThat(done.get(10, TimeUnit.SECONDS)).containsExactly("again");
        }
    }

    @Test
    void aTimerMayArmItselfInItsOwnTask() throws Exception {
        try (NettyEventLoops loops = NettyEventLoops.create(1)) {
            EventLoop loop = loops.next();
            CompletableFuture<Integer> done = new CompletableFuture<>();
            LoopTimer[] timer = new LoopTimer[1];
            int[] fired = {0};
            loop.execute(() -> {
                timer[0] = loop.newTimer(() -> {
                    if (++fired[0] == 3) {
                        done.complete(fired[0]);
                    } else {
                        timer[0].arm(loop.clock().nanoTime() + 100_000);
                    }
                });
                timer[0].arm(loop.clock().nanoTime());
            });

            assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(3);
        }
    }

    @Test
    void afterShutdownTasksAreRejectedAndThreadsAreGone() throws Exception {
        NettyEventLoops loops = NettyEventLoops.create(2);
        EventLoop loop = loops.next();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        assertThat(thread.get(10, TimeUnit.SECONDS).isDaemon()).isTrue();
        assertThat(thread.get().getName()).startsWith("webrtc4j-loop");

        loops.shutdown(Duration.ofSeconds(5)).get(10, TimeUnit.SECONDS);

        assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        thread.get().join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void loopsAreDealtRoundRobin() {
        try (NettyEventLoops loops = NettyEventLoops.create(3)) {
            List<EventLoop> dealt =
                    IntStream.range(0, 6).mapToObj(i -> loops.next()).toList();

            assertThat(dealt.subList(0, 3)).containsExactlyElementsOf(loops.loops());
            assertThat(dealt.subList(3, 6)).containsExactlyElementsOf(loops.loops());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aGroupOfTheUserIsUsedAndOutlivesUs(Transport transport) throws Exception {
        try (NettyEventLoops owner = NettyEventLoops.create(1, transport)) {
            EventLoopGroup group = ((NettyEventLoop) owner.next()).netty().parent();
            NettyEventLoops over = NettyEventLoops.over(group);

            assertThat(over.transport()).isEqualTo(transport);
            over.close();

            CompletableFuture<String> done = new CompletableFuture<>();
            over.next().execute(() -> done.complete("alive"));
            assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo("alive");
        }
    }

    @Test
    @SuppressWarnings("deprecation") // the form that Netty 4.1 and 4.2 share
    void aGroupOfAnotherKindIsRefused() {
        EventLoopGroup local = new io.netty.channel.DefaultEventLoopGroup(1);
        try {
            assertThatThrownBy(() -> NettyEventLoops.over(local)).isInstanceOf(IllegalArgumentException.class);
        } finally {
            local.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @Test
    void theLagOfTheLastSecondsIsForgottenAndTheMaximumIsKept() {
        LagMeter meter = new LagMeter(0);
        meter.record(5, 10);
        meter.record(3, LagMeter.WINDOW_NANOS);

        assertThat(meter.read(LagMeter.WINDOW_NANOS)).isEqualTo(new LoopLag(5, 5));
        meter.record(4, 2 * LagMeter.WINDOW_NANOS);
        assertThat(meter.read(2 * LagMeter.WINDOW_NANOS)).isEqualTo(new LoopLag(4, 5));
        assertThat(meter.read(4 * LagMeter.WINDOW_NANOS)).isEqualTo(new LoopLag(0, 5));
    }

    private static void assertInLoop(EventLoop loop, CompletableFuture<?> done) {
        if (!loop.inLoop()) {
            done.completeExceptionally(new AssertionError("not in the loop"));
        }
    }
}
