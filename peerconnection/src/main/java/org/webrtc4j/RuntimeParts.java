package org.webrtc4j;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.dtls.DtlsEndpointFactory;
import org.webrtc4j.ice.IceAgentFactory;
import org.webrtc4j.ice.port.LoopLag;
import org.webrtc4j.ice.port.MulticastDns;
import org.webrtc4j.ice.port.NettyEventLoops;
import org.webrtc4j.ice.port.NettyPorts;
import org.webrtc4j.rtp.congestion.CongestionControl;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.srtp.SrtpTransformFactory;

/** What a runtime was built from, and which of it is its own to end. */
final class RuntimeParts {

    private final List<EventLoop> loops;
    private final @Nullable NettyEventLoops nettyLoops;
    private final IceAgentFactory iceAgents;
    private final DtlsEndpointFactory dtls;
    private final SrtpTransformFactory srtp;
    private final CongestionControl.@Nullable Factory congestionControl;
    private final RuntimeCodecs codecs;
    private final MediaDevices mediaDevices;
    private final RandomGenerator random;
    private final @Nullable Executor executor;
    private final RuntimeListener listener;
    private final RuntimeLimits limits;
    private final boolean server;
    private final boolean iceLite;
    private final boolean renomination;
    private final boolean includeLoopback;
    private final boolean warmUp;
    private final DataChannelSettings dataChannels;
    private final SctpOptions sctpOptions;

    private final Own own;
    private final @Nullable LoopWatch loopWatch;

    private volatile boolean shutDown;

    /**
     * What was made for this runtime, and ends with it; null for what was given.
     *
     * @param loops event loops
     * @param dtls makes DTLS endpoints
     * @param ports UDP ports
     * @param lookups threads that look up names of servers
     * @param mdns resolver of .local names
     */
    record Own(
            @Nullable NettyEventLoops loops,
            @Nullable DtlsEndpointFactory dtls,
            @Nullable NettyPorts ports,
            @Nullable ExecutorService lookups,
            @Nullable MulticastDns mdns) {}

    RuntimeParts(
            RuntimeBuilder builder,
            List<EventLoop> loops,
            @Nullable NettyEventLoops nettyLoops,
            IceAgentFactory iceAgents,
            DtlsEndpointFactory dtls,
            RandomGenerator random,
            Own own) {
        this.loops = List.copyOf(loops);
        this.nettyLoops = nettyLoops;
        this.iceAgents = iceAgents;
        this.dtls = dtls;
        this.srtp = builder.srtp;
        this.congestionControl = builder.congestionControl;
        this.codecs = builder.newCodecs();
        this.mediaDevices = builder.newMediaDevices(codecs);
        this.random = random;
        this.executor = builder.executor;
        this.listener = builder.listener;
        this.limits = builder.limits;
        this.server = builder.server;
        this.iceLite = builder.iceLite;
        this.renomination = builder.renomination;
        this.includeLoopback = builder.includeLoopback;
        this.warmUp = builder.warmUp;
        this.own = own;
        this.loopWatch =
                nettyLoops == null || listener == RuntimeListener.NONE ? null : LoopWatch.start(nettyLoops, listener);
        this.dataChannels = builder.dataChannels;
        this.sctpOptions = dataChannels.sctpOptions(limits);
    }

    List<EventLoop> loops() {
        return loops;
    }

    /** The loops as sockets need them; null when they are of another kind. */
    @Nullable
    NettyEventLoops nettyLoops() {
        return nettyLoops;
    }

    IceAgentFactory iceAgents() {
        return iceAgents;
    }

    DtlsEndpointFactory dtls() {
        return dtls;
    }

    CongestionControl.@Nullable Factory congestionControl() {
        return congestionControl;
    }

    SrtpTransformFactory srtp() {
        return srtp;
    }

    RuntimeCodecs codecs() {
        return codecs;
    }

    MediaDevices mediaDevices() {
        return mediaDevices;
    }

    RandomGenerator random() {
        return random;
    }

    @Nullable
    Executor executor() {
        return executor;
    }

    RuntimeListener listener() {
        return listener;
    }

    RuntimeLimits limits() {
        return limits;
    }

    boolean server() {
        return server;
    }

    boolean iceLite() {
        return iceLite;
    }

    boolean renomination() {
        return renomination;
    }

    boolean includeLoopback() {
        return includeLoopback;
    }

    boolean isWarmUp() {
        return warmUp;
    }

    /** Options of one association; with SNAP its tag and first TSN are drawn here, since its INIT is told beforehand. */
    SctpOptions newSctpOptions() {
        if (dataChannels.snap()) {
            return sctpOptions.toBuilder()
                    .verificationTag(1 + random.nextLong(0xffff_ffffL))
                    .initialTsn(random.nextLong(1L << 32))
                    .build();
        }
        return sctpOptions;
    }

    /** Whether descriptions carry the association's set-up. */
    boolean snap() {
        return dataChannels.snap();
    }

    boolean isShutDown() {
        return shutDown;
    }

    void markShutDown() {
        shutDown = true;
    }

    /** Ends what was made for the runtime; loops and factories that were given stay. */
    CompletableFuture<@Nullable Void> end(Duration limit) {
        NettyPorts ports = own.ports();
        if (ports != null) {
            iceAgents.close();
            ports.close();
        }
        DtlsEndpointFactory ownDtls = own.dtls();
        if (ownDtls != null) {
            ownDtls.close();
        }
        codecs.close();
        LoopWatch watch = loopWatch;
        if (watch != null) {
            watch.end();
        }
        ExecutorService lookups = own.lookups();
        if (lookups != null) {
            lookups.shutdownNow();
        }
        MulticastDns mdns = own.mdns();
        if (mdns != null) {
            mdns.close();
        }
        NettyEventLoops ownLoops = own.loops();
        return ownLoops == null ? CompletableFuture.completedFuture(null) : ownLoops.shutdown(limit);
    }

    List<Long> loopLagNanos() {
        return nettyLoops == null
                ? List.of()
                : nettyLoops.lag().stream().map(LoopLag::recentNanos).toList();
    }

    Map<String, Long> packetDrops() {
        NettyPorts ports = own.ports();
        return ports == null ? Map.of() : ports.stats().drops();
    }
}
