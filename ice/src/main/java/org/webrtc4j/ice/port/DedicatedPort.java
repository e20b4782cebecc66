package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket that belongs to one agent: whatever arrives is for its owner. */
final class DedicatedPort implements PacketPort, UdpInbound, SendGate.Waiter {

    private final PortOwner owner;
    private final Consumer<DedicatedPort> onClose;
    private @Nullable UdpSocket socket;
    private @Nullable SendGate gate;
    private boolean waiting;
    private boolean closed;

    DedicatedPort(PortOwner owner, Consumer<DedicatedPort> onClose) {
        this.owner = owner;
        this.onClose = onClose;
    }

    void attach(UdpSocket socket) {
        this.socket = socket;
        gate = new SendGate(socket.loop(), socket::isWritable);
    }

    UdpSocket socket() {
        UdpSocket attached = socket;
        if (attached == null) {
            throw new IllegalStateException("the port is not bound yet");
        }
        return attached;
    }

    @Override
    public InetSocketAddress local() {
        return socket().local();
    }

    @Override
    public int maxPayload() {
        return socket().maxPayload();
    }

    @Override
    public boolean append(InetSocketAddress to, ByteBuffer packet) {
        assert socket().loop().inLoop();
        boolean taken = socket().append(to, packet);
        gate().check(this);
        return taken;
    }

    @Override
    public void flush() {
        socket().flush();
    }

    @Override
    public boolean isWritable() {
        return !closed && gate().check(this);
    }

    private SendGate gate() {
        SendGate attached = gate;
        if (attached == null) {
            throw new IllegalStateException("the port is not bound yet");
        }
        return attached;
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

    @Override
    public void onWritable() {
        gate().open();
    }

    @Override
    public void onDatagram(InetSocketAddress from, ByteBuffer packet, long arrivalNanos) {
        owner.onPacket(this, from, packet, arrivalNanos);
    }

    @Override
    public void onReadEnd(long nowNanos) {
        if (!closed) {
            owner.onBatchEnd(nowNanos);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            socket().close();
            onClose.accept(this);
        }
    }
}
