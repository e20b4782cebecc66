package org.webrtc4j.sctp.rx;

/**
 * FORWARD-TSN (RFC 3758 section 3.2) or I-FORWARD-TSN (RFC 8260 section 2.3.1), read where the packet is. One object serves
 * every chunk of an association.
 */
public final class ForwardTsnChunk {

    private static final int FIXED = 4;
    private static final int ENTRY = 4;
    private static final int INTERLEAVED_ENTRY = 8;

    private byte[] array = {};
    private int value;
    private int entrySize = ENTRY;
    private int entries;

    /** Reads a chunk; false when it does not consist of whole entries. */
    public boolean read(boolean interleaved, byte[] array, int value, int size) {
        entrySize = interleaved ? INTERLEAVED_ENTRY : ENTRY;
        if (size < FIXED || (size - FIXED) % entrySize != 0) {
            return false;
        }
        this.array = array;
        this.value = value;
        entries = (size - FIXED) / entrySize;
        return true;
    }

    int newCumulativeTsn() {
        return u16(value) << 16 | u16(value + 2);
    }

    int entries() {
        return entries;
    }

    int streamId(int entry) {
        return u16(at(entry));
    }

    /** Only I-FORWARD-TSN has the bit, the last of 16. */
    boolean isUnordered(int entry) {
        return entrySize == INTERLEAVED_ENTRY && (u16(at(entry) + 2) & 1) != 0;
    }

    /** The stream sequence number, or the message identifier. */
    int number(int entry) {
        int at = at(entry);
        return entrySize == INTERLEAVED_ENTRY ? u16(at + 4) << 16 | u16(at + 6) : u16(at + 2);
    }

    private int at(int entry) {
        return value + FIXED + entry * entrySize;
    }

    private int u16(int at) {
        return (array[at] & 0xff) << 8 | (array[at + 1] & 0xff);
    }
}
