package org.webrtc4j.sctp.tx;

/**
 * The chunks in flight in the order in which they last left (RFC 8985 section 5.2 keeps segments so): a list through the
 * ring. Its links are the low 32 bits of TSNs, which stay right when the ring grows.
 */
final class SendOrder {

    private final ChunkRing ring;
    private int size;
    private int first;
    private int last;

    SendOrder(ChunkRing ring) {
        this.ring = ring;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** The chunk that left longest ago; there is one while the size is positive. */
    int first() {
        return first;
    }

    int last() {
        return last;
    }

    int after(int tsn) {
        return ring.after[ring.slot(tsn)];
    }

    void append(int tsn) {
        if (size++ == 0) {
            first = tsn;
        } else {
            ring.before[ring.slot(tsn)] = last;
            ring.after[ring.slot(last)] = tsn;
        }
        last = tsn;
    }

    /** Puts back what was sent before everything in the list. */
    void prepend(int tsn) {
        if (size++ == 0) {
            last = tsn;
        } else {
            ring.after[ring.slot(tsn)] = first;
            ring.before[ring.slot(first)] = tsn;
        }
        first = tsn;
    }

    void remove(int tsn) {
        int slot = ring.slot(tsn);
        if (tsn == first) {
            first = ring.after[slot];
        } else {
            ring.after[ring.slot(ring.before[slot])] = ring.after[slot];
        }
        if (tsn == last) {
            last = ring.before[slot];
        } else {
            ring.before[ring.slot(ring.after[slot])] = ring.before[slot];
        }
        size--;
    }
}
