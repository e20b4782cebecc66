package org.webrtc4j.testkit;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** An {@link ImpairedPath} for packets with addresses: a host's way out or in. */
final class Way {

    private final VirtualNetwork network;
    private final Realm.Attachment end;
    private final ImpairedPath path;

    Way(VirtualNetwork network, Realm.Attachment end) {
        this.network = network;
        this.end = end;
        this.path = new ImpairedPath(
                network.impairments(), network.random(), network.time().nanoTime());
    }

    ImpairedPath path() {
        return path;
    }

    void offer(InetSocketAddress from, InetSocketAddress to, ByteBuffer packet) {
        path.offer(packet, network.time().nanoTime(), new ImpairedPath.Output() {
            @Override
            public void arrives(byte[] bytes, long atNanos) {
                network.time().at(atNanos, () -> end.receive(from, to, bytes));
            }

            @Override
            public void dropped(ByteBuffer bytes, DropReason reason) {
                network.drop(from, to, bytes, reason);
            }
        });
    }
}
