package org.webrtc4j.sctp.tx;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * How many messages may be under way at once where they are interleaved. What the peer has of them stays in its window until
 * the last fragment is there; were the window full of messages none of which is complete, no last fragment could come, and
 * the association would end. So messages under way have half of the window; a stream whose message does not fit waits until
 * another message is finished.
 *
 * <p>A message of one fragment never waits. Nor does one that is larger than that half alone: only a peer that reads it in
 * parts can take it, and then it holds none of it for long.
 */
final class Admission {

    private final ArrayDeque<OutboundStream> waiting = new ArrayDeque<>();
    private long limit = Long.MAX_VALUE;
    private int fragment;
    private long begun;

    /** Begins with nothing under way. */
    void start(long peerWindow, int maxFragment) {
        limit = peerWindow / 2;
        fragment = maxFragment;
        clear();
    }

    /** Nothing is under way, nobody waits. */
    void clear() {
        begun = 0;
        for (OutboundStream stream : waiting) {
            stream.held = false;
        }
        waiting.clear();
    }

    private boolean counts(OutboundMessage message) {
        return message.payload.length > fragment && message.payload.length <= limit;
    }

    /** Whether a message may be begun, or goes on. */
    boolean admits(OutboundMessage message) {
        return message.sent > 0 || fits(message, 0);
    }

    private boolean fits(OutboundMessage message, long others) {
        long before = begun + others;
        return before == 0 || !counts(message) || before + message.payload.length <= limit;
    }

    /** A stream whose message is not admitted waits. */
    void hold(OutboundStream stream) {
        stream.held = true;
        waiting.add(stream);
    }

    void onBegun(OutboundMessage message) {
        if (counts(message)) {
            message.counted = true;
            begun += message.payload.length;
        }
    }

    /** A message has been sent to its end, or given up. */
    void onEnded(OutboundMessage message) {
        if (message.counted) {
            message.counted = false;
            begun -= message.payload.length;
        }
    }

    /**
     * Takes a stream that need not wait any more, or null.
     *
     * @param released bytes of the messages of those taken before
     */
    @Nullable
    OutboundStream release(long released) {
        OutboundStream first = waiting.peek();
        OutboundMessage head = first == null ? null : first.head;
        if (first == null || (head != null && !fits(head, released))) {
            return null;
        }
        waiting.remove();
        first.held = false;
        return first;
    }
}
