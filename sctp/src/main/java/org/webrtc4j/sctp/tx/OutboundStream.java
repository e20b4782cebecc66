package org.webrtc4j.sctp.tx;

import org.jspecify.annotations.Nullable;

/** The queue of one stream: messages in order, the first perhaps partly sent. */
final class OutboundStream {

    /** A message counts at least this much against the limit, so that tiny ones cannot hold many times it. */
    static final int LEAST_CHARGE = 64;

    static final int DEFAULT_PRIORITY = 256;

    final int id;

    /** The numbers of the next ordered and the next unordered message. */
    private int nextOrdered;

    private int nextUnordered;
    int priority = DEFAULT_PRIORITY;
    /** Payload bytes never sent: bufferedAmount. */
    long buffered;
    /** The same with small messages charged more, for the limit. */
    long charged;

    long lowThreshold;
    /** Payload bytes first sent or dropped unsent since the owner last asked. */
    long drained;
    /** No new message is begun: a reset is pending (RFC 6525 section 5.1.2). */
    boolean paused;

    /** When the first message is due, from when that was reckoned, and how far the stream has been served. */
    long due;

    long from;
    long served;
    /** Its place among the streams that wait, or -1; the four belong to {@link SendSchedule}. */
    int heapIndex = -1;
    /** It waits until it may begin its message; see {@link Admission}. */
    boolean held;

    @Nullable
    OutboundMessage head;

    private @Nullable OutboundMessage tail;

    OutboundStream(int id) {
        this.id = id;
    }

    /**
     * Numbers a message that begins. DATA carries the low 16 bits, and nobody looks at those of unordered messages; I-DATA
     * carries all 32, counted separately for the two kinds (RFC 8260 section 2.1).
     */
    int takeNumber(boolean unordered) {
        return unordered ? nextUnordered++ : nextOrdered++;
    }

    void restartNumbers() {
        nextOrdered = 0;
        nextUnordered = 0;
    }

    static int charge(OutboundMessage message) {
        return Math.max(message.payload.length, LEAST_CHARGE);
    }

    /** Adds to bufferedAmount, unless the bytes are not the application's. */
    void count(OutboundMessage message, int bytes) {
        if (!message.control) {
            buffered += bytes;
        }
    }

    void append(OutboundMessage message) {
        if (tail == null) {
            head = message;
        } else {
            tail.next = message;
        }
        tail = message;
        count(message, message.remaining());
        charged += charge(message);
    }

    /** Removes the first message; what it had not sent is no longer buffered. */
    void removeHead() {
        OutboundMessage first = head;
        if (first == null) {
            throw new IllegalStateException("empty stream");
        }
        count(first, -first.remaining());
        charged -= charge(first);
        head = first.next;
        first.next = null;
        if (head == null) {
            tail = null;
        }
    }

    boolean isMidMessage() {
        return head != null && head.sent > 0;
    }

    /** Whether a message could be begun or continued now. */
    boolean isSendable() {
        return head != null && (!paused || head.sent > 0);
    }
}
