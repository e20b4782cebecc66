package org.webrtc4j;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.driver.ConfinedFuture;

/** What one channel was given to send and has not yet handed to the network. Safe from any thread. */
final class SendBuffer {

    /** Below so many bytes a message given to sendAsync is accepted: 1 MiB. */
    static final int ASYNC_HIGH_WATER = 1024 * 1024;

    /** How many messages may wait in sendAsync. */
    static final int MAX_WAITING = 1_024;

    private final RTCDataChannel channel;
    private final ChannelTraffic owner;
    private final AtomicLong amount = new AtomicLong();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private volatile long lowThreshold;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Waiting(boolean text, byte[] payload, ConfinedFuture<@Nullable Void> done) {}

    SendBuffer(RTCDataChannel channel, ChannelTraffic owner) {
        this.channel = channel;
        this.owner = owner;
    }

    long amount() {
        return amount.get();
    }

    long lowThreshold() {
        return lowThreshold;
    }

    void lowThreshold(long bytes) {
        lowThreshold = bytes;
    }

    /** Takes a message over: its array belongs to the association from here on. */
    void send(boolean text, byte[] payload) {
        if (channel.readyState() != RTCDataChannelState.OPEN) {
            throw DOMException.invalidState("The channel is " + channel.readyState() + ", not open");
        }
        owner.checkMessageSize(payload.length);
        reserve(payload.length);
        channel.messagesSent.incrementAndGet();
        channel.bytesSent.addAndGet(payload.length);
        owner.send(channel, text, payload);
    }

    CompletableFuture<@Nullable Void> sendAsync(boolean text, byte[] payload) {
        ConfinedFuture<@Nullable Void> done = new ConfinedFuture<>(owner.place()::here);
        synchronized (waiting) {
            boolean room = waiting.isEmpty() && amount.get() < ASYNC_HIGH_WATER;
            if (!room && channel.readyState() == RTCDataChannelState.OPEN) {
                if (waiting.size() >= MAX_WAITING) {
                    done.completeExceptionally(
                            DOMException.operation(MAX_WAITING + " messages wait on this channel already"));
                } else {
                    waiting.add(new Waiting(text, payload, done));
                }
                return done;
            }
        }
        accept(new Waiting(text, payload, done));
        return done;
    }

    private void accept(Waiting message) {
        try {
            send(message.text(), message.payload());
            message.done().complete(null);
        } catch (DOMException refused) {
            message.done().completeExceptionally(refused);
        }
    }

    private void reserve(int bytes) {
        long before;
        do {
            before = amount.get();
            if (before + bytes > RuntimeLimits.MAX_CHANNEL_BUFFER) {
                throw DOMException.operation("The channel already holds " + before + " bytes to send");
            }
        } while (!amount.compareAndSet(before, before + bytes));
        if (!owner.reserve(bytes)) {
            amount.addAndGet(-bytes);
            throw DOMException.operation(
                    "The connection or the runtime holds as many bytes to send as its limits allow");
        }
    }

    /** Bytes left for the network, or were refused by the association; on the loop. */
    void release(long bytes) {
        long before = amount.getAndUpdate(held -> Math.max(0, held - bytes));
        owner.release(Math.min(bytes, before));
        long threshold = lowThreshold;
        if (before > threshold && before - bytes <= threshold) {
            owner.onBufferedAmountLow(channel);
        }
        if (before - bytes < ASYNC_HIGH_WATER) {
            owner.place().execute(this::admitWaiting);
        }
    }

    /** Accepts waiting messages while there is room, in the event place. */
    private void admitWaiting() {
        while (true) {
            Waiting next;
            synchronized (waiting) {
                if (waiting.isEmpty() || amount.get() >= ASYNC_HIGH_WATER) {
                    return;
                }
                next = waiting.poll();
            }
            accept(next);
        }
    }

    /** The channel is closed: nothing waits any more, and nothing counts. In the event place or on close. */
    void closed() {
        long left = amount.getAndSet(0);
        owner.release(left);
        while (true) {
            Waiting next;
            synchronized (waiting) {
                next = waiting.poll();
            }
            if (next == null) {
                return;
            }
            next.done().completeExceptionally(DOMException.invalidState("The channel was closed"));
        }
    }
}
