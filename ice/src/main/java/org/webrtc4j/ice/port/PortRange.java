package org.webrtc4j.ice.port;

import java.net.InetAddress;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Ports first to last, lent per address. Thread-safe: connections of all loops draw from it. */
final class PortRange {

    private final int first;
    private final int last;
    private final Map<InetAddress, BitSet> taken = new HashMap<>();
    private int cursor;

    PortRange(int first, int last) {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException("not a range of ports: " + first + " to " + last);
        }
        this.first = first;
        this.last = last;
    }

    int first() {
        return first;
    }

    int size() {
        return last - first + 1;
    }

    /**
     * Lends a port, going round so that one just given back rests: late packets of its last connection then reach nobody.
     *
     * @return the port, or -1 when all are lent
     */
    synchronized int take(InetAddress address) {
        BitSet ports = taken.computeIfAbsent(address, key -> new BitSet());
        int index = ports.nextClearBit(cursor);
        if (index >= size()) {
            index = ports.nextClearBit(0);
            if (index >= size()) {
                return -1;
            }
        }
        ports.set(index);
        cursor = (index + 1) % size();
        return first + index;
    }

    synchronized void giveBack(InetAddress address, int port) {
        BitSet ports = taken.get(address);
        if (ports != null) {
            ports.clear(port - first);
        }
    }

    @Override
    public String toString() {
        return first + " to " + last;
    }
}
