package org.webrtc4j.ice.port;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket that belongs to one agent: whatever arrives is for its owner. */
final class DedicatedPort implements PacketPort, UdpInbound {

    private final PortOwner owner;
    private final Consumer<DedicatedPort> onClose;
    private @Nullable UdpSocket socket;
    private boolean blocked;
    private boolean closed;

    DedicatedPort(PortOwner owner, Consumer<DedicatedPort> onClose) {
        this.owner = owner;
        this.onClose = onClose;
    }

    void attach(UdpSocket socket) {
        this.socket = socket;
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
        noteWritability();
        return taken;
    }

    @Override
    public void flush() {
        socket().flush();
    }

    @Override
    public boolean isWritable() {
        return noteWritability();
    }

    /** The owner is told of the first time that the mark is passed, later, because it is in the middle of a turn. */
    private boolean noteWritability() {
        boolean writable = socket().isWritable();
        if (!writable && !blocked && !closed) {
            blocked = true;
            socket().loop().netty().execute(this::tellBlocked);
        }
        return writable;
    }

    private void tellBlocked() {
        if (!closed && blocked) {
            socket().loop().runLogged(() -> owner.onWritabilityChanged(this, false));
            if (socket().isWritable()) {
                onWritable();
            }
        }
    }

    @Override
    public void onWritable() {
        if (!closed && blocked) {
            blocked = false;
            owner.onWritabilityChanged(this, true);
        }
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
    public void bindUfrag(String ufrag) {}

    @Override
    public void unbindUfrag(String ufrag) {}

    @Override
    public void bindRemote(InetSocketAddress remote) {}

    @Override
    public void unbindRemote(InetSocketAddress remote) {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            socket().close();
            onClose.accept(this);
        }
    }
}
