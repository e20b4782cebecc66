package org.webrtc4j.driver;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.webrtc4j.common.DropCounters;
import org.webrtc4j.common.EventLoop;
import org.webrtc4j.common.LoopTimer;
import org.webrtc4j.dtls.DtlsEvent;
import org.webrtc4j.dtls.DtlsRole;
import org.webrtc4j.dtls.DtlsSink;
import org.webrtc4j.ice.IceRole;
import org.webrtc4j.ice.PacketReceiver;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.jsep.RemoteTransport;

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

    private final EventLoop loop;
    private final DriverListener listener;
    private final CommandQueue commands = new CommandQueue();
    private final AtomicBoolean turnRequested = new AtomicBoolean();
    private final Runnable requestedTurn = this::onTurnRequested;
    private final LoopTimer timer;
    private final IceLink ice;
    private final DtlsLink dtls;
    private final DataPlane data;
    private final DataCommands dataCommands;
    private final MediaPlane media;
    private final DropCounters<DriverDrop> counters = new DropCounters<>(DriverDrop.class);

    private boolean closing;
    private boolean released;
    private boolean inTurn;
    private boolean again;
    private long nowNanos;

    /**
     * Creates a driver. Nothing happens before {@link IceLink#createAgent}.
     *
     * @param settings what it is made of
     * @param listener hears what happens
     */
    public ConnectionDriver(DriverSettings settings, DriverListener listener) {
        this.loop = settings.loop();
        this.listener = listener;
        this.timer = loop.newTimer(this::onTimer);
        this.ice = new IceLink(this, settings, listener, new Packets());
        this.dtls = new DtlsLink(settings, new Records());
        this.data = new DataPlane(settings, listener, this::sendPlain);
        this.dataCommands = new DataCommands(this, data);
        this.media = new MediaPlane(settings, this::sendDatagram, counters, listener);
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
     * Returns what is asked of ICE.
     *
     * @return the same object on each call
     */
    public IceLink ice() {
        return ice;
    }

    /**
     * Returns what is asked of the association.
     *
     * @return the same object on each call
     */
    public DataCommands data() {
        return dataCommands;
    }

    /**
     * Both descriptions are there: connects, or follows a renegotiation.
     *
     * @param transport the other side's description
     * @param iceRole our ICE role
     * @param role our DTLS role
     */
    public void join(RemoteTransport transport, IceRole iceRole, DtlsRole role) {
        if (closing || !ice.join(transport, iceRole)) {
            return;
        }
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
     * Tells whether the caller runs within a turn, so that it may call the commands themselves.
     *
     * @return true on the loop in a turn
     */
    public boolean isInTurn() {
        return loop.inLoop() && inTurn;
    }

    boolean isClosing() {
        return closing;
    }

    /** What was done joins the turn. */
    void goOn() {
        again = true;
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
                ice.stats(),
                ice.localParameters(),
                ice.selectedPair(),
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
                if (!ice.isHeldBack()) {
                    data.handleBatchEnd(now);
                }
                media.handleBatchEnd(now);
                if (closing) {
                    release(now);
                    return;
                }
                listener.onDataAdvanced();
                dataCommands.checkDrained();
                again |= listener.drainEvents();
            } while ((again || !commands.isEmpty()) && ++rounds < MAX_ROUNDS);
            ice.flush();
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

    private long nextTimeout() {
        return Math.min(dtls.nextTimeout(), Math.min(data.nextTimeout(), media.nextTimeout()));
    }

    /** Starts what can start now: DTLS when ICE is usable and the roles are known, the association when DTLS is up. */
    private void connect(long now) {
        if (ice.isUsable() && dtls.proceed(now)) {
            listener.onDtlsStarted();
        }
        if (dtls.isUp()) {
            data.connect(now);
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
        ice.close();
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
        if (!ice.send(packet)) {
            counters.count(DriverDrop.NOT_SENT_BY_ICE);
        }
        if (!inTurn) {
            requestTurn();
        }
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
