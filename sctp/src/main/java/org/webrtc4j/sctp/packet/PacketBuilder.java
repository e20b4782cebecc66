package org.webrtc4j.sctp.packet;

import java.nio.ByteBuffer;
import org.webrtc4j.common.ByteWriter;

/**
 * Builds one packet after the other in the same array (RFC 9260 section 3).
 *
 * <pre>
 *  0                   1                   2                   3
 * +-------------------------------+-------------------------------+
 * |       Source Port Number      |    Destination Port Number    |
 * +-------------------------------+-------------------------------+
 * |                       Verification Tag                        |
 * +---------------------------------------------------------------+
 * |                           Checksum                            |
 * +---------------------------------------------------------------+
 * |                      Chunk #1 ... Chunk #n                    |
 * </pre>
 */
public final class PacketBuilder {

    public static final int HEADER_SIZE = 12;
    public static final int CHUNK_HEADER_SIZE = 4;
    public static final int DATA_HEADER_SIZE = 16;
    public static final int I_DATA_HEADER_SIZE = 20;

    private final ByteWriter writer;
    private final ByteBuffer view;
    private final Checksum checksum = new Checksum();
    private final int sourcePort;
    private final int destinationPort;

    private int limit;

    /**
     * Creates a builder.
     *
     * @param maxPacketSize bytes of the largest packet ever
     * @param sourcePort SCTP port here
     * @param destinationPort SCTP port of the peer
     */
    public PacketBuilder(int maxPacketSize, int sourcePort, int destinationPort) {
        // Chunks are padded to four bytes, so an odd packet size has no use for its last bytes.
        writer = new ByteWriter(maxPacketSize & ~3);
        view = ByteBuffer.wrap(writer.array());
        limit = writer.array().length;
        this.sourcePort = sourcePort;
        this.destinationPort = destinationPort;
    }

    /** Begins a packet, dropping what was there. */
    public void begin(int verificationTag) {
        begin(verificationTag, writer.array().length);
    }

    /** Begins a packet of a size that is not exceeded, a multiple of four. */
    public void begin(int verificationTag, int packetSize) {
        limit = packetSize;
        writer.clear().u16(sourcePort).u16(destinationPort).i32(verificationTag).i32(0);
    }

    public boolean isEmpty() {
        return writer.size() == HEADER_SIZE;
    }

    /** Bytes left for chunks, their headers included. */
    public int room() {
        return limit - writer.size();
    }

    /** Bytes that chunks may take in an empty packet. */
    public int capacity() {
        return limit - HEADER_SIZE;
    }

    /** Appends a whole chunk, already padded, and tells whether it fitted. */
    public boolean append(byte[] chunk) {
        if (chunk.length > room()) {
            return false;
        }
        writer.bytes(chunk);
        return true;
    }

    /**
     * Appends a DATA chunk (RFC 9260 section 3.3.1). The caller has made sure that it fits.
     *
     * <pre>
     * |   Type = 0    |  Res  |I|U|B|E|            Length             |
     * |                              TSN                              |
     * |      Stream Identifier S      |   Stream Sequence Number n    |
     * |                  Payload Protocol Identifier                  |
     * </pre>
     */
    public void data(int flags, int tsn, int streamId, int ssn, int ppid, byte[] payload, int offset, int length) {
        writer.u8(ChunkType.DATA).u8(flags).u16(DATA_HEADER_SIZE + length);
        writer.i32(tsn).u16(streamId).u16(ssn).i32(ppid);
        writer.bytes(payload, offset, length).zeros(-length & 3);
    }

    /**
     * Appends an I-DATA chunk (RFC 8260 section 2.1). The caller has made sure that it fits.
     *
     * <pre>
     * |   Type = 64   |  Res  |I|U|B|E|       Length = Variable       |
     * |                              TSN                              |
     * |        Stream Identifier      |           Reserved            |
     * |                      Message Identifier                       |
     * |    Payload Protocol Identifier / Fragment Sequence Number     |
     * </pre>
     *
     * @param word the payload protocol identifier in the first fragment, the fragment sequence number in the others
     */
    public void interleavedData(
            int flags, int tsn, int streamId, int mid, int word, byte[] payload, int offset, int length) {
        writer.u8(ChunkType.I_DATA).u8(flags).u16(I_DATA_HEADER_SIZE + length);
        writer.i32(tsn).u16(streamId).u16(0).i32(mid).i32(word);
        writer.bytes(payload, offset, length).zeros(-length & 3);
    }

    /** Fills the packet to its last byte with a chunk that means nothing (RFC 4820 section 3). */
    public void pad() {
        int length = room();
        if (length >= CHUNK_HEADER_SIZE) {
            writer.u8(ChunkType.PAD).u8(0).u16(length).zeros(length - CHUNK_HEADER_SIZE);
        }
    }

    /** The writer, for a chunk written field by field. */
    public ByteWriter writer() {
        return writer;
    }

    /**
     * Writes the checksum and returns the packet, valid until the next {@link #begin}.
     *
     * @param zeroChecksum leaves the checksum zero, where the peer accepts that (RFC 9653 section 5.2)
     */
    public ByteBuffer finish(boolean zeroChecksum) {
        byte[] array = writer.array();
        if (!zeroChecksum) {
            Checksum.store(array, 0, checksum.compute(array, 0, writer.size()));
        }
        view.clear().limit(writer.size());
        return view;
    }
}
