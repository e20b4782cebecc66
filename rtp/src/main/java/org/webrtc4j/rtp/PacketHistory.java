package org.webrtc4j.rtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest packets of one source stream, plaintext, kept once however many receivers there are (RFC 4588 section 5.2).
 *
 * <p>A ring of slots of {@link RtpPacket#MAX_SIZE} bytes, by unwrapped sequence number: a packet that was lapped or is too
 * old is no longer there, and is recognised by its number, so that nothing is counted or released. Memory is taken as
 * slots are first used, in steps; after the first lap nothing is allocated. Confined to one thread.
 */
public final class PacketHistory {

    /** Packets kept unless said otherwise. */
    public static final int DEFAULT_PACKETS = 512;

    /** How long packets are kept unless said otherwise. */
    public static final long DEFAULT_MAX_AGE_NANOS = 3_000_000_000L;

    private static final int SLOTS_PER_CHUNK = 32;

    private final int mask;
    private final long maxAgeNanos;
    private final byte[][] chunks;
    private final long[] sequences;
    private final short[] sizes;
    private final long[] timestamps;
    private final long[] arrivals;

    /** Creates a history of the default size and age. */
    public PacketHistory() {
        this(DEFAULT_PACKETS, DEFAULT_MAX_AGE_NANOS);
    }

    /**
     * Creates a history.
     *
     * @param packets how many are kept at most; a power of two from 32 to 4096
     * @param maxAgeNanos how long they are kept
     * @throws IllegalArgumentException when the number is not such a power
     */
    public PacketHistory(int packets, long maxAgeNanos) {
        if (Integer.bitCount(packets) != 1 || packets < SLOTS_PER_CHUNK || packets > 4096) {
            throw new IllegalArgumentException("A history of " + packets + " packets");
        }
        mask = packets - 1;
        this.maxAgeNanos = maxAgeNanos;
        chunks = new byte[packets / SLOTS_PER_CHUNK][];
        sequences = new long[packets];
        Arrays.fill(sequences, -1);
        sizes = new short[packets];
        timestamps = new long[packets];
        arrivals = new long[packets];
    }

    /**
     * Keeps a copy of a packet, unless a later one has its slot.
     *
     * @param packet with its unwrapped numbers set
     */
    public void put(RtpPacket packet) {
        put(
                packet.array(),
                packet.offset(),
                packet.size(),
                packet.unwrappedSequence(),
                packet.unwrappedTimestamp(),
                packet.arrivalNanos());
    }

    void put(byte[] array, int offset, int size, long sequence, long timestamp, long nowNanos) {
        int slot = (int) sequence & mask;
        if (sequence < 0 || sequences[slot] > sequence || size > RtpPacket.MAX_SIZE) {
            return;
        }
        System.arraycopy(array, offset, chunk(slot), offsetOf(slot), size);
        enter(slot, size, sequence, timestamp, nowNanos);
    }

    /** Keeps a packet that lies in two places. */
    void put(byte[] header, int headerLength, byte[] payload, int offset, int length, long sequence, long nowNanos) {
        int slot = (int) sequence & mask;
        if (sequence < 0 || sequences[slot] > sequence || headerLength + length > RtpPacket.MAX_SIZE) {
            return;
        }
        byte[] chunk = chunk(slot);
        System.arraycopy(header, 0, chunk, offsetOf(slot), headerLength);
        System.arraycopy(payload, offset, chunk, offsetOf(slot) + headerLength, length);
        enter(slot, headerLength + length, sequence, 0, nowNanos);
    }

    private void enter(int slot, int size, long sequence, long timestamp, long nowNanos) {
        sequences[slot] = sequence;
        sizes[slot] = (short) size;
        timestamps[slot] = timestamp;
        arrivals[slot] = nowNanos;
    }

    @SuppressWarnings("NullAway") // the array of chunks is filled as they are used
    private byte[] chunk(int slot) {
        int index = slot / SLOTS_PER_CHUNK;
        byte[] chunk = chunks[index];
        if (chunk == null) {
            chunk = new byte[SLOTS_PER_CHUNK * RtpPacket.MAX_SIZE];
            chunks[index] = chunk;
        }
        return chunk;
    }

    private static int offsetOf(int slot) {
        return slot % SLOTS_PER_CHUNK * RtpPacket.MAX_SIZE;
    }

    /**
     * Tells whether a packet is there.
     *
     * @param sequence unwrapped
     * @param nowNanos the time of this turn
     * @return false when it was never kept, was lapped, or is too old
     */
    public boolean contains(long sequence, long nowNanos) {
        int slot = (int) sequence & mask;
        return sequence >= 0 && sequences[slot] == sequence && nowNanos - arrivals[slot] <= maxAgeNanos;
    }

    /**
     * Points a view at a packet.
     *
     * @param sequence unwrapped
     * @param view shows the kept bytes, which must not be changed, until the next put
     * @param nowNanos the time of this turn
     * @return false, with the view as before, when the packet is not there
     */
    public boolean read(long sequence, RtpPacket view, long nowNanos) {
        if (!contains(sequence, nowNanos)) {
            return false;
        }
        int slot = (int) sequence & mask;
        @Nullable RtpDrop problem = view.parse(chunk(slot), offsetOf(slot), sizes[slot], arrivals[slot]);
        assert problem == null : problem;
        view.setUnwrapped(sequence, timestamps[slot]);
        return true;
    }

    /**
     * Returns how many bytes the slots take so far.
     *
     * @return bytes
     */
    public long allocatedBytes() {
        long bytes = 0;
        for (byte @Nullable [] chunk : chunks) {
            bytes += chunk == null ? 0 : chunk.length;
        }
        return bytes;
    }
}
