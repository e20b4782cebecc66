package org.webrtc4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.driver.ConfinedFuture;
import org.webrtc4j.driver.ConnectionDriver;
import org.webrtc4j.driver.DriverListener;
import org.webrtc4j.driver.DriverSettings;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceCandidateError;
import org.webrtc4j.ice.IceGatheringState;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceServer;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.SelectedPair;
import org.webrtc4j.pipeline.SyncGroups;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.datachannel.DataChannelEvent;
import org.webrtc4j.sdp.SctpInit;

/**
 * The middle of one connection: joins its parts, brings what the driver tells into the event place, fires events, and
 * closes. The parts know each other only through it.
 */
final class Connection implements DriverListener {

    private final WebRtcRuntime runtime;
    private final String name;
    private final RTCPeerConnection target;
    private final EventLoop loop;
    private final Optional<IceParameters> chosenIce;
    private final RTCCertificate certificate;
    private final ConnectionDriver driver;
    private final EventPlace place;
    private final Transports transports;
    private final DataChannels channels;
    private final TransceiverSet media;
    private final SyncGroups syncGroups;
    private final Negotiation negotiation;
    private final ConnectionProgress progress;
    private final ConfinedFuture<CloseCause> whenClosed;
    private final Object closeMonitor = new Object();

    private volatile RTCConfiguration configuration;
    private volatile boolean closed;
    private volatile String failure = "";
    private volatile @Nullable CloseCause closeCause;

    // In the event place.
    private final List<ConfinedFuture<RTCSessionDescription>> awaitingGathering = new ArrayList<>();
    private final Optional<SctpInit> sctpInit;
    private boolean agentCreated;

    Connection(
            WebRtcRuntime.Seat seat,
            RTCPeerConnection target,
            RTCConfiguration configuration,
            RTCCertificate certificate,
            @Nullable Executor executor) {
        this.runtime = seat.runtime();
        this.target = target;
        this.name = seat.name();
        this.loop = seat.loop();
        this.chosenIce = seat.ice();
        this.configuration = configuration;
        this.certificate = certificate;
        SctpOptions sctp = runtime.newSctpOptions();
        this.sctpInit = runtime.snap() ? Optional.of(SctpInit.of(SctpAssociation.initChunk(sctp))) : Optional.empty();
        this.driver = new ConnectionDriver(
                new DriverSettings(
                        name,
                        loop,
                        runtime.iceAgents(),
                        runtime.dtls(),
                        runtime.srtp(),
                        runtime.random(),
                        certificate.certificate(),
                        sctp,
                        runtime.snap(),
                        runtime.congestionControl()),
                this);
        this.place =
                new EventPlace(loop, executor, driver::requestTurn, this::onInternalError, this::onExecutorRejected);
        this.transports = new Transports(this);
        this.channels = new DataChannels(this);
        this.media = new TransceiverSet(this);
        this.syncGroups = new SyncGroups(loop);
        this.negotiation = new Negotiation(this);
        this.progress = new ConnectionProgress(name, loop.clock(), runtime.listener(), runtime.closeLogLevel());
        this.whenClosed = new ConfinedFuture<>(place::here);
        if (configuration.iceCandidatePoolSize() > 0) {
            place.execute(() -> {
                createAgent(negotiation.transport().generation().ice);
                gather();
            });
        }
    }

    WebRtcRuntime runtime() {
        return runtime;
    }

    String name() {
        return name;
    }

    RTCPeerConnection target() {
        return target;
    }

    EventLoop loop() {
        return loop;
    }

    RTCCertificate certificate() {
        return certificate;
    }

    ConnectionDriver driver() {
        return driver;
    }

    EventPlace place() {
        return place;
    }

    @Override
    public void onTargetBitrate(long bitsPerSecond) {
        RateShares.allocate(media, bitsPerSecond);
    }

    /** Of what is played; on the loop. */
    SyncGroups syncGroups() {
        return syncGroups;
    }

    Transports transports() {
        return transports;
    }

    DataChannels channels() {
        return channels;
    }

    TransceiverSet media() {
        return media;
    }

    Negotiation negotiation() {
        return negotiation;
    }

    /** What descriptions of this side say of the association, always the same; empty unless asked for. */
    Optional<SctpInit> sctpInit() {
        return sctpInit;
    }

    RuntimeLimits limits() {
        return runtime.limits();
    }

    RandomGenerator random() {
        return runtime.random();
    }

    RTCConfiguration configuration() {
        return configuration;
    }

    void configuration(RTCConfiguration changed) {
        configuration = changed;
    }

    boolean isClosed() {
        return closed;
    }

    CompletableFuture<CloseCause> whenClosed() {
        return whenClosed;
    }

    /** The most that has waited so far; from any thread. */
    QueuePeaks queuePeaks() {
        return new QueuePeaks(
                driver.commandPeak(), place.peak(), channels.traffic().bufferedPeak());
    }

    // --- ICE, asked for by the negotiation

    /** The credentials of the first generation. */
    IceParameters firstIce() {
        return chosenIce.map(this::optioned).orElseGet(this::drawIce);
    }

    IceParameters drawIce() {
        return optioned(IceParameters.draw(runtime.random(), runtime.iceLite()));
    }

    private IceParameters optioned(IceParameters parameters) {
        return runtime.renomination() ? parameters : parameters.withoutRenomination();
    }

    /** Makes the agent at first need; in the event place. */
    void createAgent(IceParameters parameters) {
        if (agentCreated) {
            return;
        }
        agentCreated = true;
        List<IceServer> servers = new ArrayList<>();
        for (RTCIceServer each : configuration.iceServers()) {
            servers.add(IceServerCheck.translate(each));
        }
        IceAgentOptions options = runtime.agentOptions(name, servers, Optional.of(parameters));
        driver.execute(() -> driver.ice().createAgent(options));
    }

    void gather() {
        GatherPolicy policy = configuration.iceTransportPolicy() == RTCIceTransportPolicy.RELAY
                ? GatherPolicy.RELAY
                : GatherPolicy.ALL;
        driver.execute(() -> driver.ice().gather(policy));
    }

    CompletableFuture<RTCSessionDescription> gatheringComplete() {
        ConfinedFuture<RTCSessionDescription> future = new ConfinedFuture<>(place::here);
        place.execute(() -> {
            if (closed) {
                future.completeExceptionally(DOMException.invalidState("The connection is closed"));
            } else {
                awaitingGathering.add(future);
                if (negotiation.transport().isGatheringComplete()) {
                    onGatheringComplete();
                }
            }
        });
        return future;
    }

    void onGatheringComplete() {
        SignalingModel.Described local = negotiation.model().local();
        if (local != null) {
            List<ConfinedFuture<RTCSessionDescription>> waiting = List.copyOf(awaitingGathering);
            awaitingGathering.clear();
            waiting.forEach(each -> each.complete(local.visible()));
        }
    }

    // --- events

    void fire(EventType<Event> type) {
        fire(target, type);
    }

    void fire(EventTarget at, EventType<Event> type) {
        fire(at, type, new PlainEvent(type.name(), at));
    }

    <E extends Event> void fire(EventType<E> type, E event) {
        fire(target, type, event);
    }

    /** Calls the handlers of an event, unless the connection was closed meanwhile. In the event place. */
    <E extends Event> void fire(EventTarget at, EventType<E> type, E event) {
        if (closed || !at.hears(type)) {
            return;
        }
        if (event instanceof MessageEvent) {
            at.dispatch(type, event, this::onHandlerThrew);
        } else {
            ConnectionLog.named(name, () -> at.dispatch(type, event, this::onHandlerThrew));
        }
    }

    void fireCandidate(@Nullable RTCIceCandidate candidate) {
        fire(
                EventType.ICECANDIDATE,
                new RTCPeerConnectionIceEvent(EventType.ICECANDIDATE.name(), target, candidate, null));
    }

    void onConnectionState(RTCPeerConnectionState state) {
        progress.onState(state);
        if (state == RTCPeerConnectionState.FAILED) {
            progress.onFailed(failure);
        }
    }

    /** Remembers why the connection fails, in one sentence. */
    void failedBecause(String why) {
        if (failure.isEmpty()) {
            failure = why;
        }
    }

    void onHandlerThrew(Throwable thrown) {
        ConnectionLog.handlerThrew(name, thrown);
        runtime.listener().onHandlerException(name, thrown);
    }

    // --- closing

    void close(CloseCause cause) {
        synchronized (closeMonitor) {
            if (closed) {
                return;
            }
            closed = true;
        }
        CloseCause told = cause.kind() == CloseCause.Kind.CLOSED && !failure.isEmpty()
                ? new CloseCause(cause.kind(), "It had failed: " + failure, cause.thrown())
                : cause;
        closeCause = told;
        channels.connectionClosed();
        media.closed();
        transports.closed();
        driver.execute(driver::close);
        place.execute(() -> {
            DOMException why = DOMException.invalidState("The connection was closed");
            List<ConfinedFuture<RTCSessionDescription>> waiting = List.copyOf(awaitingGathering);
            awaitingGathering.clear();
            waiting.forEach(each -> each.completeExceptionally(why));
        });
    }

    @Override
    public void onReleased() {
        CloseCause cause = closeCause;
        CloseCause told = cause == null
                ? new CloseCause(CloseCause.Kind.INTERNAL_ERROR, "The engines ended by themselves", null)
                : cause;
        progress.onClosed(told, driver.stats(), queuePeaks());
        runtime.onClosed(this);
        place.execute(() -> whenClosed.complete(told));
    }

    CompletableFuture<CloseCause> closeGracefully(Duration limit) {
        CloseCause cause = new CloseCause(
                CloseCause.Kind.CLOSED_GRACEFULLY, "Closed after what was buffered had been delivered", null);
        CloseCause late = new CloseCause(
                CloseCause.Kind.CLOSED_GRACEFULLY, "Closed with bytes still buffered when the time was over", null);
        driver.execute(() -> {
            LoopTimer timer = loop.newTimer(() -> close(late));
            timer.arm(loop.clock().nanoTime() + limit.toNanos());
            driver.data().whenDrained(() -> {
                timer.cancel();
                close(cause);
            });
        });
        return whenClosed;
    }

    private void onExecutorRejected(RejectedExecutionException refused) {
        close(new CloseCause(
                CloseCause.Kind.EXECUTOR_REJECTED, "The Executor refused a task of this connection", refused));
    }

    // --- what the driver tells, on the loop: into the place

    @Override
    public void onIceState(IceState state, IceRole role, String explanation) {
        progress.onIceState(state);
        place.execute(() -> {
            if (!closed) {
                if (state == IceState.FAILED) {
                    failedBecause(explanation);
                }
                transports.onIceState(state, role);
            }
        });
    }

    @Override
    public void onGatheringState(IceGatheringState state) {
        whileOpen(() -> transports.onGatheringState(state));
    }

    @Override
    public void onLocalCandidate(IceCandidate candidate) {
        whileOpen(() -> transports.onLocalCandidate(candidate));
    }

    @Override
    public void onLocalCandidateRemoved(IceCandidate candidate) {
        whileOpen(() -> transports.onLocalCandidateRemoved(candidate));
    }

    @Override
    public void onCandidateError(IceCandidateError error) {
        whileOpen(() -> transports.onCandidateError(error));
    }

    @Override
    public void onSelectedPair(@Nullable SelectedPair pair) {
        progress.onSelectedPair(pair);
        whileOpen(() -> transports.onSelectedPair(pair));
    }

    @Override
    public void onDtlsStarted() {
        whileOpen(transports::onDtlsStarted);
    }

    @Override
    public void onDtlsEvent(DtlsEvent event) {
        progress.onDtlsEvent(event);
        whileOpen(() -> transports.onDtlsEvent(event));
    }

    @Override
    public void onDataEvent(DataChannelEvent event) {
        if (event instanceof DataChannelEvent.Established) {
            progress.onSctpConnected();
        }
        place.execute(() -> DataEvents.deliver(event, this));
    }

    @Override
    public void onDataAdvanced() {
        channels.traffic().settle();
    }

    @Override
    public boolean drainEvents() {
        return place.drainInTurn();
    }

    @Override
    public void onInternalError(Throwable thrown) {
        ConnectionLog.internalError(name, thrown);
        close(new CloseCause(CloseCause.Kind.INTERNAL_ERROR, "The library itself threw " + thrown, thrown));
    }

    void onSctpClosed(String why, OptionalInt code, boolean failed) {
        if (failed) {
            failedBecause(why);
        }
        transports.onSctpClosed(why, code, failed);
    }

    private void whileOpen(Runnable task) {
        place.execute(() -> {
            if (!closed) {
                task.run();
            }
        });
    }
}
