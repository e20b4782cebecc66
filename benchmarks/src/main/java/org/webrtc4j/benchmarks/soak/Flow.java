package org.webrtc4j.benchmarks.soak;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.webrtc4j.RTCDataChannel;

/** One direction of a channel: fills it for a while, then waits until everything has arrived. */
final class Flow {

    private static final int MESSAGE_BYTES = 16_384;
    private static final int HIGH_WATER = 4 * 1024 * 1024;
    private static final int LOW_WATER = 1024 * 1024;
    private static final int PATIENCE_SECONDS = 60;

    private final RTCDataChannel from;
    private final byte[] load = new byte[MESSAGE_BYTES];
    private final Semaphore low = new Semaphore(0);
    private final AtomicLong received = new AtomicLong();
    private long sent;

    Flow(RTCDataChannel from, RTCDataChannel to) {
        this.from = from;
        from.bufferedAmountLowThreshold(LOW_WATER);
        from.onBufferedAmountLow(event -> low.release());
        to.onMessage(message -> received.addAndGet(message.bytes().length));
    }

    /** Sends until then; at the end nothing is under way. Returns how many bytes of messages have arrived. */
    long fill(long untilNanos) throws InterruptedException, TimeoutException {
        long before = received.get();
        while (System.nanoTime() - untilNanos < 0) {
            if (from.bufferedAmount() < HIGH_WATER) {
                from.send(load);
                sent += MESSAGE_BYTES;
            } else {
                // The deadline covers an event that fired before the amount was read.
                low.tryAcquire(100, TimeUnit.MILLISECONDS);
            }
        }
        low.drainPermits();
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (received.get() < sent) {
            if (System.nanoTime() - patience > 0) {
                throw new TimeoutException(sent - received.get() + " bytes did not arrive");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return sent - before;
    }
}
