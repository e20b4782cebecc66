package org.webrtc4j.ice.memory;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.ice.agent.EarlyPackets;

/** Who reads the packets of an agent, and what comes before there is one. */
final class MemoryReader {

    private final EventLoop loop;
    private final MemoryTraffic traffic;
    private final EarlyPackets early = new EarlyPackets();
    private @Nullable PacketReceiver receiver;
    private boolean writable;

    MemoryReader(EventLoop loop, MemoryTraffic traffic) {
        this.loop = loop;
        this.traffic = traffic;
    }

    void receiver(PacketReceiver next) {
        receiver = next;
        early.deliver(next, loop.clock().nanoTime());
    }

    void deliver(PacketBatch batch) {
        long now = loop.clock().nanoTime();
        PacketReceiver reader = receiver;
        for (int i = 0; i < batch.count(); i++) {
            ByteBuffer packet = batch.packet(i);
            traffic.received(packet.remaining());
            if (reader != null) {
                reader.onPacket(packet, now);
            } else if (!early.keep(packet, now)) {
                traffic.drop("early-packets-full");
            }
        }
        if (reader != null) {
            reader.onBatchEnd(now);
        }
    }

    /** Tells whether packets are taken, when that has changed. */
    void writability(boolean now) {
        if (now != writable) {
            writable = now;
            if (receiver != null) {
                receiver.onWritabilityChanged(now);
            }
        }
    }

    void end() {
        early.clear();
    }
}
