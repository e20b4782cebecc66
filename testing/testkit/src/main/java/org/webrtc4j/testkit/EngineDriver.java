package org.webrtc4j.testkit;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.ProtocolEngine;

/**
 * Drives one engine over a {@link VirtualLink} in turns, as the contract of {@link ProtocolEngine} asks: inputs, the end of
 * the batch, one timer at the next timeout.
 */
public final class EngineDriver implements LinkReceiver {

    private final VirtualLoop loop;
    private final ProtocolEngine engine;
    private final LoopTimer timer;

    /**
     * Creates a driver.
     *
     * @param loop where the engine lives
     * @param engine the engine
     */
    public EngineDriver(VirtualLoop loop, ProtocolEngine engine) {
        this.loop = loop;
        this.engine = engine;
        this.timer = loop.newTimer(this::onTimer);
    }

    /**
     * Makes a turn at once: calls of the owner, the end of the batch, the timer.
     *
     * @param calls what the owner calls, given the time of the turn
     */
    public void turn(LongConsumer calls) {
        loop.run(() -> {
            long nowNanos = loop.clock().nanoTime();
            calls.accept(nowNanos);
            onBatchEnd(nowNanos);
        });
    }

    @Override
    public void onPacket(ByteBuffer packet, long nowNanos) {
        engine.handlePacket(packet, nowNanos);
    }

    @Override
    public void onBatchEnd(long nowNanos) {
        engine.handleBatchEnd(nowNanos);
        timer.arm(engine.nextTimeout());
    }

    private void onTimer() {
        long nowNanos = loop.clock().nanoTime();
        engine.handleTimeout(nowNanos);
        onBatchEnd(nowNanos);
    }
}
