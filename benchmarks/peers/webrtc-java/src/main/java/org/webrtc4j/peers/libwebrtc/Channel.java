package org.webrtc4j.peers.libwebrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A data channel as the scenarios see it: sending waits for room, and opening and closing are told once. */
final class Channel implements RTCDataChannelObserver {

    /** How long a sender sleeps at the most before it looks at the buffered amount again. */
    private static final long LOOK_AGAIN_MS = 20;

    private final Connection connection;
    private final RTCDataChannel channel;
    private final Scenario scenario;
    private final long highWater;
    private final long lowWater;

    private final AtomicBoolean isOpen = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** Wakes the sender. No lock is held while libwebrtc is called: it may be waiting for one of our callbacks. */
    private final Semaphore changed = new Semaphore(0);

    /** The sender's: at least what is buffered, so that libwebrtc is asked only where that could be too much. */
    private long bufferedAtMost;

    Channel(Connection connection, RTCDataChannel channel, Scenario scenario, PeerConfig config) {
        this.connection = connection;
        this.channel = channel;
        this.scenario = scenario;
        this.highWater = config.highWater;
        this.lowWater = config.lowWater;
    }

    /** Begins to listen; a channel of the other side may be open already. */
    void attach() {
        channel.registerObserver(this);
        onStateChange();
    }

    Connection connection() {
        return connection;
    }

    /** Sends, after waiting for the low mark where the high one is passed. One thread at a time. */
    void send(ByteBuffer data, boolean isText) throws Exception {
        if (bufferedAtMost > highWater) {
            bufferedAtMost = channel.getBufferedAmount();
            if (bufferedAtMost > highWater) {
                awaitBufferedAtMost(lowWater);
            }
        }
        bufferedAtMost += data.remaining();
        channel.send(new RTCDataChannelBuffer(data, !isText));
    }

    /** Waits until everything has left. */
    void drain() throws InterruptedException {
        awaitBufferedAtMost(0);
    }

    private void awaitBufferedAtMost(long amount) throws InterruptedException {
        while (!isClosed.get()) {
            bufferedAtMost = channel.getBufferedAmount();
            if (bufferedAtMost <= amount) {
                return;
            }
            if (changed.tryAcquire(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
        }
        throw new IllegalStateException("the channel closed");
    }

    @Override
    public void onBufferedAmountChange(long previousAmount) {
        changed.release();
    }

    @Override
    public void onStateChange() {
        RTCDataChannelState state = channel.getState();
        if (state == RTCDataChannelState.OPEN && isOpen.compareAndSet(false, true)) {
            connection.opened(this, channel.getLabel());
        } else if (state == RTCDataChannelState.CLOSED && isClosed.compareAndSet(false, true)) {
            changed.release();
            scenario.closed(this);
        }
    }

    @Override
    public void onMessage(RTCDataChannelBuffer message) {
        byte[] data = new byte[message.data.remaining()];
        message.data.get(data);
        scenario.received(this, data, !message.binary);
    }

    /** Releases the native channel; nothing may be called after it. */
    void dispose() {
        isClosed.set(true);
        channel.unregisterObserver();
        channel.close();
        channel.dispose();
    }
}
