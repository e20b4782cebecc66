package org.webrtc4j.ice.memory;

import java.nio.ByteBuffer;

/** One run of packets on its way from the sender's loop to the receiver's; reused. */
final class PacketBatch {

    static final int CAPACITY_BYTES = 16 * 1024;
    private static final int CAPACITY_PACKETS = 256;

    private final byte[] bytes = new byte[CAPACITY_BYTES];
    private final int[] ends = new int[CAPACITY_PACKETS];
    private final ByteBuffer view = ByteBuffer.wrap(bytes);
    private int count;

    boolean append(ByteBuffer packet) {
        int start = count == 0 ? 0 : ends[count - 1];
        int length = packet.remaining();
        if (count == CAPACITY_PACKETS || length > CAPACITY_BYTES - start) {
            return false;
        }
        packet.get(packet.position(), bytes, start, length);
        ends[count++] = start + length;
        return true;
    }

    int count() {
        return count;
    }

    /** Returns a view that the next call overwrites. */
    ByteBuffer packet(int index) {
        return view.limit(ends[index]).position(index == 0 ? 0 : ends[index - 1]);
    }

    void clear() {
        count = 0;
    }
}
