package org.webrtc4j.sctp.rx;

import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.common.TimerTable;
import org.webrtc4j.sctp.SctpDrop;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.PacketBuilder;
import org.webrtc4j.sctp.shared.Counters;
import org.webrtc4j.sctp.shared.EventQueue;
import org.webrtc4j.sctp.shared.SctpTimer;

/** Takes DATA and FORWARD-TSN, or I-DATA and I-FORWARD-TSN, and writes SACKs. */
public final class Receiver {

    /** What became of a DATA chunk. */
    public enum Outcome {
        TAKEN,
        DROPPED,
        /** On a stream that does not exist: acknowledged, and to be reported (RFC 9260 section 6.5). */
        INVALID_STREAM,
        /** The window is full of unfinished messages: nothing can ever be delivered. */
        OUT_OF_RESOURCE,
        /** A message larger than allowed. */
        OVERSIZED
    }

    private static final int SACK_FIXED = 16;
    private static final int SACK_USUAL_REPORTS = 160;
    /** Each tells a step of the same batch; a longer batch has longer steps. */
    private static final int MAX_SACKS_PER_BATCH = 64;

    private final TsnTracker tracker = new TsnTracker();
    private final ReceiveWindow window;
    private final InboundStreams streams;
    private final Reassembler inTsnOrder;
    private final InterleavedReassembler interleaved;
    /** One of the two, as was negotiated. */
    private Reassembly reassembler;

    private final ResetBarrier barrier = new ResetBarrier();
    private final AckPolicy acks;
    private final Counters counters;
    private int streamCount;
    /** The cumulative TSN of the last SACK. */
    private long acknowledged;

    public Receiver(SctpOptions options, TimerTable<SctpTimer> timers, Counters counters, EventQueue events) {
        this.counters = counters;
        window = new ReceiveWindow(options.receiveWindow());
        streams = new InboundStreams(window, events, counters);
        MessageSizes sizes = new MessageSizes(options);
        inTsnOrder = new Reassembler(sizes, window, streams, barrier, counters);
        interleaved = new InterleavedReassembler(sizes, window, streams, barrier, counters);
        reassembler = inTsnOrder;
        acks = new AckPolicy(timers, options.delayedAckNanos());
    }

    /**
     * Begins with the peer's first TSN; what was unfinished is forgotten, what is unread still counts.
     *
     * @param interleaving whether I-DATA comes rather than DATA
     */
    public void start(int initialTsn, int inboundStreams, boolean interleaving) {
        barrier.clear();
        tracker.start(initialTsn);
        streams.start(interleaving);
        reassembler.start(tracker.cumulative());
        reassembler = interleaving ? interleaved : inTsnOrder;
        reassembler.start(tracker.cumulative());
        acks.start();
        acknowledged = tracker.cumulative();
        streamCount = inboundStreams;
    }

    /** Takes one chunk with at least one byte of payload. */
    public Outcome onData(DataChunk chunk) {
        long tsn = tracker.unwrap(chunk.tsn);
        TsnTracker.Verdict verdict = tracker.classify(tsn);
        if (verdict != TsnTracker.Verdict.NEW) {
            acks.onDisorder();
            if (verdict == TsnTracker.Verdict.DUPLICATE) {
                tracker.noteDuplicate(tsn);
                counters.drop(SctpDrop.DUPLICATE_DATA);
            } else {
                counters.drop(SctpDrop.DATA_TOO_FAR);
            }
            return Outcome.DROPPED;
        }
        boolean next = tsn == tracker.cumulative() + 1;
        if (chunk.streamId >= streamCount) {
            boolean hadGaps = tracker.hasGaps();
            tracker.add(tsn);
            acks.onData(hadGaps || tracker.hasGaps(), false);
            counters.drop(SctpDrop.INVALID_STREAM);
            reassembler.skipHole(tracker.cumulative());
            return Outcome.INVALID_STREAM;
        }
        int charge = ReceiveWindow.charge(chunk.length);
        if (!window.fits(charge) || (!next && window.nearlyFills(charge))) {
            acks.onDisorder();
            reassembler.handOut();
            if (next && !window.hasUnread()) {
                return Outcome.OUT_OF_RESOURCE;
            }
            counters.drop(SctpDrop.WINDOW_FULL);
            return Outcome.DROPPED;
        }
        boolean hadGaps = tracker.hasGaps();
        tracker.add(tsn);
        counters.chunksReceived++;
        // RFC 9260 section 6.7: while there are gaps, and when one is filled, no delay.
        acks.onData(hadGaps || tracker.hasGaps(), (chunk.flags & ChunkType.FLAG_IMMEDIATE) != 0);
        reassembler.add(tsn, tracker.cumulative(), chunk);
        return reassembler.isOversized() ? Outcome.OVERSIZED : Outcome.TAKEN;
    }

    /** Takes a FORWARD-TSN (RFC 3758 section 3.6) or I-FORWARD-TSN (RFC 8260 section 2.3.1). */
    public void onForwardTsn(ForwardTsnChunk chunk) {
        long tsn = tracker.unwrap(chunk.newCumulativeTsn());
        acks.onDisorder();
        if (tsn <= tracker.cumulative() || tsn - tracker.cumulative() > TsnTracker.MAX_AHEAD) {
            counters.drop(SctpDrop.INVALID_FORWARD_TSN);
            return;
        }
        for (int i = 0; i < chunk.entries(); i++) {
            int streamId = chunk.streamId(i);
            if (streamId < streamCount) {
                reassembler.skipMessages(streamId, chunk.isUnordered(i), chunk.number(i));
            }
        }
        tracker.skipTo(tsn);
        reassembler.skipTo(tsn, tracker.cumulative());
    }

    public void onPacketEnd() {
        acks.onPacketEnd();
    }

    /** At the end of a batch: parts of messages leave for streams that are read so. */
    public void handOut() {
        reassembler.handOut();
    }

    /** Says whether messages of a stream are handed out part by part as they come, or whole. */
    public void setStreaming(int streamId, boolean on) {
        streams.setStreaming(streamId, on);
        if (on) {
            reassembler.onStreaming(streamId);
        }
    }

    /** The application is done with a delivered message or part. */
    public void consumed(int bytes) {
        window.consumed(bytes);
        if (window.hasReopened()) {
            acks.atOnce();
        }
    }

    public void onSackTimeout() {
        acks.atOnce();
    }

    /** Asks for a SACK at the end of this turn. */
    public void acknowledgeAtOnce() {
        acks.atOnce();
    }

    public boolean decideSack(long nowNanos) {
        return acks.decide(nowNanos);
    }

    public boolean isSackPending() {
        return acks.isPending();
    }

    /**
     * How many SACKs acknowledging every second packet would have sent before the one that is due, as the packets of the batch
     * came. Senders that let their window grow by one packet, or let few packets leave, per SACK (RFC 9260 sections 6.1 D and
     * 7.2.1) are starved by one SACK for many packets.
     */
    public int earlierSacks() {
        return (int)
                Math.min(Math.min(acks.skipped(), MAX_SACKS_PER_BATCH - 1), tracker.cumulative() - acknowledged - 1);
    }

    /** Writes the first of some {@link #earlierSacks()}: it acknowledges its share of what came. */
    public void writeEarlierSack(PacketBuilder packet, int left) {
        acknowledged += (tracker.cumulative() - acknowledged) / (left + 1);
        packet.writer().u8(ChunkType.SACK).u8(0).u16(SACK_FIXED);
        packet.writer()
                .i32((int) acknowledged)
                .i32((int) window.advertise())
                .u16(0)
                .u16(0);
    }

    /**
     * Writes a SACK (RFC 9260 section 3.3.4), with as many reports as there is room for.
     *
     * <pre>
     * |   Type = 3    |  Chunk Flags  |         Chunk Length          |
     * |                       Cumulative TSN Ack                      |
     * |           Advertised Receiver Window Credit (a_rwnd)          |
     * | Number of Gap Ack Blocks = N  |  Number of Duplicate TSNs = M |
     * </pre>
     *
     * @param lone whether nothing else wants the room
     */
    public void writeSack(PacketBuilder packet, boolean lone) {
        ByteWriter writer = packet.writer();
        int start = writer.size();
        int room = packet.room() - (SACK_FIXED - 4);
        writer.u8(ChunkType.SACK).u8(0).u16(0);
        writer.i32((int) tracker.cumulative()).i32((int) window.advertise());
        tracker.writeReports(writer, lone ? room : Math.min(room, SACK_USUAL_REPORTS));
        writer.setU16(start + 2, writer.size() - start);
        acknowledged = tracker.cumulative();
        acks.onSent();
    }

    public int cumulativeTsn() {
        return (int) tracker.cumulative();
    }

    /** Nearest unwrapped TSN to the cumulative one. */
    public long unwrap(int tsn) {
        return tracker.unwrap(tsn);
    }

    public boolean hasTaken(long tsn) {
        return tsn <= tracker.cumulative();
    }

    /** Restarts the sequence numbers of streams once everything up to a TSN has been taken. */
    public void resetAfter(long tsn, int[] streamIds, ResetBarrier.Listener listener) {
        barrier.set(tsn, streamIds, () -> {
            reassembler.reset(streamIds);
            streams.reset(streamIds);
            listener.onBarrierReached();
        });
        barrier.reached(tracker.cumulative());
    }

    public long freeWindow() {
        return window.free();
    }

    public int streamCount() {
        return streamCount;
    }

    public boolean consistent() {
        return reassembler.consistent();
    }
}
