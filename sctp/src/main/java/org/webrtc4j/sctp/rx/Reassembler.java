package org.webrtc4j.sctp.rx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.shared.Counters;

/**
 * Makes messages of DATA chunks (RFC 9260 section 6.9).
 *
 * <p>The fragments of a message have consecutive TSNs. So what arrives in TSN order needs one buffer per association, used
 * again for every message: at the cumulative TSN at most one message is unfinished. What arrives ahead of a gap waits in a
 * ring by TSN; runs of fragments of one message know their two ends, and a run from a beginning to an end is a message that
 * need not wait for the gap.
 */
final class Reassembler implements Reassembly {

    private static final int INITIAL_RING = 16;

    private final MessageSizes sizes;
    private final ReceiveWindow window;
    private final InboundStreams streams;
    private final Counters counters;
    private final ResetBarrier barrier;
    private final Assembly assembly;

    /** TSNs up to this one have been taken in order. */
    private long taken;

    private boolean oversized;

    private int mask = INITIAL_RING - 1;
    private int stored;
    private byte[] @Nullable [] payloads = new byte[INITIAL_RING][];
    private int[] streamIds = new int[INITIAL_RING];
    private int[] ssns = new int[INITIAL_RING];
    private int[] ppids = new int[INITIAL_RING];
    private byte[] flags = new byte[INITIAL_RING];
    /** At the first TSN of a run its last one, and the reverse. */
    private long[] otherEnds = new long[INITIAL_RING];

    Reassembler(
            MessageSizes sizes, ReceiveWindow window, InboundStreams streams, ResetBarrier barrier, Counters counters) {
        this.sizes = sizes;
        assembly = new Assembly(sizes, window, streams);
        this.window = window;
        this.streams = streams;
        this.barrier = barrier;
        this.counters = counters;
    }

    @Override
    public void start(long initialCumulative) {
        assembly.drop();
        clearRing();
        taken = initialCumulative;
        oversized = false;
    }

    @Override
    public boolean isOversized() {
        return oversized;
    }

    @Override
    public void add(long tsn, long cumulative, DataChunk chunk) {
        if (tsn == taken + 1) {
            inOrder(chunk.flags, chunk.streamId, chunk.number, chunk.ppid, chunk.array, chunk.offset, chunk.length);
            taken = tsn;
            barrier.reached(taken);
            drain(cumulative);
        } else {
            store(tsn, chunk.flags, chunk.streamId, chunk.number, chunk.ppid, chunk.payload());
        }
    }

    private void inOrder(int chunkFlags, int streamId, int ssn, int ppid, byte[] array, int offset, int length) {
        boolean unordered = (chunkFlags & ChunkType.FLAG_UNORDERED) != 0;
        boolean end = (chunkFlags & ChunkType.FLAG_END) != 0;
        if ((chunkFlags & ChunkType.FLAG_BEGIN) != 0) {
            orphanAssembly();
            if (end) {
                if (!isTooLarge(length)) {
                    byte[] payload = Arrays.copyOfRange(array, offset, offset + length);
                    streams.complete(streamId, ssn, ppid, unordered, payload);
                }
                return;
            }
            assembly.begin(streamId, ssn, ppid, unordered);
        } else if (!assembly.continues(streamId, ssn, unordered)) {
            orphanAssembly();
            counters.drop(SctpDrop.ORPHAN_FRAGMENT);
            return;
        }
        if (!assembly.append(array, offset, length)) {
            oversized = true;
        } else if (end) {
            assembly.complete();
        }
    }

    private boolean isTooLarge(long length) {
        oversized |= sizes.isTooLarge(length, false);
        return oversized;
    }

    private void orphanAssembly() {
        if (assembly.isActive()) {
            counters.drop(SctpDrop.ORPHAN_FRAGMENT);
            assembly.drop();
        }
    }

    @Override
    public void skipHole(long cumulative) {
        drain(cumulative);
    }

    /** Takes what waited right behind the cumulative TSN. */
    private void drain(long cumulative) {
        while (taken < cumulative && !oversized) {
            long tsn = taken + 1;
            int slot = (int) tsn & mask;
            byte[] payload = payloads[slot];
            if (payload == null) {
                // Delivered ahead: another message, so nothing can follow what is being assembled.
                orphanAssembly();
                if (stored == 0 && barrier.isOpen()) {
                    taken = cumulative;
                    return;
                }
            } else {
                remove(slot, payload);
                inOrder(flags[slot], streamIds[slot], ssns[slot], ppids[slot], payload, 0, payload.length);
            }
            taken = tsn;
            barrier.reached(taken);
        }
    }

    private void store(long tsn, int chunkFlags, int streamId, int ssn, int ppid, byte[] payload) {
        while (tsn - taken > mask) {
            grow();
        }
        int slot = (int) tsn & mask;
        payloads[slot] = payload;
        streamIds[slot] = streamId;
        ssns[slot] = ssn;
        ppids[slot] = ppid;
        flags[slot] = (byte) chunkFlags;
        stored++;
        window.hold(ReceiveWindow.charge(payload.length));
        long first = tsn;
        long last = tsn;
        if (tsn - 1 > taken && joins(tsn - 1, tsn)) {
            first = otherEnds[(int) (tsn - 1) & mask];
        }
        if (tsn + 1 - taken <= mask && joins(tsn, tsn + 1)) {
            last = otherEnds[(int) (tsn + 1) & mask];
        }
        otherEnds[(int) first & mask] = last;
        otherEnds[(int) last & mask] = first;
        boolean whole = (flags[(int) first & mask] & ChunkType.FLAG_BEGIN) != 0
                && (flags[(int) last & mask] & ChunkType.FLAG_END) != 0;
        if (whole && !barrier.holdsBack(first, streamId)) {
            deliverRun(first, last);
        }
    }

    /** Whether the chunk at the second TSN, right behind the first, continues its message. */
    private boolean joins(long before, long after) {
        int a = (int) before & mask;
        int b = (int) after & mask;
        if (payloads[a] == null || payloads[b] == null) {
            return false;
        }
        boolean unordered = (flags[a] & ChunkType.FLAG_UNORDERED) != 0;
        return (flags[a] & ChunkType.FLAG_END) == 0
                && (flags[b] & ChunkType.FLAG_BEGIN) == 0
                && streamIds[a] == streamIds[b]
                && unordered == ((flags[b] & ChunkType.FLAG_UNORDERED) != 0)
                && (unordered || ssns[a] == ssns[b]);
    }

    private void deliverRun(long first, long last) {
        long total = 0;
        for (long tsn = first; tsn <= last; tsn++) {
            total += length(tsn);
        }
        if (isTooLarge(total)) {
            return;
        }
        byte[] message = new byte[(int) total];
        int at = 0;
        int head = (int) first & mask;
        for (long tsn = first; tsn <= last; tsn++) {
            int slot = (int) tsn & mask;
            byte[] payload = payloads[slot];
            if (payload != null) {
                System.arraycopy(payload, 0, message, at, payload.length);
                at += payload.length;
                remove(slot, payload);
            }
        }
        boolean unordered = (flags[head] & ChunkType.FLAG_UNORDERED) != 0;
        streams.complete(streamIds[head], ssns[head], ppids[head], unordered, message);
    }

    private int length(long tsn) {
        byte[] payload = payloads[(int) tsn & mask];
        return payload == null ? 0 : payload.length;
    }

    private void remove(int slot, byte[] payload) {
        payloads[slot] = null;
        stored--;
        window.release(ReceiveWindow.charge(payload.length));
    }

    /** Forgets what is unfinished up to a TSN, then takes what follows. */
    @Override
    public void skipTo(long tsn, long cumulative) {
        if (tsn <= taken) {
            return;
        }
        assembly.drop();
        for (long at = taken + 1; at <= tsn && stored > 0; at++) {
            int slot = (int) at & mask;
            byte[] payload = at - taken > mask ? null : payloads[slot];
            if (payload != null) {
                remove(slot, payload);
            }
        }
        taken = tsn;
        barrier.reached(taken);
        drain(cumulative);
    }

    @Override
    public void skipMessages(int streamId, boolean unordered, int number) {
        if (assembly.isSkipped(streamId, number)) {
            assembly.drop();
        }
        streams.skip(streamId, number);
    }

    @Override
    public void reset(int[] streamIds) {
        // Up to the last TSN before a reset everything has been taken; what is ahead belongs to what follows it.
        if (assembly.isOn(streamIds)) {
            orphanAssembly();
        }
    }

    @Override
    public void handOut() {
        assembly.handOut();
    }

    @Override
    public void onStreaming(int streamId) {
        // What is unfinished at the cumulative TSN is looked at anyway, and nothing else is due.
    }

    private void grow() {
        int oldMask = mask;
        int capacity = (mask + 1) * 2;
        mask = capacity - 1;
        byte[] @Nullable [] oldPayloads = payloads;
        int[] oldStreamIds = streamIds;
        int[] oldSsns = ssns;
        int[] oldPpids = ppids;
        byte[] oldFlags = flags;
        long[] oldEnds = otherEnds;
        payloads = new byte[capacity][];
        streamIds = new int[capacity];
        ssns = new int[capacity];
        ppids = new int[capacity];
        flags = new byte[capacity];
        otherEnds = new long[capacity];
        for (long tsn = taken + 1; tsn <= taken + oldMask; tsn++) {
            int from = (int) tsn & oldMask;
            int to = (int) tsn & mask;
            payloads[to] = oldPayloads[from];
            streamIds[to] = oldStreamIds[from];
            ssns[to] = oldSsns[from];
            ppids[to] = oldPpids[from];
            flags[to] = oldFlags[from];
            otherEnds[to] = oldEnds[from];
        }
    }

    private void clearRing() {
        for (int slot = 0; stored > 0 && slot < payloads.length; slot++) {
            byte[] payload = payloads[slot];
            if (payload != null) {
                remove(slot, payload);
            }
        }
    }

    /** What the window holds equals what is in the buffer, in the ring and waiting on streams. */
    @Override
    public boolean consistent() {
        long charge = assembly.charge() + streams.waitingCharge();
        int count = 0;
        for (byte[] payload : payloads) {
            if (payload != null) {
                count++;
                charge += ReceiveWindow.charge(payload.length);
            }
        }
        return charge == window.held() && count == stored && assembly.consistent();
    }
}
