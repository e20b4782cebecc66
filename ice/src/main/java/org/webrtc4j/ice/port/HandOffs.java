package org.webrtc4j.ice.port;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The rings between the loops of a group, each made when it is first needed by its producer. */
final class HandOffs {

    private final List<NettyEventLoop> loops;
    private final AtomicReferenceArray<@Nullable HandOffRing> rings;

    HandOffs(List<NettyEventLoop> loops) {
        this.loops = loops;
        rings = new AtomicReferenceArray<>(loops.size() * loops.size());
    }

    /** The ring of a pair of loops; for the producer only, which is on its loop. */
    HandOffRing ring(NettyEventLoop producer, NettyEventLoop consumer) {
        int index = producer.index() * loops.size() + consumer.index();
        HandOffRing ring = rings.getPlain(index);
        if (ring == null) {
            ring = new HandOffRing(producer, consumer);
            rings.setPlain(index, ring);
        }
        return ring;
    }
}
