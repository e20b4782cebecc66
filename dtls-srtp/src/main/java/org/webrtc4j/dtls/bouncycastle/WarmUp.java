package org.webrtc4j.dtls.bouncycastle;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;

/** One handshake of two endpoints in memory, with a little data each way. */
final class WarmUp {

    private static final long LIMIT_SECONDS = 30;
    private static final int MESSAGES = 64;
    private static final int MESSAGE_BYTES = 1_000;

    private WarmUp() {}

    static void run(BouncyCastleDtls factory, LocalCertificate certificate) {
        CallerLoop loop = new CallerLoop();
        DtlsConfig config = DtlsConfig.of("warm-up", certificate);
        Side client = new Side(loop);
        Side server = new Side(loop);
        client.open(factory, config, server);
        server.open(factory, config, client);
        server.start(DtlsRole.SERVER, certificate);
        client.start(DtlsRole.CLIENT, certificate);
        loop.runUntilBothConnected(client, server);
        byte[] message = new byte[MESSAGE_BYTES];
        for (int i = 0; i < MESSAGES; i++) {
            client.send(message);
            server.send(message);
        }
        loop.runQueued();
        client.close();
        server.close();
    }

    /** An endpoint whose datagrams go to the other one's, by way of the loop. */
    private static final class Side implements DtlsSink {

        private final CallerLoop loop;
        private @Nullable DtlsEndpoint endpoint;
        private @Nullable Side other;
        private @Nullable DtlsEvent event;

        Side(CallerLoop loop) {
            this.loop = loop;
        }

        void open(BouncyCastleDtls factory, DtlsConfig config, Side peer) {
            other = peer;
            endpoint = factory.create(config, loop, this);
        }

        void start(DtlsRole role, LocalCertificate peerCertificate) {
            if (endpoint != null) {
                endpoint.setRemoteFingerprints(peerCertificate.fingerprints());
                endpoint.start(role, System.nanoTime());
            }
        }

        void send(byte[] message) {
            if (endpoint != null) {
                endpoint.sendApplicationData(ByteBuffer.wrap(message), System.nanoTime());
            }
        }

        void close() {
            if (endpoint != null) {
                endpoint.close(System.nanoTime());
            }
        }

        @Override
        public void transmit(ByteBuffer packet) {
            byte[] copy = new byte[packet.remaining()];
            packet.get(packet.position(), copy);
            Side peer = other;
            if (peer != null) {
                loop.execute(() -> peer.receive(copy));
            }
        }

        private void receive(byte[] datagram) {
            if (endpoint != null) {
                endpoint.handlePacket(ByteBuffer.wrap(datagram), System.nanoTime());
            }
        }

        @Override
        public void onApplicationData(ByteBuffer data) {
            // Decrypting it was the point.
        }

        @Override
        public void onEvent(DtlsEvent what) {
            event = what;
        }

        boolean isConnected() {
            if (event instanceof DtlsEvent.Failed failed) {
                throw new IllegalStateException("The warm-up handshake failed: " + failed.failure());
            }
            return event instanceof DtlsEvent.Connected;
        }
    }

    /** A loop on the calling thread, for as long as it is run. */
    private static final class CallerLoop implements EventLoop {

        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private final Thread thread = Thread.currentThread();
        private final TimeSource clock = TimeSource.system();

        void runUntilBothConnected(Side one, Side two) {
            long deadline = clock.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            try {
                while (!(one.isConnected() && two.isConnected())) {
                    Runnable task = tasks.poll(deadline - clock.nanoTime(), TimeUnit.NANOSECONDS);
                    if (task == null) {
                        throw new IllegalStateException("The warm-up handshake did not end in time");
                    }
                    task.run();
                }
            } catch (InterruptedException e) {
                thread.interrupt();
                throw new IllegalStateException("The warm-up was interrupted", e);
            }
        }

        void runQueued() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public LoopTimer newTimer(Runnable task) {
            return deadlineNanos -> {}; // endpoints have no timers of their own
        }

        @Override
        public TimeSource clock() {
            return clock;
        }

        @Override
        public boolean inLoop() {
            return Thread.currentThread() == thread;
        }
    }
}
