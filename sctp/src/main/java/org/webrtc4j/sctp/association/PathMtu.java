package org.webrtc4j.sctp.association;

import org.webrtc4j.common.ByteReader;
import org.webrtc4j.common.ByteWriter;
import org.webrtc4j.sctp.SctpState;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.packet.PacketBuilder;
import org.webrtc4j.sctp.packet.ParameterType;
import org.webrtc4j.sctp.shared.SctpTimer;

/**
 * Finds how large packets may be (RFC 8899 with the probes of its section 6.2: HEARTBEAT and PAD).
 *
 * <p>The base size, {@code maxPacketSize}, is taken to work everywhere. The search begins once an association has sent enough
 * for larger packets to matter, with the largest size, since most paths carry it, and halves from there. A probe carries no
 * data, so its loss delays none and says nothing about congestion. When data does not get through, the base size is used until
 * the larger one has been shown to pass again.
 *
 * <p>No DATA chunk is larger than a packet of the base size carries: a chunk that has its TSN can never be cut again, and
 * would be stuck if the path became narrower. Larger packets carry more chunks instead, so that a fall-back to the base size
 * only bundles them differently.
 */
final class PathMtu {

    /** An association that has sent less than this has no use for a search. */
    private static final long BULK_BYTES = 65_536;
    /** MAX_PROBES of RFC 8899 section 5.1.2. */
    private static final int MAX_PROBES = 3;
    /** PROBE_TIMER may not be shorter (RFC 8899 section 5.1.1); the round trip is known here, so it need not be 15 s. */
    private static final long LEAST_WAIT_NANOS = 1_000_000_000L;
    /** PMTU_RAISE_TIMER: a path that was narrower is asked again after this. */
    private static final long RAISE_NANOS = 600_000_000_000L;
    /** A chunk sent more often than this is not just unlucky. */
    private static final int SUSPICIOUS_SENDS = 3;
    /** A search does not go on for less. */
    private static final int STEP = 32;
    /** A further chunk has to be worth its header. */
    private static final int LEAST_GAIN = 96;

    private static final int INFO_SIZE = 12;
    private static final int PARAMETER_HEADER = 4;

    private final ControlBlock block;
    private final ByteReader reader = new ByteReader();
    private final int base;
    private final int most;

    private boolean searching;
    private int confirmed;
    /** A size that the path has not carried, or the first beyond the largest wanted. */
    private int refused;

    private int candidate;
    private int attempts;
    private boolean due;
    private boolean awaiting;
    private long nonce;
    private long bytesBefore;
    private long sentAtNanos;
    /** The chunk for whose sake the size was validated last. */
    private long suspected = -1;

    PathMtu(ControlBlock block) {
        this.block = block;
        base = block.options.maxPacketSize() & ~3;
        most = block.options.maxProbedPacketSize() & ~3;
        confirmed = base;
    }

    /** The path is new, or may be: only the base size is known to work. */
    void reset() {
        searching = false;
        due = false;
        awaiting = false;
        suspected = -1;
        bytesBefore = block.counters.bytesSent;
        block.timers.stop(SctpTimer.PATH_MTU);
        use(base);
    }

    /** The largest packet that may carry data now. */
    int packetSize() {
        return confirmed - base < LEAST_GAIN ? base : confirmed;
    }

    private void use(int size) {
        confirmed = size;
        block.sender.packetSize(packetSize());
    }

    /** Begins a search when it is worth one, and doubts a result when data does not get through. */
    void proceed() {
        if (confirmed > base) {
            long first = block.sender.firstOutstanding();
            if (block.sender.firstOutstandingSends() > SUSPICIOUS_SENDS && first != suspected) {
                suspected = first;
                validate();
            }
        }
        boolean idle = !searching && !block.timers.isRunning(SctpTimer.PATH_MTU);
        if (idle
                && most - confirmed >= LEAST_GAIN
                && block.state == SctpState.ESTABLISHED
                && block.counters.bytesSent - bytesBefore >= BULK_BYTES) {
            search();
        }
    }

    private void search() {
        searching = true;
        refused = most + 4;
        probe(most);
    }

    private void probe(int size) {
        candidate = size;
        attempts = 0;
        nonce = block.random.nextLong();
        due = true;
    }

    boolean isProbeDue() {
        return due && block.state == SctpState.ESTABLISHED;
    }

    /** Writes the probe, which fills its packet to the last byte. */
    void writeProbe(PacketBuilder packet, long nowNanos) {
        due = false;
        awaiting = true;
        attempts++;
        sentAtNanos = nowNanos;
        block.timers.start(
                SctpTimer.PATH_MTU,
                nowNanos + Math.max(LEAST_WAIT_NANOS, block.sender.timeout().timeoutNanos()));
        packet.begin(block.peerTag, candidate);
        byte[] info = new ByteWriter(INFO_SIZE).i64(nonce).i32(candidate).array();
        packet.append(ControlChunks.withParameter(ChunkType.HEARTBEAT, ParameterType.HEARTBEAT_INFO, info));
        packet.pad();
    }

    /** A probe is late, or it is time to search again. */
    void onTimeout(long nowNanos) {
        if (!searching) {
            // The largest size may work now; proceed() asks when there is something to send.
            bytesBefore = block.counters.bytesSent;
            return;
        }
        awaiting = false;
        if (!block.sender.isAllAcked() && block.heardAtNanos - sentAtNanos < 0) {
            attempts--; // nothing at all came back: that tells nothing about sizes
        }
        if (attempts < MAX_PROBES) {
            due = true;
        } else {
            refused = candidate;
            narrow(nowNanos);
        }
    }

    /** Takes the answer to a probe; false when it is not one. */
    boolean onHeartbeatAck(byte[] array, int offset, int length, long nowNanos) {
        reader.reset(array, offset, length);
        boolean ours = reader.u16() == ParameterType.HEARTBEAT_INFO
                && reader.u16() == PARAMETER_HEADER + INFO_SIZE
                && reader.i64() == nonce
                && reader.i32() == candidate
                && !reader.failed();
        if (!ours || !searching || !(awaiting || due)) {
            return false;
        }
        awaiting = false;
        due = false;
        block.timers.stop(SctpTimer.PATH_MTU);
        block.errors.clear();
        use(candidate);
        narrow(nowNanos);
        return true;
    }

    /** Halves what is between the largest size known to work and the smallest known not to. */
    private void narrow(long nowNanos) {
        int middle = Math.max((confirmed + refused) / 2 & ~3, base + LEAST_GAIN);
        if (refused - confirmed > STEP && refused - middle >= STEP / 2 && confirmed < most) {
            probe(middle);
            return;
        }
        searching = false;
        if (confirmed < most) {
            block.timers.start(SctpTimer.PATH_MTU, nowNanos + RAISE_NANOS);
        }
    }

    /**
     * The path may have become narrower without saying so (a black hole, RFC 8899 section 4.3): the base size is used until a
     * probe has shown again that the larger one passes. Asked for when T3 expires, and when a chunk is sent again and again.
     */
    void validate() {
        if (confirmed > base) {
            int known = confirmed;
            use(base);
            searching = true;
            awaiting = false;
            refused = known + 4;
            probe(known);
        }
    }
}
