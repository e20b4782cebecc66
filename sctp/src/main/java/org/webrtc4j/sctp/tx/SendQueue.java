package org.webrtc4j.sctp.tx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpScheduler;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.EventQueue;
import org.webrtc4j.sctp.shared.StreamTable;

/**
 * Messages not yet sent, and which stream is next.
 *
 * <p>A message of DATA chunks once begun runs to its end, since its fragments have consecutive TSNs (RFC 9260 section 6.9);
 * streams take turns between messages. With I-DATA they take turns between fragments (RFC 8260). Whose turn it is
 * {@link SendSchedule} says.
 */
public final class SendQueue {

    private final StreamTable<OutboundStream> streams = new StreamTable<>();
    private final int streamBufferSize;
    private final EventQueue events;
    private final Counters counters;

    /** Streams with something to send, but for the one that must go on. */
    private final SendSchedule schedule;

    private final Admission admission = new Admission();
    private boolean interleaving;
    /** The stream in the middle of a message that nothing may interrupt. */
    private @Nullable OutboundStream current;

    private long places;
    /** Bytes never sent, of all streams, control messages included. */
    private long totalQueued;

    private int[] dirty = new int[8];
    private int dirtyCount;

    public SendQueue(int streamBufferSize, SctpScheduler scheduler, EventQueue events, Counters counters) {
        this.streamBufferSize = streamBufferSize;
        schedule = new SendSchedule(scheduler);
        this.events = events;
        this.counters = counters;
    }

    /** Says whether turns are fragments, of so many bytes at most, or whole messages. */
    void setInterleaving(boolean on, int maxFragment) {
        interleaving = on;
        schedule.setTurnBytes(on ? maxFragment : Integer.MAX_VALUE);
        // What waits already was to have turns of another length.
        streams.forEach(schedule::update);
    }

    /** An association begins whose peer has a window of so many bytes. */
    void start(long peerWindow, int maxFragment) {
        admission.start(peerWindow, maxFragment);
        streams.forEach(stream -> await(stream, false));
    }

    /** Queues a message, whose array is handed over. */
    public SendStatus add(int streamId, int ppid, byte[] payload, SendOptions options, long nowNanos) {
        OutboundStream stream = stream(streamId);
        OutboundMessage message = new OutboundMessage(stream, ppid, payload, options, nowNanos);
        if (stream.charged + OutboundStream.charge(message) > streamBufferSize) {
            return SendStatus.BUFFER_FULL;
        }
        message.place = places++;
        stream.append(message);
        totalQueued += payload.length;
        if (stream.head == message) {
            await(stream, false);
        }
        return SendStatus.QUEUED;
    }

    OutboundStream stream(int id) {
        OutboundStream stream = streams.get(id);
        if (stream == null) {
            stream = new OutboundStream(id);
            streams.put(id, stream);
        }
        return stream;
    }

    /** The message whose next fragment is to be sent, or null; messages whose lifetime is over are dropped on the way. */
    @Nullable
    OutboundMessage peek(long nowNanos) {
        while (true) {
            OutboundStream stream = current == null ? schedule.first() : current;
            OutboundMessage head = stream == null ? null : stream.head;
            if (stream == null || head == null) {
                return null;
            }
            if (interleaving && !admission.admits(head)) {
                schedule.remove(stream);
                admission.hold(stream);
                continue;
            }
            if (head.sent > 0 || !head.isExpired(nowNanos)) {
                return head;
            }
            counters.messagesAbandoned++;
            events.add(new SctpEvent.Abandoned(stream.id, head.ppid));
            drop(stream, head);
        }
    }

    /** Lets a stream wait for its turn, if there is something it may send. */
    private void await(OutboundStream stream, boolean again) {
        if (stream != current && stream.heapIndex < 0 && !stream.held && stream.isSendable()) {
            schedule.add(stream, again);
        }
    }

    /** A message is no longer under way: others may begin. */
    private void ended(OutboundMessage message) {
        admission.onEnded(message);
        long released = 0;
        for (OutboundStream next = admission.release(0); next != null; next = admission.release(released)) {
            OutboundMessage head = next.head;
            if (head != null && next.isSendable()) {
                released += head.payload.length;
                schedule.putBack(next);
            }
        }
    }

    /** Notes that bytes of the message last peeked were sent. */
    void sent(OutboundMessage message, int bytes) {
        OutboundStream stream = message.stream;
        if (stream != current) {
            schedule.serve(stream, interleaving ? bytes : message.remaining());
        }
        if (interleaving && message.sent == 0) {
            admission.onBegun(message);
        }
        message.sent += bytes;
        counters.bytesSent += bytes;
        left(message, bytes);
        current = interleaving ? null : stream;
        if (message.remaining() == 0) {
            counters.messagesSent++;
            stream.removeHead();
            current = null;
            ended(message);
        }
        await(stream, true);
    }

    /** Drops the unsent rest of a message that has been abandoned while being sent. */
    void discardRest(OutboundMessage message) {
        OutboundStream stream = message.stream;
        if (stream.head == message) {
            drop(stream, message);
        }
    }

    private void drop(OutboundStream stream, OutboundMessage head) {
        int rest = head.remaining();
        left(head, rest);
        head.sent = head.payload.length;
        stream.removeHead();
        if (current == stream) {
            current = null;
        }
        schedule.update(stream);
        ended(head);
        await(stream, false);
    }

    /** Bytes are no longer queued: they have been sent or given up. */
    private void left(OutboundMessage message, int bytes) {
        totalQueued -= bytes;
        if (message.control || bytes == 0) {
            return;
        }
        OutboundStream stream = message.stream;
        if (stream.drained == 0) {
            if (dirtyCount == dirty.length) {
                dirty = Arrays.copyOf(dirty, dirtyCount * 2);
            }
            dirty[dirtyCount++] = stream.id;
        }
        stream.drained += bytes;
        long before = stream.buffered;
        stream.buffered -= bytes;
        if (before > stream.lowThreshold && stream.buffered <= stream.lowThreshold) {
            events.add(new SctpEvent.BufferedAmountLow(stream.id));
        }
    }

    /** Hands out how many bytes left each stream since the last call. */
    public void drainSent(DrainedBytes consumer) {
        int count = dirtyCount;
        dirtyCount = 0;
        for (int i = 0; i < count; i++) {
            OutboundStream stream = stream(dirty[i]);
            long bytes = stream.drained;
            stream.drained = 0;
            consumer.drained(stream.id, bytes);
        }
    }

    /** Takes how many bytes left one stream since the last call. */
    @FunctionalInterface
    public interface DrainedBytes {
        void drained(int streamId, long bytes);
    }

    public boolean isEmpty() {
        return totalQueued == 0;
    }

    public long totalQueued() {
        return totalQueued;
    }

    public long buffered(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream == null ? 0 : stream.buffered;
    }

    /** Whether a stream has messages not completely sent. */
    public boolean hasQueued(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream != null && stream.head != null;
    }

    public void setLowThreshold(int streamId, long bytes) {
        stream(streamId).lowThreshold = bytes;
    }

    public void setPriority(int streamId, int priority) {
        OutboundStream stream = stream(streamId);
        stream.priority = priority;
        schedule.update(stream);
    }

    /** Begins no new message on a stream until {@link #resume}. */
    public void pause(int streamId) {
        OutboundStream stream = stream(streamId);
        stream.paused = true;
        schedule.update(stream);
    }

    /** Whether a paused stream has sent the message it was in. */
    public boolean isQuiet(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream == null || !stream.isMidMessage();
    }

    /** Ends a pause; after a reset performed by the peer sequence numbers start at zero. */
    public void resume(int streamId, boolean reset) {
        OutboundStream stream = stream(streamId);
        stream.paused = false;
        if (reset) {
            stream.restartNumbers();
        }
        await(stream, false);
    }

    /** After a restart of the peer: messages partly sent begin again, sequence numbers start at zero, no stream is paused. */
    public void restart() {
        current = null;
        admission.clear();
        for (OutboundStream stream : streams) {
            stream.restartNumbers();
            stream.paused = false;
            OutboundMessage head = stream.head;
            if (head != null && head.sent > 0) {
                stream.count(head, head.sent);
                totalQueued += head.sent;
                head.startAgain();
            }
            schedule.update(stream);
            await(stream, false);
        }
    }

    /** Drops everything. */
    public void clear() {
        streams.clear();
        schedule.clear();
        admission.clear();
        current = null;
        totalQueued = 0;
        dirtyCount = 0;
    }

    /** Invariant: what is buffered equals what the queues hold. */
    public boolean consistent() {
        long total = 0;
        for (OutboundStream stream : streams) {
            long buffered = 0;
            for (OutboundMessage m = stream.head; m != null; m = m.next) {
                buffered += m.control ? 0 : m.remaining();
                total += m.remaining();
            }
            boolean waits = stream.heapIndex >= 0 || stream == current;
            boolean placed = stream.held ? !waits : stream.isSendable() == waits;
            if (buffered != stream.buffered || !placed) {
                return false;
            }
        }
        return total == totalQueued;
    }
}
