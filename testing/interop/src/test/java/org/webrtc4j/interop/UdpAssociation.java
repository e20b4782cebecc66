package org.webrtc4j.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.SctpSink;

/** One association of ours over UDP without DTLS, on a thread of its own: the caller with a clock that the engine needs. */
final class UdpAssociation implements AutoCloseable {

    private static final int BUFFER_BYTES = 4 << 20;

    private final DatagramChannel channel = DatagramChannel.open();
    private final Selector selector = Selector.open();
    private final ConcurrentLinkedQueue<BiConsumer<SctpAssociation, Long>> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<SctpEvent> events = new ConcurrentLinkedQueue<>();
    private final Consumer<SctpEvent> listener;
    private final SctpAssociation association;
    private final Thread thread = new Thread(this::run, "sctp over udp");
    private volatile boolean closed;

    /** The listener is called on the association's thread and may call {@link #call}. */
    UdpAssociation(SctpOptions options, InetSocketAddress remote, Consumer<SctpEvent> listener) throws IOException {
        this(options, 0, remote, listener);
    }

    /** The same from a port that is given. */
    UdpAssociation(SctpOptions options, int port, InetSocketAddress remote, Consumer<SctpEvent> listener)
            throws IOException {
        this.listener = listener;
        channel.setOption(java.net.StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect(remote);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        association = new SctpAssociation(options, new Sink(), new Random());
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs something with the association and the time, on its thread. */
    void call(BiConsumer<SctpAssociation, Long> call) {
        calls.add(call);
        selector.wakeup();
    }

    /** Ends without a word to the peer; the port is free again when this returns. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = Thread.interrupted();
        try {
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ByteBuffer packet = ByteBuffer.allocate(65_536);
        try (channel;
                selector) {
            while (!closed) {
                await(association.nextTimeout());
                long now = System.nanoTime();
                for (packet.clear(); receive(packet); packet.clear()) {
                    association.handlePacket(packet.flip(), now);
                }
                association.handleTimeout(now);
                for (var call = calls.poll(); call != null; call = calls.poll()) {
                    call.accept(association, now);
                }
                association.handleBatchEnd(now);
                for (SctpEvent event = events.poll(); event != null; event = events.poll()) {
                    listener.accept(event);
                }
                for (var call = calls.poll(); call != null; call = calls.poll()) {
                    call.accept(association, now);
                }
                association.handleBatchEnd(now);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean receive(ByteBuffer packet) throws IOException {
        try {
            return channel.read(packet) > 0;
        } catch (java.net.PortUnreachableException e) {
            return false;
        }
    }

    private void await(long deadline) throws IOException {
        if (deadline == ProtocolEngine.NEVER) {
            selector.select();
        } else {
            long nanos = deadline - System.nanoTime();
            if (nanos <= 0) {
                selector.selectNow();
            } else {
                selector.select((nanos + 999_999) / 1_000_000);
            }
        }
        selector.selectedKeys().clear();
    }

    private final class Sink implements SctpSink {

        @Override
        public void transmit(ByteBuffer packet) {
            try {
                channel.write(packet);
            } catch (java.net.PortUnreachableException e) {
                // Told by ICMP; SCTP has its own timers for silence.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onEvent(SctpEvent event) {
            events.add(event);
        }
    }
}
