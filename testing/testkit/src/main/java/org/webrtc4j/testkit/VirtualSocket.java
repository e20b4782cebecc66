package org.webrtc4j.testkit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;

/** A datagram socket of a {@link VirtualHost}. What arrives at one instant is handed over as one batch. */
public final class VirtualSocket implements AutoCloseable {

    private final VirtualHost host;
    private final @Nullable EventLoop loop;
    private final DatagramReceiver receiver;
    private final ArrayDeque<Arrived> batch = new ArrayDeque<>();
    private InetSocketAddress local;
    private boolean closed;

    private record Arrived(InetSocketAddress from, ByteBuffer packet) {}

    VirtualSocket(VirtualHost host, InetSocketAddress local, @Nullable EventLoop loop, DatagramReceiver receiver) {
        this.host = host;
        this.local = local;
        this.loop = loop;
        this.receiver = receiver;
    }

    /**
     * Returns the bound address, the inner one behind a NAT.
     *
     * @return address and port
     */
    public InetSocketAddress local() {
        return local;
    }

    /**
     * Sends a datagram.
     *
     * @param to where to, as this host sees it
     * @param packet its bytes, borrowed for the call
     * @throws IllegalStateException when closed
     */
    public void send(InetSocketAddress to, ByteBuffer packet) {
        if (closed) {
            throw new IllegalStateException("Socket " + local + " is closed");
        }
        host.send(this, to, packet);
    }

    /** Gives the port back. Nothing is delivered after this. */
    @Override
    public void close() {
        closed = true;
        batch.clear();
        host.remove(this);
    }

    void move(InetAddress address) {
        local = new InetSocketAddress(address, local.getPort());
    }

    void arrive(InetSocketAddress from, byte[] packet, VirtualTime time) {
        batch.add(new Arrived(from, ByteBuffer.wrap(packet)));
        if (loop == null) {
            deliver(time);
        } else if (batch.size() == 1) {
            loop.execute(() -> deliver(time));
        }
    }

    private void deliver(VirtualTime time) {
        if (batch.isEmpty()) {
            return;
        }
        long nowNanos = time.nanoTime();
        for (Arrived arrived = batch.poll(); arrived != null; arrived = batch.poll()) {
            receiver.onDatagram(arrived.from, arrived.packet, nowNanos);
        }
        if (!closed) {
            receiver.onBatchEnd(nowNanos);
        }
    }
}
