package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket that many agents share, on one loop: finds whom each packet is for.
 *
 * <ul>
 *   <li>A STUN request goes by the local ufrag in its USERNAME, wherever it came from: so an agent hears of remote addresses
 *       it does not know, and restarts work with the peer's address unchanged.
 *   <li>A STUN response goes to who sent the request, by transaction id, and by remote address when the request went to an
 *       address already bound to its sender.
 *   <li>Everything else goes by verified remote address.
 * </ul>
 *
 * <p>What belongs to nobody is dropped and counted, and leaves nothing behind. With several sockets on one address
 * (SO_REUSEPORT) each knows all ports, and hands packets of another loop's port over by a bounded queue.
 */
final class MuxSocket implements UdpInbound {

    private final NettyEventLoop loop;
    private final HandOffs handOffs;
    private final PortCounters counters;
    /** Other sockets have this address too: news of a port may still be under way from its loop. */
    private final boolean oneOfSeveral;

    private final UfragTable ufrags = new UfragTable();
    private final RemoteTable remotes;
    private final TransactionTable transactions;
    private final List<MuxPort> touched = new ArrayList<>();
    private final SendGate gate;
    private final SecondLook secondLook = new SecondLook();
    /** Who is asked about unknown ufrags; null without a hook. */
    private final @Nullable UfragDesk desk;

    private @Nullable UdpSocket socket;

    MuxSocket(NettyEventLoop loop, HandOffs handOffs, boolean oneOfSeveral, int seed, @Nullable UfragDesk desk) {
        this.loop = loop;
        this.handOffs = handOffs;
        this.oneOfSeveral = oneOfSeveral;
        this.desk = desk;
        counters = loop.counters();
        remotes = new RemoteTable(seed);
        transactions = new TransactionTable(loop.clock().nanoTime());
        gate = new SendGate(loop, () -> socket().isWritable());
    }

    void attach(UdpSocket socket) {
        this.socket = socket;
    }

    UdpSocket socket() {
        UdpSocket attached = socket;
        if (attached == null) {
            throw new IllegalStateException("the socket is not bound yet");
        }
        return attached;
    }

    NettyEventLoop loop() {
        return loop;
    }

    /** Enters a ufrag, and lets its port have the requests that were kept for it. */
    void bindUfrag(byte[] ufrag, MuxPort port) {
        if (!ufrags.put(ufrag, port)) {
            counters.count(PortCounter.REFUSED_UFRAG);
            return;
        }
        List<UfragDesk.Kept> kept = desk == null ? List.of() : desk.claim(ufrag);
        if (!kept.isEmpty()) {
            // By a task: the agent that binds is in the middle of opening its ports.
            loop.post(() -> deliverKept(port, kept));
        }
    }

    private void deliverKept(MuxPort port, List<UfragDesk.Kept> kept) {
        long now = loop.clock().nanoTime();
        for (UfragDesk.Kept each : kept) {
            deliver(port, each.from(), each.request(), now);
        }
        onReadEnd(now);
    }

    /** Closes the socket and forgets what waits. */
    void close() {
        if (desk != null) {
            desk.close();
        }
        socket().close();
    }

    /** How many requests wait for the hook here, for tests. */
    int waitingForHook() {
        return desk == null ? 0 : desk.pending();
    }

    UfragTable ufrags() {
        return ufrags;
    }

    RemoteTable remotes() {
        return remotes;
    }

    HandOffs handOffs() {
        return handOffs;
    }

    /** Who waits for the socket to be writable again. */
    SendGate gate() {
        return gate;
    }

    void remember(long transaction, MuxPort port) {
        transactions.put(transaction, port, loop.clock().nanoTime());
    }

    @Override
    public void onDatagram(InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        PortCounter missing = route(from, packet, arrivalNanos);
        if (missing == null) {
            return;
        }
        // The tasks already queued here may bring the port; after them it is looked for once more.
        if (oneOfSeveral && handOffs.ring(loop, loop).offer(secondLook, from, packet)) {
            return;
        }
        drop(missing, from, packet, arrivalNanos);
    }

    /** Nobody was found. */
    private void drop(PortCounter missing, InetSocketAddress from, ByteBuffer packet, long nowNanos) {
        if (desk != null && missing == PortCounter.DROPPED_UNKNOWN_UFRAG) {
            desk.onRequest(from, packet, nowNanos);
        } else {
            counters.count(missing);
        }
    }

    /** Delivers a packet; otherwise says what was not found. */
    private @Nullable PortCounter route(InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        int known = remotes.find(from);
        MuxPort port = known < 0 ? null : remotes.port(known);
        InetSocketAddress address = known < 0 ? null : remotes.address(known);
        InetSocketAddress sender = address == null ? from : address;
        if (StunPeek.isStun(packet)) {
            StunPeek.Kind kind = StunPeek.kind(packet);
            if (kind == StunPeek.Kind.MALFORMED) {
                counters.count(PortCounter.DROPPED_MALFORMED_STUN);
                return null;
            }
            if (kind == StunPeek.Kind.REQUEST) {
                long ufrag = StunPeek.localUfrag(packet);
                port = ufrag < 0 ? null : ufrags.get(packet, (int) (ufrag >>> 32), (int) ufrag);
                if (port == null) {
                    return PortCounter.DROPPED_UNKNOWN_UFRAG;
                }
            } else if (kind == StunPeek.Kind.RESPONSE) {
                MuxPort asker = transactions.get(StunPeek.transaction(packet));
                port = asker == null ? port : asker;
                if (port == null) {
                    return PortCounter.DROPPED_UNKNOWN_TRANSACTION;
                }
            }
        }
        if (port == null) {
            return PortCounter.DROPPED_UNKNOWN_REMOTE;
        }
        deliver(port, sender, packet, arrivalNanos);
        return null;
    }

    private void deliver(MuxPort port, InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        if (port.home() == loop) {
            if (port.touch()) {
                touched.add(port);
            }
            port.deliver(from, packet, arrivalNanos);
        } else if (handOffs.ring(loop, port.home()).offer(port, from, packet)) {
            counters.count(PortCounter.HANDED_OFF);
        } else {
            counters.count(PortCounter.DROPPED_HAND_OFF_FULL);
        }
    }

    @Override
    public void onReadEnd(long nowNanos) {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).onHandOffEnd(nowNanos);
        }
        touched.clear();
        transactions.age(nowNanos);
    }

    @Override
    public void onWritable() {
        gate.open();
    }

    /** Looks again for a packet whose port was not known. */
    private final class SecondLook implements HandOffRing.Target {

        private boolean waiting;

        @Override
        public void onHandedOff(InetSocketAddress address, ByteBuffer packet, long nowNanos) {
            PortCounter missing = route(address, packet, nowNanos);
            if (missing != null) {
                drop(missing, address, packet, nowNanos);
            }
        }

        @Override
        public void onHandOffEnd(long nowNanos) {
            waiting = false;
            onReadEnd(nowNanos);
        }

        @Override
        public boolean touch() {
            boolean first = !waiting;
            waiting = true;
            return first;
        }
    }
}
