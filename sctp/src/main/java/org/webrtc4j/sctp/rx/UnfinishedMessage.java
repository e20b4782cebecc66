package org.webrtc4j.sctp.rx;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fragments of one interleaved message (RFC 8260): those in order in one buffer, those behind a gap by their numbers. */
final class UnfinishedMessage {

    /** What the object costs beside its fragments, so that many of them cannot hold many times the window. */
    static final int OVERHEAD = 128;

    private static final long UNKNOWN = Long.MAX_VALUE;

    /** Its message identifier, unwrapped. */
    final long id;

    int ppid;
    /** What the window holds for it. */
    long charge = OVERHEAD;

    private byte[] buffer;
    private int length;
    /** Unsigned numbers: the first fragment not here, and the last one of the message. */
    private long next;

    private long last = UNKNOWN;
    private long total;
    private @Nullable TreeMap<Long, byte[]> ahead;

    UnfinishedMessage(long id, byte[] buffer) {
        this.id = id;
        this.buffer = buffer;
    }

    /** Payload of all fragments that are here. */
    long total() {
        return total;
    }

    /** Whether a fragment contradicts those that are here: a repeat, one behind the end, an end before others, two ends. */
    boolean contradicts(long fragment, boolean ends) {
        if (fragment < next || fragment > last || (ends && last != UNKNOWN)) {
            return true;
        }
        TreeMap<Long, byte[]> waiting = ahead;
        return waiting != null && (waiting.containsKey(fragment) || (ends && waiting.lastKey() > fragment));
    }

    /** Takes a fragment that contradicts nothing. */
    void add(DataChunk chunk) {
        long fragment = chunk.fragment & 0xffff_ffffL;
        total += chunk.length;
        charge += ReceiveWindow.charge(chunk.length);
        if (chunk.begins()) {
            ppid = chunk.ppid;
        }
        if (chunk.ends()) {
            last = fragment;
        }
        if (fragment > next) {
            if (ahead == null) {
                ahead = new TreeMap<>();
            }
            ahead.put(fragment, chunk.payload());
            return;
        }
        append(chunk.array, chunk.offset, chunk.length);
        while (ahead != null && ahead.firstKey() == next) {
            byte[] waiting = ahead.pollFirstEntry().getValue();
            append(waiting, 0, waiting.length);
            if (ahead.isEmpty()) {
                ahead = null;
            }
        }
    }

    private void append(byte[] array, int offset, int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + bytes, 2 * buffer.length));
        }
        System.arraycopy(array, offset, buffer, length, bytes);
        length += bytes;
        next++;
    }

    boolean isComplete() {
        return next == last + 1;
    }

    byte[] payload() {
        return Arrays.copyOf(buffer, length);
    }

    /** The buffer, for another message. */
    byte[] buffer() {
        return buffer;
    }
}
