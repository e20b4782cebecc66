package org.webrtc4j.sctp.planted;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.TimeSource;

/** Each nested class does one thing that no engine may do, except the first, which does all that it may. */
public final class PlantedEngines {

    private PlantedEngines() {}

    /** Time, randomness and the loop are given to it. */
    public static final class Innocent {

        private static final int LIMIT = 5;

        long now(TimeSource clock, RandomGenerator random, EventLoop loop) {
            LoopTimer timer = loop.newTimer(() -> {});
            timer.arm(clock.nanoTime());
            loop.execute(() -> {});
            return random.nextInt(LIMIT) + TimeUnit.SECONDS.toNanos(1);
        }
    }

    /** Reads the clock. */
    public static final class ReadsClock {
        long now() {
            return System.nanoTime();
        }
    }

    /** Reads the clock where no call is seen. */
    public static final class ReadsClockByReference {
        LongSupplier clock() {
            return System::nanoTime;
        }
    }

    /** Makes a clock of its own. */
    public static final class MakesClock {
        TimeSource clock() {
            return TimeSource.system();
        }
    }

    /** Reads wall time. */
    public static final class ReadsWallClock {
        Instant now() {
            return Instant.now();
        }
    }

    /** Makes randomness. */
    public static final class MakesRandom {
        int roll() {
            return new Random().nextInt(6);
        }
    }

    /** Makes randomness for secrets. */
    public static final class MakesSecureRandom {
        int roll() {
            return new SecureRandom().nextInt(6);
        }
    }

    /** Makes randomness without a generator. */
    public static final class RollsDice {
        double roll() {
            return Math.random();
        }
    }

    /** Makes an identifier that nobody can repeat. */
    public static final class NamesItself {
        String name() {
            return UUID.randomUUID().toString();
        }
    }

    /** Starts a thread. */
    public static final class StartsThread {
        void start() {
            new Thread(() -> {}).start();
        }
    }

    /** Waits, without a thread of its own. */
    public static final class Dozes {
        void doze() throws InterruptedException {
            TimeUnit.SECONDS.timedWait(this, 1);
        }
    }

    /** Has a lock. */
    public static final class Locks {
        boolean free() {
            return !new ReentrantLock().isLocked();
        }
    }

    /** Counts for several threads. */
    public static final class Counts {
        private final AtomicLong count = new AtomicLong();

        long next() {
            return count.incrementAndGet();
        }
    }

    /** Promises. */
    public static final class Promises {
        CompletableFuture<String> promise() {
            return CompletableFuture.completedFuture("");
        }
    }

    /** Opens a socket. */
    public static final class OpensSocket {
        DatagramChannel open() throws IOException {
            return DatagramChannel.open();
        }
    }

    /** Asks a name server. */
    public static final class LooksUpName {
        @SuppressWarnings("AddressSelection")
        InetAddress find(String name) throws IOException {
            return InetAddress.getByName(name);
        }
    }

    /** Shares a field. */
    public static final class SharesField {
        volatile int shared;
    }

    /** Shares a field by a handle of it. */
    public static final class SharesByHandle {
        void publish(VarHandle field) {
            field.setVolatile(this, 1);
        }
    }

    /** Locks itself. */
    public static final class LocksItself {
        private int count;

        synchronized int next() {
            return ++count;
        }
    }

    /** Wakes others up. */
    public static final class WakesOthers {
        @SuppressWarnings({"NakedNotify", "NotifyAll"})
        void wake() {
            notifyAll();
        }
    }
}
