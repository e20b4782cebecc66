package org.webrtc4j.dtls.bouncycastle;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.certificate.LocalCertificate;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsConfig;
import org.webrtc4j.dtls.DtlsEndpoint;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;

/**
 * DTLS 1.2 over Bouncy Castle. One per process is enough; safe from any thread.
 *
 * <p>The library's handshake blocks, so each takes one worker while it lasts (two round trips); afterwards everything
 * runs on the connection's loop. Workers are virtual threads where the platform has them, else platform threads that end
 * after some idle seconds. Clients and servers have separate bounds, and a server takes a worker only when a ClientHello
 * is there; beyond the bounds an endpoint fails with {@link org.webrtc4j.dtls.DtlsFailure.Reason#OVERLOADED}.
 *
 * <p>What goes beyond the library: nothing a stranger claims sizes a buffer, a lost CertificateVerify does not stall the
 * handshake, flights are packed into full datagrams and resent after 50 ms, data that overtakes the end of the handshake is
 * kept, and the records after it are made and opened on the JDK's ciphers, without the library.
 */
public final class BouncyCastleDtls implements DtlsEndpointFactory {

    /** Default bound of handshakes that run at once, for each role. */
    public static final int DEFAULT_WORKERS = 64;

    /** Default bound of handshakes that wait for a worker, for each role. */
    public static final int DEFAULT_WAITING = 1_024;

    private final SecureRandom random;
    private final HandshakeWorkers clients;
    private final HandshakeWorkers servers;
    private final @Nullable ExecutorService ownExecutor;
    private final AtomicReference<@Nullable LocalIdentity> lastIdentity = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Creates a factory with the defaults.
     *
     * @param random where all keys and nonces come from
     */
    public BouncyCastleDtls(SecureRandom random) {
        this(builder(random));
    }

    private BouncyCastleDtls(Builder builder) {
        Executor given = builder.executor;
        ownExecutor = given == null ? WorkerThreads.newExecutor() : null;
        Executor executor = given == null ? Objects.requireNonNull(ownExecutor) : given;
        random = builder.random;
        clients = new HandshakeWorkers(executor, builder.clientWorkers, builder.waiting);
        servers = new HandshakeWorkers(executor, builder.serverWorkers, builder.waiting);
    }

    /**
     * Begins to configure a factory.
     *
     * @param random where all keys and nonces come from
     * @return a builder with the defaults
     */
    public static Builder builder(SecureRandom random) {
        return new Builder(random);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the certificate's key cannot be used
     * @throws IllegalStateException once closed
     */
    @Override
    public DtlsEndpoint create(DtlsConfig config, EventLoop loop, DtlsSink sink) {
        if (closed) {
            throw new IllegalStateException("The DTLS factory is closed");
        }
        identity(config.certificate());
        return new BouncyCastleEndpoint(config, loop, sink, this);
    }

    /**
     * Runs one handshake in memory on the calling thread and a worker, so that the classes are loaded and the random
     * source is seeded before the first connection. Takes some hundred milliseconds in a fresh process, a few
     * milliseconds later. Never call it on an event loop.
     *
     * @param certificate the certificate that connections will use
     * @throws IllegalStateException when the handshake fails: then no connection would succeed either
     */
    public void warmUp(LocalCertificate certificate) {
        WarmUp.run(this, certificate);
    }

    /** Ends the workers: handshakes under way fail, connections that are set up live on. */
    @Override
    public void close() {
        closed = true;
        clients.close();
        servers.close();
        ExecutorService own = ownExecutor;
        if (own != null) {
            own.shutdown();
        }
    }

    /**
     * Returns how many handshakes hold a worker now.
     *
     * @param role of our side
     * @return at most the configured bound
     */
    public int runningHandshakes(DtlsRole role) {
        return workers(role).runningCount();
    }

    /**
     * Returns how many handshakes wait for a worker now.
     *
     * @param role of our side
     * @return at most the configured bound
     */
    public int waitingHandshakes(DtlsRole role) {
        return workers(role).waitingCount();
    }

    HandshakeWorkers workers(DtlsRole role) {
        return role == DtlsRole.CLIENT ? clients : servers;
    }

    HandshakeTask newTask(DtlsRole role, Negotiation negotiation, EventLoop loop, HandshakeTask.Listener listener) {
        LocalIdentity identity = identity(negotiation.config().certificate());
        return new HandshakeTask(role, new HybridCrypto(random), negotiation, identity, loop, listener);
    }

    private LocalIdentity identity(LocalCertificate certificate) {
        // Most processes use one certificate for all connections; translating it costs more than remembering the last.
        LocalIdentity last = lastIdentity.get();
        if (last != null && last.source().equals(certificate)) {
            return last;
        }
        LocalIdentity identity = LocalIdentity.of(certificate, new HybridCrypto(random));
        lastIdentity.set(identity);
        return identity;
    }

    /** Configures a factory. */
    public static final class Builder {

        private final SecureRandom random;
        private int clientWorkers = DEFAULT_WORKERS;
        private int serverWorkers = DEFAULT_WORKERS;
        private int waiting = DEFAULT_WAITING;
        private @Nullable Executor executor;

        private Builder(SecureRandom random) {
            this.random = random;
        }

        /**
         * Bounds how many handshakes run at once.
         *
         * @param clients as client, at least 1
         * @param servers as server, at least 1
         * @return this
         */
        public Builder workers(int clients, int servers) {
            if (clients < 1 || servers < 1) {
                throw new IllegalArgumentException("Each role needs a worker");
            }
            clientWorkers = clients;
            serverWorkers = servers;
            return this;
        }

        /**
         * Bounds how many handshakes of each role wait for a worker. Their time to end runs while they wait.
         *
         * @param handshakes at least 0
         * @return this
         */
        public Builder waiting(int handshakes) {
            if (handshakes < 0) {
                throw new IllegalArgumentException("A bound is not negative");
            }
            waiting = handshakes;
            return this;
        }

        /**
         * Runs handshakes on an executor of the caller's instead of threads of our own. It must run as many tasks at once
         * as there are workers of both roles together, or handshakes of one process with itself may wait for each other.
         *
         * @param handshakes the executor; not shut down by the factory
         * @return this
         */
        public Builder executor(Executor handshakes) {
            executor = handshakes;
            return this;
        }

        /**
         * Creates the factory.
         *
         * @return a new factory, to be closed by the caller
         */
        public BouncyCastleDtls build() {
            return new BouncyCastleDtls(this);
        }
    }
}
