package org.webrtc4j.driver;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.ice.GatherPolicy;
import org.webrtc4j.ice.IceAgent;
import org.webrtc4j.ice.IceAgentOptions;
import org.webrtc4j.ice.IceCandidate;
import org.webrtc4j.ice.IceParameters;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.IceState;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.jsep.RemoteTransport;
import org.webrtc4j.sctp.SctpAssociation;
import org.webrtc4j.sctp.datachannel.DataChannelParameters;

/**
 * Drives the engines of one connection in turns. A turn is:
 *
 * <ol>
 *   <li>inputs: packets of a batch, an expired timer, or commands from other threads;
 *   <li>{@code handleBatchEnd} of each engine from the bottom up: DTLS, then the association;
 *   <li>the queued events, whose handlers may call anything; their commands join the turn, and it goes on at 2;
 *   <li>the port is flushed, and one timer is armed at the smallest {@code nextTimeout}.
 * </ol>
 *
 * <p>Effects that arrive outside a turn (a DTLS worker has finished) open one. {@link #execute} and {@link #requestTurn}
 * may be called from any thread; everything else is confined to the loop.
 */
public final class ConnectionDriver {

    /** How often a turn goes on with what its handlers caused; the rest waits for the next one. */
    static final int MAX_ROUNDS = 16;

    private final DriverSettings settings;
    private final EventLoop loop;
    private final DriverListener listener;
    private final CommandQueue commands = new CommandQueue();
    private final AtomicBoolean turnRequested = new AtomicBoolean();
    private final Runnable requestedTurn = this::onTurnRequested;
    private final LoopTimer timer;
    private final DtlsLink dtls;
    private final DataPlane data;
    private final MediaPlane media;
    private final DropCounters<DriverDrop> counters = new DropCounters<>(DriverDrop.class);

    private @Nullable IceAgent agent;
    private boolean iceUsable;
    private boolean closing;
    private boolean released;
    private boolean inTurn;
    private boolean again;
    private long nowNanos;
    private @Nullable Runnable onDrained;

    /**
     * Creates a driver. Nothing happens before {@link #createAgent}.
     *
     * @param settings what it is made of
     * @param listener hears what happens
     */
    public ConnectionDriver(DriverSettings settings, DriverListener listener) {
        this.settings = settings;
        this.loop = settings.loop();
        this.listener = listener;
        this.timer = loop.newTimer(this::onTimer);
        this.dtls = new DtlsLink(settings, new Records());
        this.data = new DataPlane(settings, listener, this::sendPlain);
        this.media = new MediaPlane(settings, this::sendDatagram, counters);
    }

    // --- from any thread

    /**
     * Queues a command for the loop, in the order of the calls. The loop is woken once for a burst.
     *
     * @param command what to do in the next turn, or later in this one
     */
    public void execute(Runnable command) {
        if (commands.add(command)) {
            requestTurn();
        }
    }

    /** Makes a turn happen soon, once however often it is asked for; the current one goes on when called from within. */
    public void requestTurn() {
        if (loop.inLoop() && inTurn) {
            again = true;
            return;
        }
        if (turnRequested.compareAndSet(false, true)) {
            try {
                loop.execute(requestedTurn);
            } catch (RejectedExecutionException loopEnded) {
                afterLoop();
            }
        }
    }

    /**
     * Tells how many commands waited for the loop at worst.
     *
     * @return the most so far
     */
    public int commandPeak() {
        return commands.peak();
    }

    // --- commands, on the loop

    /**
     * Makes the agent; a second call does nothing.
     *
     * @param options what it is made with
     */
    public void createAgent(IceAgentOptions options) {
        if (agent != null || closing) {
            return;
        }
        IceAgent created = settings.iceAgents().create(loop, options);
        agent = created;
        created.addListener(new IceEvents(this, listener, created));
        created.setReceiver(new Packets());
    }

    /**
     * Begins gathering in the current generation.
     *
     * @param policy which candidates may be used
     */
    public void gather(GatherPolicy policy) {
        if (agent != null) {
            agent.gather(policy);
        }
    }

    /**
     * Begins a new local generation.
     *
     * @param parameters its credentials
     */
    public void restartIce(IceParameters parameters) {
        if (agent != null) {
            agent.restart(parameters);
        }
    }

    /** Takes a restart back. */
    public void cancelRestart() {
        if (agent != null) {
            agent.cancelRestart();
        }
    }

    /**
     * Both descriptions are there: connects, or follows a renegotiation.
     *
     * @param transport the other side's description
     * @param iceRole our ICE role
     * @param role our DTLS role
     */
    public void join(RemoteTransport transport, IceRole iceRole, DtlsRole role) {
        IceAgent ice = agent;
        if (ice == null || closing) {
            return;
        }
        ice.setRemoteParameters(transport.ice());
        if (ice.role() == IceRole.UNKNOWN) {
            ice.setRole(iceRole);
        }
        transport.candidates().forEach(ice::addRemoteCandidate);
        if (transport.endOfCandidates()) {
            ice.endOfRemoteCandidates(transport.ice().ufrag());
        }
        ice.start();
        if (!dtls.describe(transport.fingerprints(), role)) {
            data.abort(nowNanos);
            data.handleBatchEnd(nowNanos);
            dtls.refuse(nowNanos);
        }
        if (transport.hasData()) {
            data.prepare(transport, role == DtlsRole.CLIENT);
        }
    }

    /**
     * What media is to be like from now on.
     *
     * @param plan replaces the one before as a whole
     * @param ends the ends of its sections, by their identification
     */
    public void plan(MediaPlan plan, Map<String, MediaEnds> ends) {
        if (!closing) {
            media.plan(plan, ends, nowNanos);
        }
    }

    /**
     * Returns what media is to be like.
     *
     * @return the plan that was given last
     */
    public MediaPlan plan() {
        return media.plan();
    }

    /**
     * Returns the time of this turn, for those who act within it.
     *
     * @return absolute nanoseconds of the loop's clock
     */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Adds a candidate that was signalled after its description.
     *
     * @param candidate the candidate
     */
    public void addRemoteCandidate(IceCandidate candidate) {
        if (agent != null) {
            agent.addRemoteCandidate(candidate);
        }
    }

    /**
     * No candidate follows.
     *
     * @param ufrag the remote generation
     */
    public void endOfRemoteCandidates(String ufrag) {
        if (agent != null) {
            agent.endOfRemoteCandidates(ufrag);
        }
    }

    /**
     * Opens a channel in-band; may be called before the association is up.
     *
     * @param id its stream
     * @param parameters what the other side is told
     * @return false when the association cannot open it
     */
    public boolean open(int id, DataChannelParameters parameters) {
        return data.open(id, parameters, nowNanos);
    }

    /**
     * Opens a channel that both sides make themselves.
     *
     * @param id its stream
     * @param parameters how it behaves
     * @return false when the association cannot open it
     */
    public boolean openNegotiated(int id, DataChannelParameters parameters) {
        return data.openNegotiated(id, parameters);
    }

    /**
     * Gives a message to the association, which owns the array from then on.
     *
     * @param id the stream
     * @param text whether it is text
     * @param payload the message
     * @return false when it was not taken
     */
    public boolean send(int id, boolean text, byte[] payload) {
        return data.send(id, !text, payload, nowNanos);
    }

    /**
     * Resets a stream after what is queued on it.
     *
     * @param id the stream
     */
    public void closeChannel(int id) {
        data.close(id, nowNanos);
    }

    /**
     * The handlers of a message have returned; to be told once for each message.
     *
     * @param id the stream
     * @param bytes its payload bytes
     */
    public void consumed(int id, int bytes) {
        data.consumed(id, bytes, nowNanos);
        again = true;
    }

    /**
     * Hands out how many payload bytes of each channel were first sent, or dropped unsent, since the last call.
     *
     * @param consumer called for each channel concerned
     */
    public void drainSent(SctpAssociation.SentBytes consumer) {
        data.drainSent(consumer);
    }

    /**
     * Tells whether the caller runs within a turn, so that it may call the commands themselves.
     *
     * @return true on the loop in a turn
     */
    public boolean isInTurn() {
        return loop.inLoop() && inTurn;
    }

    /** Ends the association with ABORT; ICE and DTLS stay. */
    public void endAssociation() {
        data.abort(nowNanos);
    }

    /**
     * Runs a task once the association has nothing left to send and everything was acknowledged.
     *
     * @param task runs on the loop, in a turn
     */
    public void whenDrained(Runnable task) {
        onDrained = task;
    }

    /** Ends everything at the end of this turn: ABORT, close_notify, port released. */
    public void close() {
        closing = true;
    }

    /**
     * Returns the counters of all engines.
     *
     * @return a snapshot
     */
    public DriverStats stats() {
        return new DriverStats(
                Optional.ofNullable(agent).map(IceAgent::stats),
                Optional.ofNullable(agent).map(IceAgent::localParameters),
                Optional.ofNullable(agent).flatMap(IceAgent::selectedPair),
                dtls.stats(),
                dtls.connected(),
                dtls.role(),
                data.stats(),
                Optional.ofNullable(media.stats(nowNanos)),
                counters.snapshot(reason -> reason.text));
    }

    // --- the turn

    /** The loop has been shut down under the connection: what waits for it is answered on the caller's thread. */
    private synchronized void afterLoop() {
        turnRequested.set(false);
        if (!released) {
            released = true;
            listener.onReleased();
        }
        commands.drain();
        listener.drainEvents();
    }

    private void onTurnRequested() {
        turnRequested.set(false);
        turn(loop.clock().nanoTime());
    }

    private void onTimer() {
        long now = loop.clock().nanoTime();
        nowNanos = now;
        dtls.handleTimeout(now);
        data.handleTimeout(now);
        media.handleTimeout(now);
        turn(now);
    }

    private void turn(long now) {
        if (inTurn) {
            return;
        }
        if (released) {
            commands.drain();
            listener.drainEvents();
            return;
        }
        inTurn = true;
        nowNanos = now;
        try {
            int rounds = 0;
            do {
                again = false;
                commands.drain();
                connect(now);
                dtls.handleBatchEnd(now);
                if (!isHeldBack()) {
                    data.handleBatchEnd(now);
                }
                media.handleBatchEnd(now);
                if (closing) {
                    release(now);
                    return;
                }
                listener.onDataAdvanced();
                checkDrained();
                again |= listener.drainEvents();
            } while ((again || !commands.isEmpty()) && ++rounds < MAX_ROUNDS);
            if (agent != null) {
                agent.flush();
            }
            timer.arm(nextTimeout());
        } catch (RuntimeException | AssertionError | StackOverflowError bug) {
            listener.onInternalError(bug);
        } finally {
            inTurn = false;
        }
        if (again || !commands.isEmpty()) {
            requestTurn();
        }
    }

    /** While the port's queue is full the association waits: what it would send now would only be dropped. */
    private boolean isHeldBack() {
        return iceUsable && agent != null && !agent.isWritable();
    }

    private long nextTimeout() {
        return Math.min(dtls.nextTimeout(), Math.min(data.nextTimeout(), media.nextTimeout()));
    }

    /** Starts what can start now: DTLS when ICE is usable and the roles are known, the association when DTLS is up. */
    private void connect(long now) {
        if (iceUsable && dtls.proceed(now)) {
            listener.onDtlsStarted();
        }
        if (dtls.isUp()) {
            data.connect(now);
        }
    }

    private void checkDrained() {
        Runnable task = onDrained;
        if (task != null && data.isDrained()) {
            onDrained = null;
            task.run();
        }
    }

    /** ABORT, close_notify, port released; in this order, within one turn. */
    private void release(long now) {
        released = true;
        timer.cancel();
        data.abort(now);
        data.handleBatchEnd(now);
        media.close(now);
        dtls.close(now);
        if (agent != null) {
            agent.flush();
            agent.close();
        }
        listener.onReleased();
        commands.drain();
        listener.drainEvents();
    }

    /** Carries one SCTP packet down. */
    private void sendPlain(ByteBuffer packet) {
        if (!dtls.send(packet, nowNanos)) {
            counters.count(DriverDrop.NOT_SENT_BY_DTLS);
        }
    }

    /** Carries one datagram down. */
    private void sendDatagram(ByteBuffer packet) {
        if (agent == null || !agent.send(packet)) {
            counters.count(DriverDrop.NOT_SENT_BY_ICE);
        }
        if (!inTurn) {
            requestTurn();
        }
    }

    // --- what the agent tells

    void onIceState(IceState state) {
        boolean usable = state == IceState.CONNECTED || state == IceState.COMPLETED;
        if (usable && !iceUsable) {
            iceUsable = true;
        }
        requestTurn();
    }

    /** The way of a packet in: its first byte tells what it is (RFC 7983). */
    private final class Packets implements PacketReceiver {

        @Override
        public void onPacket(ByteBuffer packet, long arrivalNanos) {
            if (released || !packet.hasRemaining()) {
                return;
            }
            nowNanos = arrivalNanos;
            int first = packet.get(packet.position()) & 0xff;
            if (first >= 128 && first <= 191) {
                media.handlePacket(packet, arrivalNanos);
                return;
            }
            if (first < 20 || first > 63) {
                counters.count(DriverDrop.UNKNOWN_CLASS);
                return;
            }
            dtls.handlePacket(packet, arrivalNanos);
        }

        @Override
        public void onBatchEnd(long nowNanos) {
            turn(nowNanos);
        }

        @Override
        public void onWritabilityChanged(boolean writable) {
            if (writable) {
                requestTurn();
            }
        }
    }

    /** The way of a packet on: what DTLS makes. */
    private final class Records implements DtlsSink {

        @Override
        public void transmit(ByteBuffer packet) {
            sendDatagram(packet);
        }

        @Override
        public void onApplicationData(ByteBuffer packet) {
            // The peer may be a turn ahead; its INIT must find ours begun, or two handshakes would cross.
            data.connect(nowNanos);
            data.handlePacket(packet, nowNanos);
        }

        @Override
        public void onEvent(DtlsEvent event) {
            if (!inTurn) {
                nowNanos = loop.clock().nanoTime();
            }
            if (event instanceof DtlsEvent.Connected up) {
                boolean client = dtls.role().filter(DtlsRole.CLIENT::equals).isPresent();
                up.keys().ifPresent(keys -> media.connected(keys, client, nowNanos));
            } else {
                data.lost();
            }
            listener.onDtlsEvent(event);
            requestTurn();
        }
    }
}
