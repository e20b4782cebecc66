package org.webrtc4j.rtp.fec;

import java.util.Arrays;
import org.webrtc4j.rtp.RtpPacket;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * Makes repair packets for one stream: packets are added as they leave, and a group of them ends with one, two, four or eight
 * repair packets, of which each protects every n-th packet, so that a run of as many losses is brought back.
 *
 * <p>No packet is kept: each is added to one of eight sums, and those are joined when the group ends. Nothing is allocated
 * after construction. Not thread-safe.
 */
public final class FecGenerator {

    /** Repair packets that a group may end with. */
    public static final int MAX_REPAIRS = 8;

    /** Packets of a group, and sequence numbers that it may reach over. */
    public static final int MAX_PACKETS = 48;

    private static final int FIXED = RtpPacket.FIXED_HEADER;

    /** No repair packet, with its headers, is larger than a packet may be. */
    private static final int MAX_PROTECTED = RtpPacket.MAX_SIZE - FIXED - RepairHeader.MAX_BYTES;

    private final FecScheme scheme;
    private final RepairHeader[] headers = new RepairHeader[MAX_REPAIRS];
    private final byte[][] sums = new byte[MAX_REPAIRS][MAX_PROTECTED];
    private long base;
    private int packets;
    private int repairs;

    /**
     * Creates it before the first packet.
     *
     * @param scheme of the repair packets
     * @param ssrc of the stream protected
     */
    public FecGenerator(FecScheme scheme, int ssrc) {
        this.scheme = scheme;
        for (int i = 0; i < MAX_REPAIRS; i++) {
            headers[i] = new RepairHeader();
            headers[i].ssrc = ssrc;
        }
    }

    /**
     * Adds a packet to the group.
     *
     * @param header the array whose beginning is its RTP header, with extension
     * @param headerLength bytes of the header
     * @param payload the array that has its payload; both are borrowed for the call
     * @param offset where the payload starts
     * @param length its bytes
     * @param sequence unwrapped
     * @return false when it is not added: too large, from before the group, or too far behind its beginning
     */
    public boolean add(byte[] header, int headerLength, byte[] payload, int offset, int length, long sequence) {
        int rest = headerLength - FIXED;
        if (packets == 0) {
            base = sequence;
        }
        long position = sequence - base;
        if (rest + length > MAX_PROTECTED || position < 0 || position >= MAX_PACKETS || isIn((int) position)) {
            return false;
        }
        int index = (int) position % MAX_REPAIRS;
        RepairHeader sum = headers[index];
        sum.cover((int) position);
        sum.flags ^= header[0] & 0x3f;
        sum.markerAndType ^= header[1] & 0xff;
        sum.length ^= rest + length;
        sum.timestamp ^= Bytes.i32(header, 4);
        sum.protectedBytes = Math.max(sum.protectedBytes, rest + length);
        byte[] bytes = sums[index];
        for (int i = 0; i < rest; i++) {
            bytes[i] ^= header[FIXED + i];
        }
        for (int i = 0; i < length; i++) {
            bytes[rest + i] ^= payload[offset + i];
        }
        packets++;
        return true;
    }

    private boolean isIn(int position) {
        return headers[position % MAX_REPAIRS].covers(position);
    }

    /**
     * Tells whether a packet still belongs to the group.
     *
     * @param sequence unwrapped, above those added
     * @return false when the group must end before
     */
    public boolean reaches(long sequence) {
        return packets == 0 || sequence - base < MAX_PACKETS;
    }

    /**
     * Returns how many packets the group has.
     *
     * @return 0 to {@link #MAX_PACKETS}
     */
    public int packets() {
        return packets;
    }

    /**
     * Ends the group; {@link #write} comes next, then {@link #clear}.
     *
     * @param wanted how many repair packets, at most one for each packet; what is no power of two is rounded down
     * @return how many there are
     */
    public int end(int wanted) {
        int count = Math.min(Math.min(wanted, packets), MAX_REPAIRS);
        repairs = count <= 0 ? 0 : Integer.highestOneBit(count);
        for (int i = repairs; i < MAX_REPAIRS && repairs > 0; i++) {
            join(i % repairs, i);
        }
        return repairs;
    }

    private void join(int into, int from) {
        RepairHeader a = headers[into];
        RepairHeader b = headers[from];
        a.first |= b.first;
        a.second |= b.second;
        a.flags ^= b.flags;
        a.markerAndType ^= b.markerAndType;
        a.length ^= b.length;
        a.timestamp ^= b.timestamp;
        a.protectedBytes = Math.max(a.protectedBytes, b.protectedBytes);
        for (int i = 0; i < b.protectedBytes; i++) {
            sums[into][i] ^= sums[from][i];
        }
    }

    /**
     * Writes a repair packet, without an RTP header.
     *
     * @param index from 0 to what {@link #end} has returned
     * @param out where to, with room for {@link RtpPacket#MAX_SIZE} bytes
     * @param at the first byte
     * @return how many bytes; 0 where numbers were left out so that it would protect nothing
     */
    public int write(int index, byte[] out, int at) {
        RepairHeader header = headers[index];
        if (index >= repairs || header.last() < 0) {
            return 0;
        }
        header.base = (int) base & 0xffff;
        int size = header.write(scheme, out, at);
        System.arraycopy(sums[index], 0, out, at + size, header.protectedBytes);
        return size + header.protectedBytes;
    }

    /** Begins a new group. */
    public void clear() {
        for (int i = 0; i < MAX_REPAIRS; i++) {
            RepairHeader header = headers[i];
            header.first = 0;
            header.second = 0;
            header.flags = 0;
            header.markerAndType = 0;
            header.length = 0;
            header.timestamp = 0;
            Arrays.fill(sums[i], 0, header.protectedBytes, (byte) 0);
            header.protectedBytes = 0;
        }
        packets = 0;
        repairs = 0;
    }
}
