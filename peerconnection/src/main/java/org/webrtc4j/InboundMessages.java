package org.webrtc4j;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one channel, whole or in parts, on their way to its handlers. What waits here while reading is paused still
 * counts in the window of the association, which bounds it.
 */
final class InboundMessages {

    private final RTCDataChannel channel;
    private final ChannelTraffic owner;

    /** Confined to the event place. */
    private final Queue<Arrived> held = new ArrayDeque<>();

    private final StreamedMessages streamed;
    private @Nullable Runnable onceRead;

    private volatile boolean paused;
    private volatile @Nullable MessageReceiver receiver;

    /**
     * What came: a whole message, a part of one, or the news that the rest will not come.
     *
     * @param message the number its parts have in common; 0 for a whole one
     * @param payload null when the rest will not come
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Arrived(boolean text, long message, byte @Nullable [] payload, boolean last) {
        int bytes() {
            return payload == null ? 0 : payload.length;
        }
    }

    InboundMessages(RTCDataChannel channel, ChannelTraffic owner) {
        this.channel = channel;
        this.owner = owner;
        streamed = new StreamedMessages(owner::onHandlerThrew);
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        owner.place().execute(this::deliverHeld);
    }

    void receiver(@Nullable MessageReceiver value) {
        receiver = value;
    }

    boolean isStreaming() {
        return receiver != null;
    }

    /** A whole message, in the event place. */
    void arrived(boolean text, byte[] payload) {
        take(new Arrived(text, 0, payload, true));
    }

    /** A part of a message, in the event place. */
    void partArrived(boolean text, long message, byte[] payload, boolean last) {
        take(new Arrived(text, message, payload, last));
    }

    /** The rest of a message will not come, in the event place. */
    void aborted(long message) {
        take(new Arrived(false, message, null, true));
    }

    private void take(Arrived arrived) {
        if (paused || !held.isEmpty()) {
            held.add(arrived);
        } else {
            deliver(arrived);
        }
    }

    /** Runs a task when everything that arrived was read: at once, unless reading is paused. In the event place. */
    void whenRead(Runnable task) {
        if (held.isEmpty()) {
            task.run();
        } else {
            onceRead = task;
        }
    }

    /** The channel is closed: what was not read will not be, and no longer holds the association back. */
    void closed() {
        onceRead = null;
        for (Arrived each = held.poll(); each != null; each = held.poll()) {
            if (each.payload() != null) {
                owner.consumed(channel, each.bytes());
            }
        }
        if (!streamed.isEmpty()) {
            streamed.abortAll(DOMException.invalidState("The channel was closed"));
        }
    }

    private void deliverHeld() {
        while (!paused) {
            Arrived next = held.poll();
            if (next == null) {
                break;
            }
            deliver(next);
        }
        Runnable task = onceRead;
        if (task != null && held.isEmpty()) {
            onceRead = null;
            task.run();
        }
    }

    private void deliver(Arrived arrived) {
        byte[] payload = arrived.payload();
        if (payload == null) {
            streamed.aborted(arrived.message(), DOMException.operation("The other side has given the message up"));
            return;
        }
        if (channel.delivers()) {
            channel.messagesReceived += arrived.last() ? 1 : 0;
            channel.bytesReceived += payload.length;
            deliver(arrived, payload);
        }
        owner.consumed(channel, payload.length);
    }

    private void deliver(Arrived arrived, byte[] payload) {
        MessageReceiver now = receiver;
        boolean text = arrived.text();
        if (arrived.message() != 0) {
            streamed.part(now, text, arrived.message(), payload, arrived.last());
        } else if (now != null) {
            streamed.whole(now, text, payload);
        } else if (channel.hears(EventType.MESSAGE)) {
            owner.fire(
                    channel,
                    EventType.MESSAGE,
                    new MessageEvent(EventType.MESSAGE.name(), channel, data(text, payload)));
        }
    }

    private MessageData data(boolean text, byte[] payload) {
        if (text) {
            return new MessageData.Text(new String(payload, StandardCharsets.UTF_8));
        }
        return channel.binaryType() == BinaryType.BLOB
                ? new MessageData.Blob(ByteBuffer.wrap(payload))
                : new MessageData.ArrayBuffer(payload);
    }
}
