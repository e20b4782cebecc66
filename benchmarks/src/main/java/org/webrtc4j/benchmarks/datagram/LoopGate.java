package org.webrtc4j.benchmarks.datagram;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Holds an event loop while a burst arrives, and measures how it reads all of it. */
final class LoopGate {

    private static final int LIMIT_SECONDS = 20;

    private final Executor loop;
    private final ThreadMeter meter = new ThreadMeter();
    private CompletableFuture<Cost> read = new CompletableFuture<>();
    private int packets;

    LoopGate(Executor loop) {
        this.loop = loop;
    }

    Cost pass(BurstReceiver.Source source) throws Exception {
        CompletableFuture<Cost> done = new CompletableFuture<>();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        loop.execute(() -> {
            read = done;
            packets = 0;
            held.countDown();
            try {
                sent.await();
            } catch (InterruptedException e) {
                done.completeExceptionally(e);
            }
            meter.start();
        });
        held.await();
        try {
            source.send();
        } finally {
            sent.countDown();
        }
        return done.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** On the loop, for each packet. */
    void onPacket() {
        packets++;
    }

    /** On the loop, when it cannot read. */
    void onFailure(Exception cause) {
        read.completeExceptionally(cause);
    }

    /** On the loop, when it has read what there was. */
    void onReadEnd() {
        if (packets == Burst.PACKETS) {
            packets = 0;
            read.complete(meter.stop());
        }
    }
}
