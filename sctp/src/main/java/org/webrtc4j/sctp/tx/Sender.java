package org.webrtc4j.sctp.tx;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ProtocolEngine;
import org.webrtc4j.common.TimerTable;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.packet.Capabilities;
import org.webrtc4j.sctp.packet.PacketBuilder;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.ErrorCounter;
import org.webrtc4j.sctp.shared.EventQueue;
import org.webrtc4j.sctp.shared.SctpTimer;

/**
 * Decides what DATA leaves: lost chunks first, then new ones, within congestion window, peer window and burst limit (RFC
 * 9260 sections 6.1, 6.3 and 7.2).
 */
public final class Sender {

    /** A smaller piece than this part of a full fragment is not cut to fill a packet. */
    private static final int LEAST_CUT_DIVISOR = 2;
    /** Below this many packets of window each acknowledgement is wanted at once (RFC 7053). */
    private static final int IMMEDIATE_BELOW_PACKETS = 10;

    private final SctpOptions options;
    private final SendTimers timers;
    private final Counters counters;
    private final ErrorCounter errors;
    private final SendQueue queue;
    private final OutstandingData outstanding = new OutstandingData();
    private final RetransmissionTimeout timeout;
    private final LossRecovery recovery;
    private final Pacer pacer;
    private final Utilisation utilisation;
    private final ChunkWriter writer = new ChunkWriter(outstanding);
    private final ForwardTsn forwardTsn;
    private final Abandonment abandonment;
    /** Bytes of chunks in a full packet: what windows and flights are counted in. */
    private final int packetSize;

    private int headerSize;
    private int maxFragment;
    /** A smaller piece is not cut to fill a packet. */
    private int leastCut;

    private CongestionControl congestion;

    private long peerWindow;
    /** A closed window of the peer is probed with one packet (section 6.1 A). */
    private boolean windowProbe;
    /** The peer's window alone holds new data back. */
    private boolean blockedByWindow;
    /** The pacer alone holds something back. */
    private boolean blockedByPacer;
    /** The tail is probed with one packet beyond the window. */
    private boolean tailProbe;

    private long lastSentNanos;

    public Sender(
            SctpOptions options,
            TimerTable<SctpTimer> timers,
            Counters counters,
            EventQueue events,
            ErrorCounter errors) {
        this.options = options;
        this.counters = counters;
        this.errors = errors;
        packetSize = (options.maxPacketSize() & ~3) - PacketBuilder.HEADER_SIZE;
        queue = new SendQueue(options.streamBufferSize(), options.scheduler(), events, counters);
        setInterleaving(false);
        timeout = new RetransmissionTimeout(options);
        pacer = new Pacer(options, packetSize);
        utilisation = new Utilisation(outstanding, packetSize);
        congestion = CongestionControls.create(options, packetSize, 0);
        this.timers = new SendTimers(timers, timeout, outstanding, options.maxPacketSize());
        recovery = new LossRecovery(outstanding, packetSize, this.timers, timeout, counters, congestion);
        forwardTsn = new ForwardTsn(outstanding);
        abandonment = new Abandonment(outstanding, queue, forwardTsn, counters, events);
    }

    /** Begins with the peer's figures; what was outstanding is forgotten. */
    public void start(long initialTsn, long peerWindow, Capabilities capabilities) {
        setInterleaving(capabilities.interleaving());
        queue.start(peerWindow, maxFragment);
        this.peerWindow = peerWindow;
        congestion = CongestionControls.create(options, packetSize, peerWindow);
        outstanding.start(initialTsn, headerSize);
        recovery.start(initialTsn, congestion);
        pacer.start();
        utilisation.start(initialTsn);
        writer.start(capabilities.interleaving());
        forwardTsn.start(initialTsn, capabilities.interleaving());
        abandonment.start(capabilities.skips());
        timers.start();
        windowProbe = false;
        blockedByWindow = false;
        blockedByPacer = false;
        tailProbe = false;
    }

    private void setInterleaving(boolean on) {
        headerSize = on ? PacketBuilder.I_DATA_HEADER_SIZE : PacketBuilder.DATA_HEADER_SIZE;
        maxFragment = (packetSize - headerSize) & ~3;
        leastCut = maxFragment / LEAST_CUT_DIVISOR;
        queue.setInterleaving(on, maxFragment);
    }

    public SendQueue queue() {
        return queue;
    }

    public RetransmissionTimeout timeout() {
        return timeout;
    }

    public CongestionControl congestion() {
        return congestion;
    }

    public long bytesInFlight() {
        return outstanding.flightBytes();
    }

    /** What the peer has room for, less what is on its way there. */
    public long peerWindow() {
        return Math.max(0, peerWindow - outstanding.flightPayload());
    }

    /**
     * Packets are of another size from now on (RFC 8899), their header included. Chunks stay such that each fits a packet of the base size; what
     * more there is room for is cut from the next.
     */
    public void packetSize(int bytes) {
        int room = bytes - PacketBuilder.HEADER_SIZE;
        int half = maxFragment / LEAST_CUT_DIVISOR;
        int beyond = room - packetSize - headerSize;
        leastCut = beyond > 0 ? Math.min(half, beyond) : half;
        congestion.onPacketSize(room);
    }

    /** The first TSN that is not acknowledged, unwrapped. */
    public long firstOutstanding() {
        return outstanding.base();
    }

    /** How often that was sent; 0 when nothing is outstanding. */
    public int firstOutstandingSends() {
        return outstanding.isEmpty() ? 0 : outstanding.sends(outstanding.base());
    }

    /** Whether everything sent has been acknowledged. */
    public boolean isAllAcked() {
        return outstanding.isEmpty();
    }

    /** The TSN given out last. */
    public int lastAssignedTsn() {
        return (int) (outstanding.next() - 1);
    }

    /**
     * Takes a SACK's fields, or the cumulative TSN of a SHUTDOWN with no reports and the window left as it is (-1).
     *
     * @param reports where the gap blocks lie, and behind them the duplicate TSNs
     * @return whether it was applied
     */
    public boolean onSack(
            int cumulativeTsn,
            long advertisedWindow,
            byte[] reports,
            int reportsAt,
            int gapCount,
            int duplicateCount,
            long nowNanos) {
        long cumulative = outstanding.unwrap(cumulativeTsn);
        AckResult.Verdict verdict = recovery.onSack(
                cumulative, reports, reportsAt, gapCount, duplicateCount, utilisation.isFull(congestion), nowNanos);
        if (verdict != AckResult.Verdict.APPLIED) {
            counters.drop(verdict == AckResult.Verdict.OLD ? SctpDrop.OLD_SACK : SctpDrop.INVALID_SACK);
            return false;
        }
        AckResult result = recovery.result();
        if (advertisedWindow >= 0) {
            peerWindow = advertisedWindow;
            windowProbe = false;
        }
        if (result.bytes > 0 || result.cumulativeAdvanced || advertisedWindow == 0) {
            errors.clear();
        }
        pacer.onAcked(result.bytes);
        forwardTsn.onAcknowledged(nowNanos, timeout.smoothedNanos());
        return true;
    }

    /** Something sent later has arrived, and time has passed since. */
    public void onReorderingTimeout(long nowNanos) {
        recovery.onReorderingTimeout(nowNanos);
    }

    /** The tail loss probe: new data if there is some, else the highest chunk again. */
    public void onProbeTimeout(long nowNanos) {
        if (outstanding.flightBytes() == 0 || outstanding.lostCount() > 0) {
            return;
        }
        counters.probes++;
        OutboundMessage fresh = queue.peek(nowNanos);
        boolean room =
                fresh != null && !outstanding.isFull() && fitsPeerWindow(Math.min(fresh.remaining(), maxFragment));
        tailProbe = room || outstanding.markLastLost();
        timers.onProbe(nowNanos);
    }

    /**
     * T3 has expired (section 6.3.3).
     *
     * @param nowNanos the time of this turn
     * @return whether the peer has been silent too often
     */
    public boolean onT3Timeout(long nowNanos) {
        timers.onTimeout(nowNanos);
        if (outstanding.isEmpty()) {
            windowProbe = true;
            return false;
        }
        counters.timeouts++;
        recovery.onTimeout(peerWindow > 0 || outstanding.flightBytes() > packetSize, nowNanos);
        forwardTsn.onTimeout();
        return errors.increment();
    }

    /** During the set-up nothing is known to have arrived: send it again with the next COOKIE ECHO. */
    public void onSetupTimeout() {
        outstanding.markAllLost();
    }

    /** The set-up is over: data that went with the COOKIE ECHO is watched from now on. */
    public void onEstablished(long nowNanos) {
        if (!outstanding.isEmpty()) {
            timers.await(nowNanos);
        }
    }

    /** Begins the sending of a turn: how much may leave at once. */
    public void beginTurn(long nowNanos) {
        if (outstanding.isEmpty() && lastSentNanos != 0 && nowNanos - lastSentNanos > timeout.timeoutNanos()) {
            congestion.onIdle(nowNanos);
            lastSentNanos = 0;
        }
        pacer.beginTurn(congestion.pacingRate(), timeout.smoothedNanos(), nowNanos);
    }

    /** Whether {@link #fill} would add something to an empty packet. */
    public boolean wantsToSend(long nowNanos) {
        blockedByPacer = false;
        return forwardTsn.isDue()
                || mayRetransmit()
                || (!outstanding.hasLostToSend() && mayBegin(queue.peek(nowNanos), maxFragment));
    }

    /** Whether the peer has to be told what to skip. */
    public boolean isSkipDue() {
        return forwardTsn.isDue();
    }

    /** Adds chunks to a packet, as many as fit and may leave. */
    public void fill(PacketBuilder packet, long nowNanos) {
        boolean something = forwardTsn.isDue() && forwardTsn.write(packet, nowNanos);
        something |= fillLost(packet, nowNanos);
        if (!outstanding.hasLostToSend()) {
            something |= fillNew(packet, nowNanos);
        }
        if (something) {
            lastSentNanos = nowNanos;
            timers.await(nowNanos);
            timers.armProbe(recovery.mayProbe(), nowNanos);
        }
    }

    /** What could leave has left: notes what holds the rest back, and waits for it. */
    public void onNothingToSend(long nowNanos) {
        tailProbe = false;
        boolean idle = !outstanding.hasLostToSend() && (queue.isEmpty() || blockedByWindow);
        if (idle && outstanding.flightBytes() + packetSize <= congestion.window()) {
            outstanding.rate().onLimited(outstanding.flightBytes());
        }
        if (blockedByWindow && outstanding.isEmpty()) {
            // The SACK that reopens a closed window may be lost: ask after a while.
            timers.await(nowNanos);
        }
        if (blockedByPacer && pacer.isPaced()) {
            utilisation.onPaced();
            timers.awaitPacer(pacer.await(nowNanos));
        } else {
            timers.awaitPacer(ProtocolEngine.NEVER);
        }
    }

    private boolean mayRetransmit() {
        if (!outstanding.hasLostToSend()) {
            return false;
        }
        if (recovery.mayIgnoreWindow() || tailProbe || outstanding.flightBytes() == 0) {
            return true;
        }
        return outstanding.flightBytes() < congestion.window() && paceAllows();
    }

    private boolean paceAllows() {
        blockedByPacer = !pacer.allows();
        return !blockedByPacer;
    }

    private boolean fillLost(PacketBuilder packet, long nowNanos) {
        boolean something = false;
        while (mayRetransmit()) {
            long tsn = outstanding.nextLost();
            OutboundMessage message = outstanding.message(tsn);
            if (abandonment.isOver(message, outstanding.sends(tsn), nowNanos)) {
                abandonment.abandonAt(tsn);
                continue;
            }
            int length = outstanding.length(tsn);
            int size = outstanding.serialized(length);
            if (size > packet.room()) {
                break;
            }
            write(packet, tsn, true);
            congestion.onSent(size, outstanding.flightBytes(), nowNanos);
            outstanding.sentAgain(tsn, nowNanos);
            recovery.onSentAgain(tsn, tailProbe);
            tailProbe = false;
            if (tsn == outstanding.base()) {
                // Section 7.2.4, step 5: the first outstanding chunk begins a new wait.
                timers.restart(nowNanos);
            }
            counters.chunksRetransmitted++;
            pacer.spent(size);
            something = true;
        }
        return something;
    }

    private boolean fillNew(PacketBuilder packet, long nowNanos) {
        boolean something = false;
        while (true) {
            OutboundMessage message = queue.peek(nowNanos);
            if (message == null) {
                return something;
            }
            if (message.sent > 0 && abandonment.isOver(message, 0, nowNanos)) {
                if (outstanding.isFull()) {
                    return something;
                }
                abandonment.abandonUnfinished(message);
                continue;
            }
            int length = fragmentLength(message, packet.room() - headerSize);
            if (length == 0 || !mayBegin(message, length)) {
                return something;
            }
            if (message.sent == 0) {
                message.number = message.stream.takeNumber(message.unordered);
            }
            int size = outstanding.serialized(length);
            // Nothing follows that would make the peer acknowledge a train of packets, and its end may be lost.
            boolean last = queue.totalQueued() == length && outstanding.flightBytes() >= packetSize;
            congestion.onSent(size, outstanding.flightBytes(), nowNanos);
            long tsn = outstanding.add(message, message.sent, length, nowNanos);
            write(packet, tsn, last);
            queue.sent(message, length);
            pacer.spent(size);
            windowProbe = false;
            tailProbe = false;
            something = true;
        }
    }

    /** How much of a message goes into this room: a whole fragment, or a piece that is worth a chunk, or nothing. */
    private int fragmentLength(OutboundMessage message, int room) {
        int wanted = Math.min(message.remaining(), maxFragment);
        if (wanted <= room) {
            return wanted;
        }
        return room >= leastCut ? room & ~3 : 0;
    }

    /** The rules A to D of section 6.1 for new data, the burst limit and Nagle's. */
    private boolean mayBegin(@Nullable OutboundMessage message, int limit) {
        blockedByWindow = false;
        if (message == null || outstanding.isFull()) {
            return false;
        }
        int length = Math.min(message.remaining(), limit);
        long flight = outstanding.flightBytes();
        if (!fitsPeerWindow(length)) {
            blockedByWindow = true;
            return false;
        }
        if (tailProbe) {
            return true;
        }
        if (flight >= congestion.window()) {
            // Rule B: what is in flight may exceed the window by less than a packet.
            utilisation.onWindowFull();
            return false;
        }
        boolean nagle = !options.noDelay() && flight > 0 && queue.totalQueued() < maxFragment;
        return !nagle && (flight == 0 || paceAllows());
    }

    /** Rule A: one chunk may always be on its way to a window that is not closed; a closed one is probed after a while. */
    private boolean fitsPeerWindow(int length) {
        if (outstanding.flightBytes() == 0 && (peerWindow > 0 || windowProbe)) {
            return true;
        }
        return length <= peerWindow - outstanding.flightPayload();
    }

    private void write(PacketBuilder packet, long tsn, boolean urgent) {
        // RFC 7053: a small window, a repair and the end of a train are held up by a delayed acknowledgement.
        boolean immediate = urgent || congestion.window() < (long) IMMEDIATE_BELOW_PACKETS * packetSize;
        writer.write(packet, tsn, immediate);
        timers.onSent(immediate);
        counters.chunksSent++;
    }

    /** Invariants: the sums are right, and nothing is outstanding without a timer. */
    public boolean consistent() {
        return outstanding.consistent() && (outstanding.isEmpty() || timers.isAwaiting());
    }

    /** Whether a full check is cheap now. */
    public boolean isSmall() {
        return outstanding.next() - outstanding.base() < 64 && queue.totalQueued() < 4096;
    }
}
