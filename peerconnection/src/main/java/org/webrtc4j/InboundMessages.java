package org.webrtc4j;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one channel on their way to its handlers. What waits here while reading is paused still counts in the
 * window of the association, which bounds it.
 */
final class InboundMessages {

    private final RTCDataChannel channel;
    private final DataChannels owner;

    /** Confined to the event place. */
    private final Queue<Arrived> held = new ArrayDeque<>();

    private @Nullable Runnable onceRead;

    private volatile boolean paused;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Arrived(boolean text, byte[] payload) {}

    InboundMessages(RTCDataChannel channel, DataChannels owner) {
        this.channel = channel;
        this.owner = owner;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        owner.place().execute(this::deliverHeld);
    }

    /** Delivers a message, in the event place. */
    void arrived(boolean text, byte[] payload) {
        if (paused || !held.isEmpty()) {
            held.add(new Arrived(text, payload));
        } else {
            deliver(text, payload);
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
            owner.consumed(channel, each.payload().length);
        }
    }

    private void deliverHeld() {
        while (!paused) {
            Arrived next = held.poll();
            if (next == null) {
                break;
            }
            deliver(next.text(), next.payload());
        }
        Runnable task = onceRead;
        if (task != null && held.isEmpty()) {
            onceRead = null;
            task.run();
        }
    }

    private void deliver(boolean text, byte[] payload) {
        if (channel.delivers()) {
            channel.messagesReceived++;
            channel.bytesReceived += payload.length;
            if (channel.hears(EventType.MESSAGE)) {
                owner.fire(
                        channel,
                        EventType.MESSAGE,
                        new MessageEvent(EventType.MESSAGE.name(), channel, data(text, payload)));
            }
        }
        owner.consumed(channel, payload.length);
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
