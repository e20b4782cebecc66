package org.webrtc4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.webrtc4j.certificate.CertificateAlgorithm;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.srtp.SrtpTransformFactory;

/**
 * What the connections of a server share: event loops, UDP ports, handshake workers, limits.
 *
 * <pre>{@code
 * WebRtcRuntime runtime = WebRtcRuntime.builder().loops(4).udpPort(10_000).server().build();
 * RTCPeerConnection pc = runtime.createPeerConnection(RTCConfiguration.defaults(), "player 7");
 * }</pre>
 *
 * <p>Safe to use from any thread.
 */
public final class WebRtcRuntime implements AutoCloseable {

    /** How long {@link #close()} waits. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    /** The certificate that connections share is replaced when it has less than 15 of its 30 days left. */
    private static final long CERTIFICATE_RENEWAL_MILLIS = Duration.ofDays(15).toMillis();

    private final RuntimeParts parts;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reserved = new AtomicInteger();
    private final AtomicInteger nextLoop = new AtomicInteger();
    private final AtomicLong created = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong bufferedBytes = new AtomicLong();
    private final CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
    private final Object certificateMonitor = new Object();

    private volatile boolean refusing;
    private volatile QueuePeaks closedPeaks = QueuePeaks.NONE;
    private @Nullable RTCCertificate certificate;
    private @Nullable CompletableFuture<@Nullable Void> shutdown;

    WebRtcRuntime(RuntimeParts parts) {
        this.parts = parts;
    }

    /** Where a connection will live, its name, and its first ICE credentials where the caller has chosen them. */
    record Seat(WebRtcRuntime runtime, EventLoop loop, String name, Optional<IceParameters> ice) {

        Seat(WebRtcRuntime runtime, EventLoop loop, String name) {
            this(runtime, loop, name, Optional.empty());
        }
    }

    /**
     * Begins a runtime.
     *
     * @return a builder at the defaults: as many loops as processors, one UDP port for each connection
     */
    public static RuntimeBuilder builder() {
        return new RuntimeBuilder();
    }

    /** The runtime of {@code new RTCPeerConnection()}, started at first need; it ends with the process. */
    static WebRtcRuntime shared() {
        return SharedHolder.RUNTIME;
    }

    private static final class SharedHolder {
        static final WebRtcRuntime RUNTIME = builder().build();
    }

    // --- connections

    /**
     * Creates a connection with a name that is drawn.
     *
     * @param configuration how it is to be made
     * @return the connection
     * @throws DOMException as the constructor of {@link RTCPeerConnection}; OperationError when the limit of connections is
     *     reached, InvalidStateError while draining or after shutdown
     */
    public RTCPeerConnection createPeerConnection(RTCConfiguration configuration) {
        return new RTCPeerConnection(place(), configuration);
    }

    /**
     * Creates a connection.
     *
     * @param configuration how it is to be made
     * @param name stands in every log line and event of this connection
     * @return the connection
     * @throws DOMException as the constructor of {@link RTCPeerConnection}; OperationError when the limit of connections is
     *     reached, InvalidStateError while draining or after shutdown
     */
    public RTCPeerConnection createPeerConnection(RTCConfiguration configuration, String name) {
        return new RTCPeerConnection(new Seat(this, anyLoop(), name), configuration);
    }

    /**
     * Creates a connection.
     *
     * @param configuration how it is to be made
     * @param options what else the caller chooses
     * @return the connection
     * @throws DOMException as the constructor of {@link RTCPeerConnection}; OperationError when the limit of connections is
     *     reached, InvalidStateError while draining or after shutdown
     * @throws IllegalArgumentException when the ICE credentials chosen are too short, too long or of other characters
     */
    public RTCPeerConnection createPeerConnection(RTCConfiguration configuration, ConnectionOptions options) {
        return createPeerConnection(anyLoop(), configuration, options);
    }

    private RTCPeerConnection createPeerConnection(
            EventLoop loop, RTCConfiguration configuration, ConnectionOptions options) {
        Optional<IceParameters> ice = options.iceParameters()
                .map(chosen -> IceParameters.chosen(chosen.usernameFragment(), chosen.password(), iceLite()));
        return new RTCPeerConnection(new Seat(this, loop, options.name(), ice), configuration);
    }

    /**
     * Returns a maker of connections that all live on one loop, such as those of one room: what they do to each other
     * needs no thread change.
     *
     * @param key equal keys give the same loop
     * @return the maker
     */
    public Affinity affinity(Object key) {
        int index =
                Math.floorMod((key.hashCode() * 0x9e3779b9) >>> 7, parts.loops().size());
        return new Affinity(this, parts.loops().get(index));
    }

    /**
     * Returns the loops on which connections live. Unless the runtime was given an Executor, their events happen there, too.
     *
     * @return the loops, always in the same order
     */
    public List<EventLoop> eventLoops() {
        return parts.loops();
    }

    /**
     * Returns a maker of connections that live on a loop which the caller chooses.
     *
     * @param loop one of {@link #eventLoops()}
     * @return the maker
     * @throws IllegalArgumentException for a loop of somebody else
     */
    public Affinity on(EventLoop loop) {
        if (!parts.loops().contains(loop)) {
            throw new IllegalArgumentException("The loop is none of this runtime's");
        }
        return new Affinity(this, loop);
    }

    /**
     * Tells whether events happen on an Executor that the user gave, instead of on the loops.
     *
     * @return true when {@link RuntimeBuilder#executor} was called
     */
    public boolean hasExecutor() {
        return parts.executor() != null;
    }

    /** Makes connections on one loop. */
    public static final class Affinity {
        private final WebRtcRuntime runtime;
        private final EventLoop loop;

        private Affinity(WebRtcRuntime runtime, EventLoop loop) {
            this.runtime = runtime;
            this.loop = loop;
        }

        /**
         * Creates a connection.
         *
         * @param configuration how it is to be made
         * @param name stands in every log line and event of this connection
         * @return the connection
         */
        public RTCPeerConnection createPeerConnection(RTCConfiguration configuration, String name) {
            return new RTCPeerConnection(new Seat(runtime, loop, name), configuration);
        }

        /**
         * Creates a connection.
         *
         * @param configuration how it is to be made
         * @param options what else the caller chooses
         * @return the connection
         * @throws IllegalArgumentException when the ICE credentials chosen are too short, too long or of other characters
         */
        public RTCPeerConnection createPeerConnection(RTCConfiguration configuration, ConnectionOptions options) {
            return runtime.createPeerConnection(loop, configuration, options);
        }
    }

    /**
     * Returns the devices that connections of this runtime can send from.
     *
     * @return the same object on each call
     */
    public MediaDevices mediaDevices() {
        return parts.mediaDevices();
    }

    Seat place() {
        return new Seat(
                this,
                anyLoop(),
                "pc-" + (created.get() + 1) + "-"
                        + Long.toHexString(parts.random().nextLong() & 0xffff));
    }

    private EventLoop anyLoop() {
        return parts.loops()
                .get(Math.floorMod(nextLoop.getAndIncrement(), parts.loops().size()));
    }

    void register(Connection connection) {
        connections.add(connection);
        if (refusing && parts.isShutDown()) {
            connection.close(shutdownCause());
        }
    }

    /** Whether a connection made now would be let in; only a hint, since others are made meanwhile. */
    boolean hasRoom() {
        return !refusing && reserved.get() < limits().maxConnections();
    }

    /** Counts a connection in; called before anything of it exists. */
    void admit() {
        if (refusing) {
            refused.incrementAndGet();
            throw DOMException.invalidState("The runtime takes no new connections");
        }
        if (reserved.incrementAndGet() > limits().maxConnections()) {
            reserved.decrementAndGet();
            refused.incrementAndGet();
            throw DOMException.operation(
                    "The runtime has " + limits().maxConnections() + " connections, as many as allowed");
        }
        created.incrementAndGet();
    }

    void onClosed(Connection connection) {
        if (connections.remove(connection)) {
            synchronized (connections) {
                closedPeaks = closedPeaks.max(connection.queuePeaks());
            }
            leave();
        }
    }

    private void leave() {
        if (reserved.decrementAndGet() == 0 && refusing) {
            empty.complete(null);
        }
    }

    // --- what connections take from here

    RuntimeLimits limits() {
        return parts.limits();
    }

    RuntimeListener listener() {
        return parts.listener();
    }

    RandomGenerator random() {
        return parts.random();
    }

    IceAgentFactory iceAgents() {
        return parts.iceAgents();
    }

    DtlsEndpointFactory dtls() {
        return parts.dtls();
    }

    CongestionControl.@Nullable Factory congestionControl() {
        return parts.congestionControl();
    }

    SrtpTransformFactory srtp() {
        return parts.srtp();
    }

    RuntimeCodecs codecs() {
        return parts.codecs();
    }

    @Nullable
    Executor executor() {
        return parts.executor();
    }

    /** How loud the closing of a connection is in the log. */
    Level closeLogLevel() {
        return parts.isWarmUp() ? Level.DEBUG : Level.INFO;
    }

    boolean iceLite() {
        return parts.iceLite();
    }

    boolean renomination() {
        return parts.renomination();
    }

    SctpOptions newSctpOptions() {
        return parts.newSctpOptions();
    }

    boolean snap() {
        return parts.snap();
    }

    IceAgentOptions agentOptions(String name, List<IceServer> servers, Optional<IceParameters> parameters) {
        return new IceAgentOptions(
                name, servers, parts.iceLite(), !parts.server(), parts.includeLoopback(), parameters);
    }

    boolean reserve(int bytes) {
        if (bufferedBytes.addAndGet(bytes) > limits().maxTotalBufferedBytes()) {
            bufferedBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        bufferedBytes.addAndGet(-bytes);
    }

    /** The certificate of a connection: that of its configuration, else one shared by all. */
    RTCCertificate certificate(RTCConfiguration configuration) {
        long now = System.currentTimeMillis();
        if (!configuration.certificates().isEmpty()) {
            for (RTCCertificate each : configuration.certificates()) {
                if (each.expires() <= now) {
                    throw DOMException.invalidAccess("A certificate has expired");
                }
            }
            return configuration.certificates().get(0);
        }
        synchronized (certificateMonitor) {
            RTCCertificate current = certificate;
            if (current == null || current.expires() - now < CERTIFICATE_RENEWAL_MILLIS) {
                current = CertificateMaker.make(CertificateAlgorithm.ECDSA_P256);
                certificate = current;
            }
            return current;
        }
    }

    // --- life

    /**
     * Refuses new connections from now on, and waits for those there are.
     *
     * @param limit how long to wait at most
     * @return completes with true when all were closed in time, with false when the time was over first
     */
    public CompletableFuture<Boolean> drain(Duration limit) {
        refusing = true;
        if (reserved.get() == 0) {
            empty.complete(null);
        }
        return empty.thenApply(done -> true)
                .completeOnTimeout(false, limit.toNanos(), TimeUnit.NANOSECONDS)
                .copy();
    }

    /**
     * Ends everything: connections are closed, ports released, workers and loops ended. A second call returns the same
     * future.
     *
     * @param limit how long connections and loops may take; after that they are cut off
     * @return completes when everything has ended
     */
    public CompletableFuture<@Nullable Void> shutdown(Duration limit) {
        synchronized (empty) {
            CompletableFuture<@Nullable Void> begun = shutdown;
            if (begun == null) {
                parts.markShutDown();
                CompletableFuture<Boolean> drained = drain(limit);
                for (Connection each : List.copyOf(connections)) {
                    each.close(shutdownCause());
                }
                begun = drained.thenCompose(inTime -> parts.end(limit));
                shutdown = begun;
            }
            return begun;
        }
    }

    private static CloseCause shutdownCause() {
        return new CloseCause(CloseCause.Kind.RUNTIME_SHUTDOWN, "The runtime was shut down.", null);
    }

    /** Shuts down and waits for it, at most five seconds. Never call it on a loop of this runtime. */
    @Override
    public void close() {
        for (EventLoop each : parts.loops()) {
            if (each.inLoop()) {
                throw DOMException.invalidState("A loop cannot wait for its own end: use shutdown");
            }
        }
        shutdown(CLOSE_LIMIT).join();
    }

    /**
     * Loads classes, seeds random sources and has the code of a set-up compiled, by connecting peers of its own in memory and
     * over the loopback address, so that the first real connection is as fast as the next ones; Opus too, where there is a
     * codec for it. Takes about a second of this runtime's loops and of a codec thread; sockets and packets are counted in
     * {@link #stats()}.
     *
     * @return completes when done; never fails a runtime that works
     */
    public CompletableFuture<@Nullable Void> warmUp() {
        return warmUp(WarmUp.DEFAULT_BUDGET);
    }

    /**
     * Like {@link #warmUp()}, for longer: the compilers go on improving the code of a set-up for some seconds of use.
     *
     * @param budget how long connections follow each other
     * @return completes when done; never fails a runtime that works
     */
    public CompletableFuture<@Nullable Void> warmUp(Duration budget) {
        return WarmUp.run(this, budget);
    }

    /**
     * Returns the counters.
     *
     * @return a snapshot
     */
    public RuntimeStats stats() {
        Map<RTCPeerConnectionState, Integer> byState = new EnumMap<>(RTCPeerConnectionState.class);
        List<Connection> all = new ArrayList<>(connections);
        QueuePeaks peaks = closedPeaks;
        for (Connection each : all) {
            peaks = peaks.max(each.queuePeaks());
            byState.merge(each.transports().connectionState(), 1, Integer::sum);
        }
        return new RuntimeStats(
                all.size(),
                byState,
                created.get(),
                refused.get(),
                bufferedBytes.get(),
                parts.loopLagNanos(),
                parts.packetDrops(),
                peaks);
    }

    RuntimeParts parts() {
        return parts;
    }
}
