package org.webrtc4j.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An address space: the public one, or the inside of a NAT. Routing takes no time; the ways of hosts do. */
final class Realm {

    /** A host, or the outer side of a NAT. */
    interface Attachment {

        void receive(InetSocketAddress from, InetSocketAddress to, byte[] packet);
    }

    private final VirtualNetwork network;
    private final @Nullable Nat gateway;
    private final Map<InetAddress, Attachment> attachments = new HashMap<>();

    Realm(VirtualNetwork network, @Nullable Nat gateway) {
        this.network = network;
        this.gateway = gateway;
    }

    void attach(InetAddress address, Attachment attachment) {
        if (attachments.putIfAbsent(address, attachment) != null) {
            throw new IllegalArgumentException(address.getHostAddress() + " is taken");
        }
    }

    void detach(InetAddress address) {
        attachments.remove(address);
    }

    void route(InetSocketAddress from, InetSocketAddress to, byte[] packet) {
        boolean sameFamily = from.getAddress().getClass() == to.getAddress().getClass();
        Attachment target = attachments.get(to.getAddress());
        if (sameFamily && target != null) {
            target.receive(from, to, packet);
        } else if (sameFamily && gateway != null) {
            gateway.send(from, to, packet);
        } else {
            network.drop(from, to, packet, DropReason.NO_ROUTE);
        }
    }
}
