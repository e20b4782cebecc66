package org.webrtc4j.sctp.tx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpScheduler;

/**
 * Which stream is next (RFC 8260 section 3): streams with something to send, a binary heap by when each is due.
 *
 * <p>Weighted fairness is self-clocked fair queueing: what a stream sends next is due at a virtual time that its size over
 * the stream's priority moves on from where the stream has got to, or from the clock when it had nothing to send; the
 * clock is at what was served last. In round robin a stream is due after all that wait already. In first come its first
 * message is, by its place among all.
 */
final class SendSchedule {

    /** Virtual time is in bytes over priority, scaled so that integers lose nothing that matters. */
    private static final int SCALE_SHIFT = 16;

    private static final int OVERHEAD = 16;

    private final SctpScheduler scheduler;
    /** At most this much of a message leaves in one turn. */
    private int turnBytes = Integer.MAX_VALUE;

    private OutboundStream[] heap = new OutboundStream[8];
    private int size;
    private long clock;

    SendSchedule(SctpScheduler scheduler) {
        this.scheduler = scheduler;
    }

    void setTurnBytes(int bytes) {
        turnBytes = bytes;
    }

    @Nullable
    OutboundStream first() {
        return size == 0 ? null : heap[0];
    }

    /**
     * Lets a stream that has something to send wait for its turn.
     *
     * @param again it has just been served
     */
    void add(OutboundStream stream, boolean again) {
        stream.from = again ? stream.served : Math.max(clock, stream.served);
        if (scheduler == SctpScheduler.ROUND_ROBIN) {
            clock++;
        }
        insert(stream);
    }

    private void insert(OutboundStream stream) {
        stream.due = due(stream);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        place(stream, size++);
        siftUp(stream.heapIndex);
    }

    /** Lets a stream wait again that was taken out, as if it had waited all the time. */
    void putBack(OutboundStream stream) {
        insert(stream);
    }

    /** What a stream sends next, or its priority, has changed. In round robin it keeps its turn. */
    void update(OutboundStream stream) {
        if (stream.heapIndex < 0) {
            return;
        }
        if (!stream.isSendable()) {
            remove(stream);
        } else if (scheduler != SctpScheduler.ROUND_ROBIN) {
            stream.due = due(stream);
            siftUp(stream.heapIndex);
            siftDown(stream.heapIndex);
        }
    }

    /** A stream has its turn, and sends so many bytes in it; it waits no more. */
    void serve(OutboundStream stream, int bytes) {
        if (scheduler == SctpScheduler.WEIGHTED_FAIR) {
            clock = stream.due;
            // Less than was reckoned with, perhaps, where a fragment was cut to fill a packet.
            stream.served = stream.from + cost(bytes, stream.priority);
        }
        remove(stream);
    }

    private long due(OutboundStream stream) {
        OutboundMessage head = stream.head;
        if (head == null) {
            throw new IllegalStateException("nothing to send");
        }
        return switch (scheduler) {
            case WEIGHTED_FAIR -> stream.from + cost(Math.min(head.remaining(), turnBytes), stream.priority);
            case ROUND_ROBIN -> clock;
            case FIRST_COME -> head.place;
        };
    }

    private static long cost(int bytes, int priority) {
        return ((long) (bytes + OVERHEAD) << SCALE_SHIFT) / priority;
    }

    void clear() {
        heap = new OutboundStream[8];
        size = 0;
    }

    /** Takes a stream out, if it waits. */
    void remove(OutboundStream stream) {
        int index = stream.heapIndex;
        if (index < 0) {
            return;
        }
        stream.heapIndex = -1;
        OutboundStream last = heap[--size];
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
        while (2 * index + 1 < size) {
            int child = 2 * index + 1;
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], heap[index])) {
                return;
            }
            index = swap(index, child);
        }
    }

    private static boolean before(OutboundStream a, OutboundStream b) {
        return a.due != b.due ? a.due < b.due : a.id < b.id;
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
}
