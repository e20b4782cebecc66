package org.webrtc4j.sctp.rx;

import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.PacketBuilder;

/**
 * A DATA (RFC 9260 section 3.3.1) or I-DATA chunk (RFC 8260 section 2.1) taken apart. One object serves every chunk of an
 * association; its payload stays where the packet is.
 */
public final class DataChunk {

    int flags;
    int tsn;
    int streamId;
    /** The stream sequence number, or the message identifier. */
    int number;
    /** Of the first fragment of an I-DATA message; the others have none. */
    int ppid;
    /** I-DATA: which fragment of its message it is, unsigned. */
    int fragment;

    byte[] array = {};
    int offset;
    int length;

    /**
     * Reads a chunk.
     *
     * @param type DATA or I-DATA
     * @param flags chunk flags
     * @param value where the chunk's value begins
     * @param size bytes of the value
     * @return whether the fixed fields are all there
     */
    public boolean read(int type, int flags, byte[] array, int value, int size) {
        boolean interleaved = type == ChunkType.I_DATA;
        int header = interleaved ? PacketBuilder.I_DATA_HEADER_SIZE : PacketBuilder.DATA_HEADER_SIZE;
        int fixed = header - PacketBuilder.CHUNK_HEADER_SIZE;
        if (size < fixed) {
            return false;
        }
        this.flags = flags;
        this.array = array;
        offset = value + fixed;
        length = size - fixed;
        tsn = i32(array, value);
        streamId = u16(array, value + 4);
        if (interleaved) {
            number = i32(array, value + 8);
            int word = i32(array, value + 12);
            ppid = begins() ? word : 0;
            fragment = begins() ? 0 : word;
        } else {
            number = u16(array, value + 6);
            ppid = i32(array, value + 8);
            fragment = 0;
        }
        return true;
    }

    private static int u16(byte[] array, int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }

    private static int i32(byte[] array, int at) {
        return u16(array, at) << 16 | u16(array, at + 2);
    }

    public int tsn() {
        return tsn;
    }

    public int streamId() {
        return streamId;
    }

    /** Whether there is no payload, which is an error (RFC 9260 section 6.2). */
    public boolean isEmpty() {
        return length == 0;
    }

    boolean begins() {
        return (flags & ChunkType.FLAG_BEGIN) != 0;
    }

    boolean ends() {
        return (flags & ChunkType.FLAG_END) != 0;
    }

    boolean isUnordered() {
        return (flags & ChunkType.FLAG_UNORDERED) != 0;
    }

    /** A copy that outlives the packet. */
    DataChunk keep() {
        DataChunk copy = new DataChunk();
        copy.flags = flags;
        copy.tsn = tsn;
        copy.streamId = streamId;
        copy.number = number;
        copy.ppid = ppid;
        copy.fragment = fragment;
        copy.array = payload();
        copy.length = length;
        return copy;
    }

    byte[] payload() {
        byte[] payload = new byte[length];
        System.arraycopy(array, offset, payload, 0, length);
        return payload;
    }
}
