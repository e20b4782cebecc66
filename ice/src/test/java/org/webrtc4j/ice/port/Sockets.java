package org.webrtc4j.ice.port;

import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.ice.port.PortProvider.OpenedPort;

/** What the tests of this package share: real sockets, on loopback only. */
final class Sockets {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private Sockets() {}

    /** NIO, and epoll where it is present; its absence is said loudly. */
    static Stream<Transport> transports() {
        if (NettyEventLoops.epollAvailable()) {
            return Stream.of(Transport.NIO, Transport.EPOLL);
        }
        System.err.println("EPOLL IS NOT PRESENT HERE: its tests are skipped");
        return Stream.of(Transport.NIO);
    }

    /** Reads an address literal. */
    static InetAddress ip(String literal) {
        try {
            return InetAddress.getAllByName(literal)[0];
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Runs something on a loop and waits for it. */
    static <T> T on(EventLoop loop, Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done.get(10, TimeUnit.SECONDS);
    }

    static List<OpenedPort> open(PortProvider provider, EventLoop loop, PortOwner owner) throws Exception {
        CompletableFuture<List<OpenedPort>> opened = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                provider.open(loop, owner, true, opened::complete);
            } catch (RuntimeException e) {
                opened.completeExceptionally(e);
            }
        });
        return opened.get(10, TimeUnit.SECONDS);
    }

    static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static void send(PacketPort port, EventLoop loop, InetSocketAddress to, ByteBuffer... packets) throws Exception {
        on(loop, () -> {
            for (ByteBuffer packet : packets) {
                port.append(to, packet);
            }
            port.flush();
            return null;
        });
    }

    /** Waits until nobody is bound to an address; NIO unbinds with the loop's next select. */
    static void awaitFree(InetSocketAddress local) throws SocketException {
        while (true) {
            try (DatagramSocket probe = new DatagramSocket(local)) {
                assert probe.isBound();
                return;
            } catch (BindException stillBound) {
                Thread.onSpinWait();
            }
        }
    }
}
