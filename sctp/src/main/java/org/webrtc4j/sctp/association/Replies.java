package org.webrtc4j.sctp.association;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.shared.Counters;

/** Control chunks that leave at the end of the turn. What a stranger can cause is limited; what we ask for is not. */
final class Replies {

    /**
     * A chunk waiting to leave.
     *
     * @param tag the verification tag of its packet
     * @param chunk whole and padded
     * @param alone it must not be bundled, or goes to a tag of its own
     * @param zeroChecksum alone, and to a peer that has announced that it takes such packets
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Reply(int tag, byte[] chunk, boolean alone, boolean zeroChecksum) {}

    private final ArrayDeque<Reply> queue = new ArrayDeque<>();
    private final int limit;
    private final Counters counters;

    Replies(int limit, Counters counters) {
        this.limit = limit;
        this.counters = counters;
    }

    /** Queues an answer to something received; dropped and counted at the limit. */
    void answer(int tag, byte[] chunk, boolean alone) {
        answer(new Reply(tag, chunk, alone, false));
    }

    /** Queues an answer that leaves in a packet of its own. */
    void answerAlone(int tag, byte[] chunk, boolean zeroChecksum) {
        answer(new Reply(tag, chunk, true, zeroChecksum));
    }

    private void answer(Reply reply) {
        if (queue.size() >= limit) {
            counters.drop(SctpDrop.REPLY_LIMIT);
        } else {
            queue.add(reply);
        }
    }

    /** Queues something of our own. */
    Reply request(int tag, byte[] chunk, boolean alone) {
        Reply request = new Reply(tag, chunk, alone, false);
        queue.add(request);
        return request;
    }

    /** Takes back what has not left yet. */
    void withdraw(Reply request) {
        queue.remove(request);
    }

    @Nullable
    Reply peek() {
        return queue.peek();
    }

    void remove() {
        queue.remove();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    void clear() {
        queue.clear();
    }
}
