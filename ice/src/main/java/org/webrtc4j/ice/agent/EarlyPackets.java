package org.webrtc4j.ice.agent;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.webrtc4j.ice.PacketReceiver;

/**
 * Packets that arrived before their reader was set, copied and bounded: a ClientHello that comes before the role is known
 * would otherwise cost its retransmission timeout.
 */
public final class EarlyPackets {

    /** How many packets are kept; further ones are dropped by the caller and counted. */
    public static final int MAX_PACKETS = 64;

    private final Queue<Kept> kept = new ArrayDeque<>();

    private record Kept(ByteBuffer packet, long arrivalNanos) {}

    /** Creates an empty store. */
    public EarlyPackets() {}

    /**
     * Keeps a copy.
     *
     * @param packet the packet, borrowed
     * @param arrivalNanos when it arrived
     * @return false when the store is full
     */
    public boolean keep(ByteBuffer packet, long arrivalNanos) {
        if (kept.size() >= MAX_PACKETS) {
            return false;
        }
        byte[] bytes = new byte[packet.remaining()];
        packet.get(packet.position(), bytes);
        kept.add(new Kept(ByteBuffer.wrap(bytes), arrivalNanos));
        return true;
    }

    /**
     * Hands everything to the reader, in order, with one batch end.
     *
     * @param receiver the reader
     * @param nowNanos the time of this turn
     */
    public void deliver(PacketReceiver receiver, long nowNanos) {
        if (kept.isEmpty()) {
            return;
        }
        for (Kept packet = kept.poll(); packet != null; packet = kept.poll()) {
            receiver.onPacket(packet.packet(), packet.arrivalNanos());
        }
        receiver.onBatchEnd(nowNanos);
    }

    /** Forgets everything. */
    public void clear() {
        kept.clear();
    }
}
