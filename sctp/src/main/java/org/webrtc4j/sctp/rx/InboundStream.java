package org.webrtc4j.sctp.rx;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One stream of the peer: the stream sequence number expected next, and complete messages that came too early. */
final class InboundStream {

    /** A complete message that waits for an earlier one. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Waiting(int ppid, byte[] payload) {}

    /** Numbers are message identifiers of 32 bits rather than stream sequence numbers of 16. */
    private final boolean wide;
    /** Unwrapped. */
    private long nextSsn;

    private @Nullable TreeMap<Long, Waiting> waiting;

    InboundStream(boolean wide) {
        this.wide = wide;
    }

    /** How far ahead of the expected number a wire value is; negative behind. */
    int distance(int ssn) {
        int distance = ssn - (int) nextSsn;
        return wide ? distance : (short) distance;
    }

    void advance() {
        nextSsn++;
    }

    /** Keeps a message that is ahead; false when its number is taken. */
    boolean keep(int ssn, int ppid, byte[] payload) {
        if (waiting == null) {
            waiting = new TreeMap<>();
        }
        return waiting.putIfAbsent(nextSsn + distance(ssn), new Waiting(ppid, payload)) == null;
    }

    boolean isWaiting(int ssn) {
        return waiting != null && waiting.containsKey(unwrap(ssn));
    }

    /** Takes the message that is expected now, if it is here, and expects the one after. */
    @Nullable
    Waiting takeExpected() {
        if (waiting == null) {
            return null;
        }
        Waiting message = waiting.remove(nextSsn);
        if (message != null) {
            nextSsn++;
        }
        dropEmpty();
        return message;
    }

    /** Takes the earliest message kept at or before an unwrapped number; null when there is none. */
    @Nullable
    Waiting takeThrough(long ssn) {
        Map.Entry<Long, Waiting> first = waiting == null ? null : waiting.firstEntry();
        if (waiting == null || first == null || first.getKey() > ssn) {
            return null;
        }
        waiting.remove(first.getKey());
        nextSsn = first.getKey() + 1;
        dropEmpty();
        return first.getValue();
    }

    long unwrap(int ssn) {
        return nextSsn + distance(ssn);
    }

    void skipThrough(long ssn) {
        nextSsn = Math.max(nextSsn, ssn + 1);
    }

    /** Starts again at zero; returns what was kept, to be accounted for. */
    @Nullable
    Map<Long, Waiting> reset() {
        Map<Long, Waiting> dropped = waiting;
        waiting = null;
        nextSsn = 0;
        return dropped;
    }

    private void dropEmpty() {
        if (waiting != null && waiting.isEmpty()) {
            waiting = null;
        }
    }

    long waitingCharge() {
        long charge = 0;
        if (waiting != null) {
            for (Waiting message : waiting.values()) {
                charge += ReceiveWindow.charge(message.payload().length);
            }
        }
        return charge;
    }
}
