package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How the packets of a {@link MuxPort} reach a socket. Confined to the port's loop. */
interface Outlet {

    /**
     * Appends a packet to the run of the socket.
     *
     * @param request true for a STUN request whose answer will only be found by its transaction id
     */
    boolean append(InetSocketAddress to, ByteBuffer packet, boolean request);

    void flush();

    SendGate gate();

    /** The socket of the port's own loop if there is one, else a way to the only socket. */
    static Outlet choose(MuxPort port, NettyEventLoop home, List<MuxSocket> sockets) {
        List<MuxSocket> others = new ArrayList<>(sockets);
        for (MuxSocket socket : sockets) {
            if (socket.loop() == home) {
                others.remove(socket);
                return new Direct(port, socket, others);
            }
        }
        return new HandedOver(port, home, sockets.get(0));
    }

    /** Through the socket of the port's own loop; answers may come to the others that have the same address. */
    final class Direct implements Outlet {

        private static final int TRANSACTIONS_PER_POST = 16;

        private final MuxPort port;
        private final MuxSocket socket;
        private final List<MuxSocket> others;
        private final long[] transactions;
        private int count;

        Direct(MuxPort port, MuxSocket socket, List<MuxSocket> others) {
            this.port = port;
            this.socket = socket;
            this.others = others;
            transactions = new long[others.isEmpty() ? 0 : TRANSACTIONS_PER_POST];
        }

        @Override
        public boolean append(InetSocketAddress to, ByteBuffer packet, boolean request) {
            if (request) {
                long transaction = StunPeek.transaction(packet);
                socket.remember(transaction, port);
                if (!others.isEmpty()) {
                    if (count == TRANSACTIONS_PER_POST) {
                        post();
                    }
                    transactions[count++] = transaction;
                }
            }
            return socket.socket().append(to, packet);
        }

        @Override
        public void flush() {
            post(); // first: the answer may be quick
            socket.socket().flush();
        }

        private void post() {
            if (count == 0) {
                return;
            }
            long[] posted = Arrays.copyOf(transactions, count);
            count = 0;
            for (MuxSocket other : others) {
                other.loop().post(() -> {
                    for (long transaction : posted) {
                        other.remember(transaction, port);
                    }
                });
            }
        }

        @Override
        public SendGate gate() {
            return socket.gate();
        }
    }

    /** Through the only socket there is, which lives on another loop: each packet is copied into that loop's queue. */
    final class HandedOver implements Outlet, HandOffRing.Target {

        private final MuxPort port;
        private final NettyEventLoop home;
        private final MuxSocket socket;
        private boolean touched;

        HandedOver(MuxPort port, NettyEventLoop home, MuxSocket socket) {
            this.port = port;
            this.home = home;
            this.socket = socket;
        }

        private HandOffRing ring() {
            return socket.handOffs().ring(home, socket.loop());
        }

        @Override
        public boolean append(InetSocketAddress to, ByteBuffer packet, boolean request) {
            boolean tooLarge = !packet.hasRemaining() || packet.remaining() > UdpSocket.MAX_DATAGRAM;
            if (tooLarge || !ring().offer(this, to, packet)) {
                home.counters().count(tooLarge ? PortCounter.DROPPED_TOO_LARGE : PortCounter.DROPPED_HAND_OFF_FULL);
                return false;
            }
            home.counters().count(PortCounter.HANDED_OFF);
            return true;
        }

        /** The socket's loop flushes when it has taken a burst. */
        @Override
        public void flush() {}

        @Override
        public SendGate gate() {
            return ring().gate();
        }

        // On the loop of the socket:

        @Override
        public void onHandedOff(InetSocketAddress address, ByteBuffer packet, long nowNanos) {
            if (StunPeek.isStun(packet) && StunPeek.kind(packet) == StunPeek.Kind.REQUEST) {
                int known = socket.remotes().find(address);
                if (known < 0 || socket.remotes().port(known) != port) {
                    socket.remember(StunPeek.transaction(packet), port);
                }
            }
            socket.socket().append(address, packet);
        }

        @Override
        public void onHandOffEnd(long nowNanos) {
            touched = false;
            socket.socket().flush();
        }

        @Override
        public boolean touch() {
            boolean first = !touched;
            touched = true;
            return first;
        }
    }
}
