package org.webrtc4j.sctp.tx;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.TimerTable;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpEvent;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.packet.Capabilities;
import org.webrtc4j.sctp.packet.ChunkType;
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
    /**
     * At most this much leaves in one turn: more, after the acknowledgement of a large window, could overrun the queues
     * below, and what they drop would count as lost on the path. The rest leaves with the acknowledgements that follow.
     */
    private static final long MAX_TURN_BYTES = 2 * 1024 * 1024;

    private final SctpOptions options;
    private final SendTimers timers;
    private final Counters counters;
    private final EventQueue events;
    private final ErrorCounter errors;
    private final SendQueue queue;
    private final OutstandingData outstanding = new OutstandingData();
    private final AckResult result = new AckResult();
    private final AckSample sample = new AckSample();
    private final RetransmissionTimeout timeout;
    private final ForwardTsn forwardTsn;
    private final int packetSize;
    /** Chunks are I-DATA (RFC 8260) rather than DATA. */
    private boolean interleaving;

    private int headerSize;
    private int maxFragment;
    private CongestionControl congestion;

    private boolean partialReliability;
    private long peerWindow;
    private boolean recovering;
    private long recoveryExit;
    /** The packet that answers a loss ignores the window once (section 7.2.4, step 3). */
    private boolean retransmitNow;
    /** A closed window of the peer is probed with one packet (section 6.1 A). */
    private boolean windowProbe;

    private boolean blockedByWindow;
    /** The tail is probed with one packet beyond the window. */
    private boolean tailProbe;

    /** What was sent below this TSN was sent with the congestion window full. */
    private long fullWindowBelow;

    private long ackedSinceTurn;
    private long burstLeft;
    private long lastSentNanos;
    private long leastRttNanos = Long.MAX_VALUE;

    public Sender(
            SctpOptions options,
            TimerTable<SctpTimer> timers,
            Counters counters,
            EventQueue events,
            ErrorCounter errors) {
        this.options = options;
        this.counters = counters;
        this.events = events;
        this.errors = errors;
        queue = new SendQueue(options.streamBufferSize(), options.scheduler(), events, counters);
        timeout = new RetransmissionTimeout(options);
        this.timers = new SendTimers(timers, timeout, outstanding, options.maxPacketSize());
        packetSize = options.maxPacketSize() & ~3;
        setInterleaving(false);
        congestion = CongestionControls.create(options, packetSize, 0);
        forwardTsn = new ForwardTsn(outstanding);
    }

    /** Begins with the peer's figures; what was outstanding is forgotten. */
    public void start(long initialTsn, long peerWindow, Capabilities capabilities) {
        setInterleaving(capabilities.interleaving());
        outstanding.start(initialTsn, headerSize);
        forwardTsn.start(initialTsn, interleaving);
        partialReliability = capabilities.skips();
        this.peerWindow = peerWindow;
        congestion = CongestionControls.create(options, packetSize, peerWindow);
        recovering = false;
        retransmitNow = false;
        windowProbe = false;
        blockedByWindow = false;
        tailProbe = false;
        fullWindowBelow = initialTsn;
        timers.start();
    }

    private void setInterleaving(boolean on) {
        interleaving = on;
        headerSize = on ? PacketBuilder.I_DATA_HEADER_SIZE : PacketBuilder.DATA_HEADER_SIZE;
        maxFragment = (packetSize - PacketBuilder.HEADER_SIZE - headerSize) & ~3;
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

    /** Whether everything sent has been acknowledged. */
    public boolean isAllAcked() {
        return outstanding.isEmpty();
    }

    /** The TSN given out last. */
    public int lastAssignedTsn() {
        return (int) (outstanding.next() - 1);
    }

    /**
     * Takes a SACK's fields, or the cumulative TSN of a SHUTDOWN with no gaps and the window left as it is (-1).
     *
     * @return whether it was applied
     */
    public boolean onSack(
            int cumulativeTsn, long advertisedWindow, byte[] gaps, int gapsAt, int gapCount, long nowNanos) {
        long cumulative = outstanding.unwrap(cumulativeTsn);
        long before = outstanding.flightBytes();
        boolean full = outstanding.base() < fullWindowBelow || before + packetSize >= congestion.window();
        AckResult.Verdict verdict = outstanding.acknowledge(cumulative, gaps, gapsAt, gapCount, recovering, result);
        if (verdict != AckResult.Verdict.APPLIED) {
            counters.drop(verdict == AckResult.Verdict.OLD ? SctpDrop.OLD_SACK : SctpDrop.INVALID_SACK);
            return false;
        }
        if (advertisedWindow >= 0) {
            peerWindow = advertisedWindow;
            windowProbe = false;
        }
        if (result.bytes > 0 || result.cumulativeAdvanced || advertisedWindow == 0) {
            errors.clear();
        }
        ackedSinceTurn += result.bytes;
        timers.takeSample(result, nowNanos);
        describe(before, full, nowNanos);
        boolean over = recovering && cumulative >= recoveryExit;
        if (result.losses > 0) {
            if (over) {
                over = false;
                leaveRecovery(nowNanos);
            }
            sample.recoveryBegins = !recovering;
            if (!recovering) {
                enterRecovery();
            }
            sample.recovering = true;
            congestion.onLoss(sample, sample.lostBytes, nowNanos);
        }
        if (result.bytes > 0) {
            congestion.onAcked(sample, nowNanos);
        }
        if (over) {
            leaveRecovery(nowNanos);
        }
        forwardTsn.onAcknowledged(nowNanos, timeout.smoothedNanos());
        timers.onAcknowledged(result, recovering, nowNanos);
        return true;
    }

    /** Tells the controller what the SACK says of the path. */
    private void describe(long flightBefore, boolean full, long nowNanos) {
        DeliveryRate rate = outstanding.rate();
        sample.clear(flightBefore, rate.delivered(), timeout.smoothedNanos());
        sample.bytes = result.bytes;
        sample.flightAfter = outstanding.flightBytes();
        if (result.hasSample) {
            sample.rttNanos = nowNanos - result.sampleSentAt;
            leastRttNanos = Math.min(leastRttNanos, sample.rttNanos);
        }
        sample.cumulativeAdvanced = result.cumulativeAdvanced;
        sample.fullyUtilised = full;
        sample.recovering = recovering;
        sample.lostBytes = result.lostBytes;
        rate.onAcked(result, sample, leastRttNanos == Long.MAX_VALUE ? 0 : leastRttNanos, nowNanos);
    }

    private void leaveRecovery(long nowNanos) {
        recovering = false;
        congestion.onRecoveryExit(nowNanos);
    }

    private void enterRecovery() {
        counters.fastRecoveries++;
        recovering = true;
        recoveryExit = outstanding.next() - 1;
        retransmitNow = true;
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
        if (peerWindow > 0 || outstanding.flightBytes() > packetSize) {
            congestion.onTimeout(nowNanos);
        }
        recovering = false;
        retransmitNow = false;
        outstanding.markAllLost();
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

    /** Begins the sending of a turn: how much may leave on top of what was acknowledged. */
    public void beginTurn(long nowNanos) {
        if (outstanding.isEmpty() && lastSentNanos != 0 && nowNanos - lastSentNanos > timeout.timeoutNanos()) {
            congestion.onIdle(nowNanos);
            lastSentNanos = 0;
        }
        long burst = (long) options.maxBurstPackets() * packetSize;
        burstLeft = burst + Math.min(2 * ackedSinceTurn, Math.max(0, MAX_TURN_BYTES - burst));
        ackedSinceTurn = 0;
    }

    /** Whether {@link #fill} would add something to an empty packet. */
    public boolean wantsToSend(long nowNanos) {
        return forwardTsn.isDue()
                || mayRetransmit()
                || (outstanding.lostCount() == 0 && mayBegin(queue.peek(nowNanos), maxFragment));
    }

    /** Whether the peer has to be told what to skip. */
    public boolean isSkipDue() {
        return forwardTsn.isDue();
    }

    /** Adds chunks to a packet, as many as fit and may leave. */
    public void fill(PacketBuilder packet, long nowNanos) {
        boolean something = forwardTsn.isDue() && forwardTsn.write(packet, nowNanos);
        something |= fillLost(packet, nowNanos);
        if (outstanding.lostCount() == 0) {
            something |= fillNew(packet, nowNanos);
        }
        if (something) {
            lastSentNanos = nowNanos;
            timers.await(nowNanos);
            timers.armProbe(recovering, nowNanos);
        }
    }

    /** The SACK that reopens a closed window may be lost: ask after a while. */
    public void onNothingToSend(long nowNanos) {
        boolean idle = outstanding.lostCount() == 0 && (queue.isEmpty() || blockedByWindow);
        if (idle && outstanding.flightBytes() + packetSize <= congestion.window()) {
            outstanding.rate().onLimited(outstanding.flightBytes());
        }
        if (blockedByWindow && outstanding.isEmpty()) {
            timers.await(nowNanos);
        }
    }

    private boolean mayRetransmit() {
        if (outstanding.lostCount() == 0) {
            return false;
        }
        int size = outstanding.serialized(outstanding.length(outstanding.nextLost()));
        return retransmitNow
                || tailProbe
                || outstanding.flightBytes() == 0
                || (burstLeft > 0 && outstanding.flightBytes() + size <= congestion.window());
    }

    private boolean fillLost(PacketBuilder packet, long nowNanos) {
        boolean something = false;
        while (mayRetransmit()) {
            long tsn = outstanding.nextLost();
            OutboundMessage message = outstanding.message(tsn);
            if (isOver(message, outstanding.sends(tsn), nowNanos)) {
                outstanding.abandon(tsn);
                abandon(message, nowNanos);
                continue;
            }
            int length = outstanding.length(tsn);
            int size = outstanding.serialized(length);
            if (size > packet.room()) {
                break;
            }
            write(packet, tsn, message, outstanding.offset(tsn), length);
            congestion.onSent(size, outstanding.flightBytes(), nowNanos);
            outstanding.sentAgain(tsn, nowNanos);
            if (tsn == outstanding.base()) {
                // Section 7.2.4, step 5: the first outstanding chunk begins a new wait.
                timers.restart(nowNanos);
            }
            counters.chunksRetransmitted++;
            burstLeft -= size;
            something = true;
        }
        if (something) {
            retransmitNow = false;
            tailProbe = false;
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
            if (message.sent > 0 && isOver(message, 0, nowNanos)) {
                if (outstanding.isFull()) {
                    return something;
                }
                abandonUnfinished(message, nowNanos);
                continue;
            }
            int length = fragmentLength(message, packet.room() - headerSize);
            if (length == 0 || !mayBegin(message, length)) {
                return something;
            }
            if (message.sent == 0) {
                message.number = message.stream.takeNumber(message.unordered);
            }
            int offset = message.sent;
            congestion.onSent(outstanding.serialized(length), outstanding.flightBytes(), nowNanos);
            long tsn = outstanding.add(message, offset, length, nowNanos);
            write(packet, tsn, message, offset, length);
            queue.sent(message, length);
            burstLeft -= outstanding.serialized(length);
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
        return room >= maxFragment / LEAST_CUT_DIVISOR ? room & ~3 : 0;
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
        if (flight > 0 && flight + outstanding.serialized(length) > congestion.window()) {
            fullWindowBelow = outstanding.next();
            return false;
        }
        boolean nagle = !options.noDelay() && flight > 0 && queue.totalQueued() < maxFragment;
        return !nagle && (burstLeft > 0 || flight == 0);
    }

    /** Rule A: one chunk may always be on its way to a window that is not closed; a closed one is probed after a while. */
    private boolean fitsPeerWindow(int length) {
        if (outstanding.flightBytes() == 0 && (peerWindow > 0 || windowProbe)) {
            return true;
        }
        return length <= peerWindow - outstanding.flightPayload();
    }

    private void write(PacketBuilder packet, long tsn, OutboundMessage message, int offset, int length) {
        int flags = (offset == 0 ? ChunkType.FLAG_BEGIN : 0)
                | (offset + length == message.payload.length ? ChunkType.FLAG_END : 0)
                | (message.unordered ? ChunkType.FLAG_UNORDERED : 0)
                | (congestion.window() < (long) IMMEDIATE_BELOW_PACKETS * packetSize ? ChunkType.FLAG_IMMEDIATE : 0);
        int id = message.stream.id;
        if (interleaving) {
            int word = offset == 0 ? message.ppid : outstanding.fragment(tsn);
            packet.interleavedData(flags, (int) tsn, id, message.number, word, message.payload, offset, length);
        } else {
            packet.data(flags, (int) tsn, id, message.number, message.ppid, message.payload, offset, length);
        }
        counters.chunksSent++;
    }

    private boolean isOver(OutboundMessage message, int sends, long nowNanos) {
        return partialReliability && (sends > message.maxRetransmits || message.isExpired(nowNanos));
    }

    private void abandonUnfinished(OutboundMessage message, long nowNanos) {
        if (message.lastTsn >= outstanding.base()) {
            outstanding.abandon(message.lastTsn);
        }
        abandon(message, nowNanos);
    }

    /** Gives a message up: an unsent rest is dropped, with a TSN in its place for the peer to skip to. */
    private void abandon(OutboundMessage message, long nowNanos) {
        if (message.abandoned) {
            return;
        }
        message.abandoned = true;
        if (message.remaining() > 0) {
            outstanding.addAbandonedEnd(message, nowNanos);
            queue.discardRest(message);
        }
        counters.messagesAbandoned++;
        events.add(new SctpEvent.Abandoned(message.stream.id, message.ppid));
        forwardTsn.onAbandoned();
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
