package org.webrtc4j.rtp.send;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.PacketHistory;

/**
 * What a receiver got for each outgoing sequence number: a few numbers and where the bytes are, so that the packet can be
 * made again. A ring of fixed size; a number that was lapped is no longer known.
 */
public final class SentRecords {

    private final int mask;
    private final long[] sequences;
    private final long[] sources;
    private final @Nullable PacketHistory[] histories;
    private final int[] timestamps;
    private final byte[] payloadTypes;
    private final long[] patches;
    private final byte[] patchLengths;
    private final long[] resentNanos;
    private final byte[] resends;

    /**
     * Creates an empty ring.
     *
     * @param size numbers remembered, a power of two
     */
    public SentRecords(int size) {
        mask = size - 1;
        sequences = new long[size];
        Arrays.fill(sequences, -1);
        sources = new long[size];
        histories = new PacketHistory[size];
        timestamps = new int[size];
        payloadTypes = new byte[size];
        patches = new long[size];
        patchLengths = new byte[size];
        resentNanos = new long[size];
        resends = new byte[size];
    }

    /**
     * Notes a packet.
     *
     * @param sequence its outgoing number, unwrapped
     * @param source its number in the history
     * @param history where its bytes are, if they are kept
     * @param timestamp its outgoing timestamp
     * @param payloadType its outgoing payload type
     * @param patch what its payload begins with, instead
     * @param patchLength how many bytes of it
     */
    public void put(
            long sequence,
            long source,
            @Nullable PacketHistory history,
            int timestamp,
            int payloadType,
            long patch,
            int patchLength) {
        int slot = (int) sequence & mask;
        sequences[slot] = sequence;
        sources[slot] = source;
        histories[slot] = history;
        timestamps[slot] = timestamp;
        payloadTypes[slot] = (byte) payloadType;
        patches[slot] = patch;
        patchLengths[slot] = (byte) patchLength;
        resends[slot] = 0;
    }

    /**
     * Finds a packet.
     *
     * @param sequence its outgoing number, unwrapped
     * @return an index for the other methods, or -1 when it is not known
     */
    public int find(long sequence) {
        int slot = (int) sequence & mask;
        return sequences[slot] == sequence ? slot : -1;
    }

    /**
     * Returns where the bytes of a packet are.
     *
     * @param index of {@link #find}
     * @return null when they were not kept
     */
    public @Nullable PacketHistory history(int index) {
        return histories[index];
    }

    /**
     * Returns the number of a packet in its history.
     *
     * @param index of {@link #find}
     * @return unwrapped
     */
    public long source(int index) {
        return sources[index];
    }

    /**
     * Returns the timestamp of a packet.
     *
     * @param index of {@link #find}
     * @return as it was sent
     */
    public int timestamp(int index) {
        return timestamps[index];
    }

    /**
     * Returns the payload type of a packet.
     *
     * @param index of {@link #find}
     * @return as it was sent
     */
    public int payloadType(int index) {
        return payloadTypes[index];
    }

    /**
     * Returns what the payload of a packet began with.
     *
     * @param index of {@link #find}
     * @return the bytes, the first in the highest place
     */
    public long patch(int index) {
        return patches[index];
    }

    /**
     * Returns how many bytes of the payload were changed.
     *
     * @param index of {@link #find}
     * @return 0 to 8
     */
    public int patchLength(int index) {
        return patchLengths[index];
    }

    /**
     * Asks whether a packet may be sent again, and if so, notes that it is.
     *
     * @param index of {@link #find}
     * @param intervalNanos the least time between two
     * @param nowNanos the time of this turn
     * @return false when it was sent again within the interval, or often
     */
    public boolean mayResend(int index, long intervalNanos, long nowNanos) {
        if (resends[index] == Byte.MAX_VALUE || (resends[index] > 0 && nowNanos - resentNanos[index] < intervalNanos)) {
            return false;
        }
        resends[index]++;
        resentNanos[index] = nowNanos;
        return true;
    }
}
