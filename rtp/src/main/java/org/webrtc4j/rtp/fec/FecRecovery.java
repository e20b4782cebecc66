package org.webrtc4j.rtp.fec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * Brings back lost packets of one stream. Packets that came are kept for a while; a repair packet waits until all but one of
 * those it protects are there, and then gives back that one, which may complete another.
 *
 * <p>At most {@link #PACKETS} packets and {@link #MAX_WAITING} repair packets are held; where there is no room the oldest
 * goes. Memory is taken when it is first needed and kept. Not thread-safe.
 */
public final class FecRecovery {

    /** Packets that are remembered. */
    public static final int PACKETS = 256;

    /** Repair packets that wait. */
    public static final int MAX_WAITING = 32;

    private static final int MASK = PACKETS - 1;
    private static final int FIXED = RtpPacket.FIXED_HEADER;

    /** Takes packets that came back. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes one.
         *
         * @param bytes the array, borrowed for the call
         * @param length of the packet, which begins with the array
         */
        void recovered(byte[] bytes, int length);
    }

    /** A repair packet that waits. */
    private static final class Repair {

        final RepairHeader header = new RepairHeader();
        final byte[] body = new byte[RtpPacket.MAX_SIZE];
        long base;
    }

    private final FecScheme scheme;
    private final int ssrc;
    private final byte[] @Nullable [] packets = new byte[PACKETS][];
    private final int[] sizes = new int[PACKETS];
    private final long[] sequences = new long[PACKETS];
    private final List<Repair> waiting = new ArrayList<>();
    private final Deque<Repair> free = new ArrayDeque<>();
    private long highest = -1;
    private long recovered;
    private long unusable;

    /**
     * Creates it before the first packet.
     *
     * @param scheme of the repair packets
     * @param ssrc of the stream protected
     */
    public FecRecovery(FecScheme scheme, int ssrc) {
        this.scheme = scheme;
        this.ssrc = ssrc;
        Arrays.fill(sequences, -1);
    }

    /**
     * Keeps a packet that came as it was sent: not one that a retransmission restored, whose header may be another.
     *
     * @param bytes the array, borrowed for the call
     * @param offset the first byte of its RTP header
     * @param length of the packet without its padding being cut
     * @param sequence unwrapped, never negative
     * @return the array that has it now, from index 0, for fields to be cleared that change on the way; null when it is too old
     *     or too large to be kept
     */
    public byte @Nullable [] keep(byte[] bytes, int offset, int length, long sequence) {
        if (length < FIXED || length > RtpPacket.MAX_SIZE || sequence < 0 || sequence <= highest - PACKETS) {
            return null;
        }
        byte[] slot = slot(sequence);
        System.arraycopy(bytes, offset, slot, 0, length);
        enter(sequence, length);
        return slot;
    }

    private byte[] slot(long sequence) {
        int index = (int) sequence & MASK;
        byte[] slot = packets[index];
        if (slot == null) {
            slot = new byte[RtpPacket.MAX_SIZE];
            packets[index] = slot;
        }
        return slot;
    }

    private void enter(long sequence, int length) {
        int index = (int) sequence & MASK;
        sequences[index] = sequence;
        sizes[index] = length;
        highest = Math.max(highest, sequence);
    }

    private boolean has(long sequence) {
        return sequences[(int) sequence & MASK] == sequence;
    }

    /**
     * Takes a repair packet in; {@link #recover} comes next.
     *
     * @param bytes the array, borrowed for the call
     * @param offset where its FEC header begins
     * @param length from there to its end
     * @param own its unwrapped sequence number where it is one of the stream it protects, else -1
     * @return null when it waits, else why it does not
     */
    public @Nullable FecDrop add(byte[] bytes, int offset, int length, long own) {
        FecDrop bad = read(bytes, offset, length, own);
        if (bad != null && bad != FecDrop.NOT_NEEDED) {
            unusable++;
        }
        return bad;
    }

    private @Nullable FecDrop read(byte[] bytes, int offset, int length, long own) {
        Repair repair = free.isEmpty() ? new Repair() : free.removeLast();
        RepairHeader header = repair.header;
        FecDrop bad = header.read(scheme, bytes, offset, offset + length);
        if (bad == null) {
            bad = place(repair, own);
        }
        if (bad == null && header.protectedBytes > RtpPacket.MAX_SIZE - FIXED) {
            bad = FecDrop.BAD_LENGTH;
        }
        if (bad != null) {
            free.addLast(repair);
            return bad;
        }
        System.arraycopy(bytes, offset + header.size, repair.body, 0, header.protectedBytes);
        if (waiting.size() == MAX_WAITING) {
            free.addLast(waiting.remove(0));
        }
        waiting.add(repair);
        return null;
    }

    /** Unwraps the base by what was received, and looks whether anything can be gained. */
    private @Nullable FecDrop place(Repair repair, long own) {
        RepairHeader header = repair.header;
        if (highest < 0 || (scheme == FecScheme.FLEXFEC_03 && header.ssrc != ssrc)) {
            return FecDrop.ELSEWHERE;
        }
        long base = highest + (short) (header.base - (int) highest);
        long last = base + header.last();
        if (base < 0 || Math.abs(last - highest) >= PACKETS) {
            return FecDrop.ELSEWHERE;
        }
        if (own >= base && own - base < scheme.span() && header.covers((int) (own - base))) {
            return FecDrop.BAD_MASK;
        }
        repair.base = base;
        return base <= highest - PACKETS || missing(repair) == 0 ? FecDrop.NOT_NEEDED : null;
    }

    /** How many packets of a repair packet are missing: 0, 1, or 2 for more. */
    private int missing(Repair repair) {
        int missing = 0;
        int last = repair.header.last();
        for (int i = 0; i <= last && missing < 2; i++) {
            if (repair.header.covers(i) && !has(repair.base + i)) {
                missing++;
            }
        }
        return missing;
    }

    /**
     * Gives back what can be given back.
     *
     * @param sink takes packets within the call; it does not call this object
     */
    public void recover(Sink sink) {
        for (int i = 0; i < waiting.size(); ) {
            Repair repair = waiting.get(i);
            int missing = repair.base <= highest - PACKETS ? 0 : missing(repair);
            if (missing > 1) {
                i++;
                continue;
            }
            waiting.remove(i);
            free.addLast(repair);
            if (missing == 1 && restore(repair, sink)) {
                // Each time there is one less: what came back may complete another.
                i = 0;
            }
        }
    }

    private boolean restore(Repair repair, Sink sink) {
        RepairHeader header = repair.header;
        int flags = header.flags;
        int type = header.markerAndType;
        int length = header.length;
        int timestamp = header.timestamp;
        long lost = -1;
        int last = header.last();
        for (int i = 0; i <= last; i++) {
            if (!header.covers(i)) {
                continue;
            }
            long sequence = repair.base + i;
            if (!has(sequence)) {
                lost = sequence;
                continue;
            }
            byte[] other = slot(sequence);
            flags ^= other[0];
            type ^= other[1];
            length ^= sizes[(int) sequence & MASK] - FIXED;
            timestamp ^= Bytes.i32(other, 4);
        }
        if (length < 0 || length > header.protectedBytes || length > RtpPacket.MAX_SIZE - FIXED) {
            unusable++;
            return false;
        }
        byte[] packet = slot(lost);
        System.arraycopy(repair.body, 0, packet, FIXED, length);
        for (int i = 0; i <= last; i++) {
            long sequence = repair.base + i;
            if (header.covers(i) && sequence != lost) {
                xor(packet, slot(sequence), Math.min(length + FIXED, sizes[(int) sequence & MASK]));
            }
        }
        packet[0] = (byte) (0x80 | (flags & 0x3f));
        packet[1] = (byte) type;
        Bytes.setU16(packet, 2, (int) lost);
        Bytes.setI32(packet, 4, timestamp);
        Bytes.setI32(packet, 8, ssrc);
        enter(lost, length + FIXED);
        recovered++;
        sink.recovered(packet, length + FIXED);
        return true;
    }

    private static void xor(byte[] into, byte[] other, int limit) {
        for (int i = FIXED; i < limit; i++) {
            into[i] ^= other[i];
        }
    }

    /** Forgets everything: the stream has jumped. */
    public void clear() {
        Arrays.fill(sequences, -1);
        free.addAll(waiting);
        waiting.clear();
        highest = -1;
    }

    /**
     * Returns how many packets came back.
     *
     * @return since the beginning
     */
    public long recoveredPackets() {
        return recovered;
    }

    /**
     * Returns how many repair packets were not well-formed, or would have given back what is no packet.
     *
     * @return since the beginning
     */
    public long unusablePackets() {
        return unusable;
    }

    /**
     * Returns how many repair packets wait.
     *
     * @return at most {@link #MAX_WAITING}
     */
    public int waitingCount() {
        return waiting.size();
    }
}
