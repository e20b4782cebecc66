package org.webrtc4j.sctp.tx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SendOptions;
import org.webrtc4j.sctp.SendStatus;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.EventQueue;
import org.webrtc4j.sctp.shared.StreamTable;

/**
 * Messages not yet sent, and which stream is next.
 *
 * <p>A message once begun runs to its end, since its fragments have consecutive TSNs (RFC 9260 section 6.9); streams take
 * turns between messages. Turns follow self-clocked fair queueing: each stream's first message is due at a virtual time
 * that its size over the stream's priority moves on, and the earliest goes first. Equal priorities and sizes are round
 * robin by message; otherwise bytes are shared in the ratio of the priorities.
 */
public final class SendQueue {

    /** Virtual time is in bytes over priority, scaled so that integers lose nothing that matters. */
    private static final int SCALE_SHIFT = 16;

    private static final int MESSAGE_OVERHEAD = 16;

    private final StreamTable<OutboundStream> streams = new StreamTable<>();
    private final int streamBufferSize;
    private final EventQueue events;
    private final Counters counters;

    /** Streams with something to send, a binary heap by {@link OutboundStream#finish}. */
    private OutboundStream[] heap = new OutboundStream[8];

    private int heapSize;
    private long virtualTime;
    private @Nullable OutboundStream current;
    /** Bytes never sent, of all streams, control messages included. */
    private long totalQueued;

    private int[] dirty = new int[8];
    private int dirtyCount;

    public SendQueue(int streamBufferSize, EventQueue events, Counters counters) {
        this.streamBufferSize = streamBufferSize;
        this.events = events;
        this.counters = counters;
    }

    /** Queues a message, whose array is handed over. */
    public SendStatus add(int streamId, int ppid, byte[] payload, SendOptions options, long nowNanos) {
        OutboundStream stream = stream(streamId);
        OutboundMessage message = new OutboundMessage(stream, ppid, payload, options, nowNanos);
        if (stream.charged + OutboundStream.charge(message) > streamBufferSize) {
            return SendStatus.BUFFER_FULL;
        }
        stream.append(message);
        totalQueued += payload.length;
        schedule(stream);
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
            OutboundStream stream = current;
            if (stream == null) {
                if (heapSize == 0) {
                    return null;
                }
                stream = removeFirst();
                virtualTime = stream.finish;
                stream.finishOfLast = stream.finish;
                current = stream;
            }
            OutboundMessage head = stream.head;
            if (head != null && stream.isSendable()) {
                if (head.sent > 0 || !head.isExpired(nowNanos)) {
                    return head;
                }
                counters.messagesAbandoned++;
                events.add(new SctpEvent.Abandoned(stream.id, head.ppid));
                drop(stream, head);
            } else {
                current = null;
            }
        }
    }

    /** Notes that bytes of the message last peeked were sent. */
    void sent(OutboundMessage message, int bytes) {
        OutboundStream stream = message.stream;
        message.sent += bytes;
        counters.bytesSent += bytes;
        left(message, bytes);
        if (message.remaining() == 0) {
            counters.messagesSent++;
            stream.removeHead();
            current = null;
            schedule(stream);
        }
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
        schedule(stream);
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
        stream(streamId).priority = priority;
    }

    /** Begins no new message on a stream until {@link #resume}. */
    public void pause(int streamId) {
        OutboundStream stream = stream(streamId);
        stream.paused = true;
        if (!stream.isSendable()) {
            remove(stream);
            if (current == stream) {
                current = null;
            }
        }
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
            stream.nextSsn = 0;
        }
        schedule(stream);
    }

    /** After a restart of the peer: messages partly sent begin again, sequence numbers start at zero, no stream is paused. */
    public void restart() {
        current = null;
        for (OutboundStream stream : streams) {
            stream.nextSsn = 0;
            stream.paused = false;
            OutboundMessage head = stream.head;
            if (head != null && head.sent > 0) {
                stream.count(head, head.sent);
                totalQueued += head.sent;
                head.sent = 0;
            }
            schedule(stream);
        }
    }

    /** Drops everything. */
    public void clear() {
        streams.clear();
        heap = new OutboundStream[8];
        heapSize = 0;
        current = null;
        totalQueued = 0;
        dirtyCount = 0;
    }

    private void schedule(OutboundStream stream) {
        OutboundMessage head = stream.head;
        if (head == null || stream.heapIndex >= 0 || stream == current || !stream.isSendable()) {
            return;
        }
        long cost = ((long) (head.remaining() + MESSAGE_OVERHEAD) << SCALE_SHIFT) / stream.priority;
        stream.finish = Math.max(virtualTime, stream.finishOfLast) + cost;
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize * 2);
        }
        place(stream, heapSize++);
        siftUp(stream.heapIndex);
    }

    private OutboundStream removeFirst() {
        OutboundStream first = heap[0];
        remove(first);
        return first;
    }

    private void remove(OutboundStream stream) {
        int index = stream.heapIndex;
        if (index < 0) {
            return;
        }
        stream.heapIndex = -1;
        OutboundStream last = heap[--heapSize];
        if (last != stream) {
            place(last, index);
            siftUp(index);
            siftDown(last.heapIndex);
        }
    }

    private void siftUp(int from) {
        int index = from;
        while (index > 0 && before(heap[index], heap[(index - 1) / 2])) {
            index = swap(index, (index - 1) / 2);
        }
    }

    private void siftDown(int from) {
        int index = from;
        while (2 * index + 1 < heapSize) {
            int child = 2 * index + 1;
            if (child + 1 < heapSize && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], heap[index])) {
                return;
            }
            index = swap(index, child);
        }
    }

    private static boolean before(OutboundStream a, OutboundStream b) {
        return a.finish != b.finish ? a.finish < b.finish : a.id < b.id;
    }

    private int swap(int a, int b) {
        OutboundStream moved = heap[a];
        place(heap[b], a);
        place(moved, b);
        return b;
    }

    private void place(OutboundStream stream, int index) {
        heap[index] = stream;
        stream.heapIndex = index;
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
            if (buffered != stream.buffered || (stream.isSendable() != (stream.heapIndex >= 0 || stream == current))) {
                return false;
            }
        }
        return total == totalQueued;
    }
}
