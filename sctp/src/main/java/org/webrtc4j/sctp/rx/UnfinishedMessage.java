package org.webrtc4j.sctp.rx;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fragments of one interleaved message (RFC 8260): those in order in one buffer, those behind a gap by their numbers. */
final class UnfinishedMessage {

    /** What the object costs beside its fragments, so that many of them cannot hold many times the window. */
    static final int OVERHEAD = 128;

    private static final long UNKNOWN = Long.MAX_VALUE;

    final int streamId;
    final boolean unordered;
    /** Its message identifier, unwrapped. */
    final long id;

    int ppid;
    /** What the window holds for it. */
    long charge = OVERHEAD;
    /** It is among those to be handed out at the end of the batch. */
    boolean awaited;
    /** The number by which its parts are known; 0 while none has been handed out. */
    long serial;

    private byte[] buffer;
    private int length;
    private long bufferCharge;
    /** Unsigned numbers: the first fragment not here, and the last one of the message. */
    private long next;

    private long last = UNKNOWN;
    private long total;
    private @Nullable TreeMap<Long, byte[]> ahead;

    UnfinishedMessage(int streamId, boolean unordered, long id, byte[] buffer) {
        this.streamId = streamId;
        this.unordered = unordered;
        this.id = id;
        this.buffer = buffer;
    }

    /** Payload of all fragments that are here, or were and have been handed out. */
    long total() {
        return total;
    }

    boolean isHandedOut() {
        return serial != 0;
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
        bufferCharge += ReceiveWindow.charge(bytes);
        next++;
    }

    boolean isComplete() {
        return next == last + 1;
    }

    /** Bytes in order that have not been taken. */
    int available() {
        return length;
    }

    /** Takes the bytes in order, and what they cost. */
    byte[] take() {
        byte[] bytes = Arrays.copyOf(buffer, length);
        length = 0;
        charge -= bufferCharge;
        bufferCharge = 0;
        return bytes;
    }

    /** Nobody wants the bytes any more. */
    void forget() {
        length = 0;
        charge = 0;
    }

    /** The buffer, for another message. */
    byte[] buffer() {
        return buffer;
    }
}
