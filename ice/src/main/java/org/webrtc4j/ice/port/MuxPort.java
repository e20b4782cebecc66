package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The share of one agent in a shared socket, on the agent's loop.
 *
 * <p>What it binds is entered into the table of every socket where its packets may arrive; on other loops by a task.
 */
final class MuxPort implements PacketPort, HandOffRing.Target, SendGate.Waiter {

    /** With more remote addresses than this the one bound first is forgotten. */
    static final int MAX_REMOTES = 64;

    /** A port with more ufrags than this refuses more: two generations are alive during a restart. */
    static final int MAX_UFRAGS = 8;

    private static final byte[][] NO_UFRAGS = {};
    private static final InetSocketAddress[] NO_REMOTES = {};

    private final NettyEventLoop home;
    private final PortOwner owner;
    private final List<MuxSocket> sockets;
    private final Outlet outlet;

    private byte[][] ufrags = NO_UFRAGS;
    private InetSocketAddress[] remotes = NO_REMOTES;
    private boolean touched;
    private boolean waiting;
    private boolean closed;

    /**
     * Makes a port.
     *
     * @param sockets where its packets may arrive
     */
    MuxPort(NettyEventLoop home, PortOwner owner, List<MuxSocket> sockets) {
        this.home = home;
        this.owner = owner;
        this.sockets = sockets;
        outlet = Outlet.choose(this, home, sockets);
    }

    NettyEventLoop home() {
        return home;
    }

    @Override
    public InetSocketAddress local() {
        return sockets.get(0).socket().local();
    }

    @Override
    public int maxPayload() {
        return sockets.get(0).socket().maxPayload();
    }

    @Override
    public boolean append(InetSocketAddress to, ByteBuffer packet) {
        assert home.inLoop();
        if (closed) {
            home.counters().count(PortCounter.DROPPED_CLOSED);
            return false;
        }
        boolean taken = outlet.append(to, packet, needsAnswer(to, packet));
        outlet.gate().check(this);
        return taken;
    }

    /** Answers from an address bound to this port find it without their transaction being remembered. */
    private boolean needsAnswer(InetSocketAddress to, ByteBuffer packet) {
        return StunPeek.isStun(packet) && StunPeek.kind(packet) == StunPeek.Kind.REQUEST && !isBound(to);
    }

    private boolean isBound(InetSocketAddress remote) {
        for (InetSocketAddress bound : remotes) {
            if (bound.equals(remote)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void flush() {
        outlet.flush();
    }

    @Override
    public boolean isWritable() {
        return !closed && outlet.gate().check(this);
    }

    @Override
    public void bindUfrag(String ufrag) {
        byte[] key = ufrag.getBytes(StandardCharsets.US_ASCII);
        if (key.length == 0 || key.length > StunPeek.MAX_UFRAG || ufrag.indexOf(':') >= 0) {
            throw new IllegalArgumentException("not a ufrag");
        }
        if (ufrags.length >= MAX_UFRAGS) {
            throw new IllegalStateException("a port has at most " + MAX_UFRAGS + " ufrags");
        }
        if (closed) {
            return;
        }
        ufrags = Arrays.copyOf(ufrags, ufrags.length + 1);
        ufrags[ufrags.length - 1] = key;
        atEach(socket -> socket.bindUfrag(key, this));
    }

    @Override
    public void unbindUfrag(String ufrag) {
        byte[] key = ufrag.getBytes(StandardCharsets.US_ASCII);
        ufrags = Arrays.stream(ufrags)
                .filter(other -> !Arrays.equals(other, key))
                .toArray(byte[][]::new);
        atEach(socket -> socket.ufrags().remove(key, this));
    }

    @Override
    public void bindRemote(InetSocketAddress remote) {
        if (closed) {
            return;
        }
        if (!isBound(remote)) {
            if (remotes.length >= MAX_REMOTES) {
                unbindRemote(remotes[0]);
            }
            remotes = Arrays.copyOf(remotes, remotes.length + 1);
            remotes[remotes.length - 1] = remote;
        }
        atEach(socket -> socket.remotes().put(remote, this));
    }

    @Override
    public void unbindRemote(InetSocketAddress remote) {
        remotes = Arrays.stream(remotes).filter(other -> !other.equals(remote)).toArray(InetSocketAddress[]::new);
        atEach(socket -> socket.remotes().remove(remote, this));
    }

    private interface Entry {
        void at(MuxSocket socket);
    }

    private void atEach(Entry entry) {
        for (MuxSocket socket : sockets) {
            if (socket.loop() == home) {
                entry.at(socket);
            } else {
                socket.loop().post(() -> entry.at(socket));
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        outlet.flush();
        closed = true;
        byte[][] oldUfrags = ufrags;
        InetSocketAddress[] oldRemotes = remotes;
        ufrags = NO_UFRAGS;
        remotes = NO_REMOTES;
        atEach(socket -> {
            for (byte[] ufrag : oldUfrags) {
                socket.ufrags().remove(ufrag, this);
            }
            for (InetSocketAddress remote : oldRemotes) {
                socket.remotes().remove(remote, this);
            }
        });
    }

    /** Gives a packet to the owner; what the owner throws harms no other agent on the socket. */
    void deliver(InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        if (closed) {
            return;
        }
        try {
            owner.onPacket(this, from, packet, arrivalNanos);
        } catch (RuntimeException e) {
            home.counters().count(PortCounter.DROPPED_OWNER_FAILED);
            NettyEventLoop.logFailure(e);
        }
    }

    @Override
    public void onHandedOff(InetSocketAddress address, ByteBuffer packet, long nowNanos) {
        deliver(address, packet, nowNanos);
    }

    @Override
    public void onHandOffEnd(long nowNanos) {
        touched = false;
        if (closed) {
            return;
        }
        try {
            owner.onBatchEnd(nowNanos);
        } catch (RuntimeException e) {
            NettyEventLoop.logFailure(e);
        }
    }

    @Override
    public boolean touch() {
        boolean first = !touched;
        touched = true;
        return first;
    }

    @Override
    public boolean waiting(boolean wait) {
        boolean changed = waiting != wait;
        waiting = wait;
        return changed;
    }

    @Override
    public void onWritabilityChanged(boolean writable) {
        if (!closed) {
            owner.onWritabilityChanged(this, writable);
        }
    }
}
