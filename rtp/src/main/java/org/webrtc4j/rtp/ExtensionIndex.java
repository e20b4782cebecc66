package org.webrtc4j.rtp;

/**
 * Where the elements of a header extension are (RFC 8285): a fixed table from local identifier to offset and length,
 * cleared by the identifiers that were set, so that a packet costs what it carries.
 */
final class ExtensionIndex {

    static final int ONE_BYTE_PROFILE = 0xbede;

    /** 0x1000 to 0x100f: twelve fixed bits, four for the application (RFC 8285 section 4.3). */
    static final int TWO_BYTE_PROFILE = 0x1000;

    private static final int IDS = 256;

    /** Identifier 15 ends the elements of the one-byte form (RFC 8285 section 4.2). */
    private static final int STOP = 15;

    /** offset << 8 | length per identifier; an offset is never 0, so 0 means absent. */
    private final int[] entries = new int[IDS];

    private final int[] ids = new int[IDS];
    private int count;
    private boolean malformed;

    void clear() {
        for (int i = 0; i < count; i++) {
            entries[ids[i]] = 0;
        }
        count = 0;
        malformed = false;
    }

    /** Reads the elements of one extension; those of other profiles are opaque and stay out. */
    void read(byte[] array, int packetStart, int from, int length, int profile) {
        if (profile == ONE_BYTE_PROFILE) {
            readOneByte(array, packetStart, from, from + length);
        } else if ((profile & 0xfff0) == TWO_BYTE_PROFILE) {
            readTwoByte(array, packetStart, from, from + length);
        }
    }

    private void readOneByte(byte[] array, int packetStart, int from, int end) {
        int at = from;
        while (at < end) {
            int head = array[at++] & 0xff;
            int id = head >>> 4;
            if (id == 0) {
                if (head == 0) {
                    continue;
                }
                // RFC 8285 section 4.2: identifier 0 with a length ends the processing.
                malformed = true;
                return;
            }
            if (id == STOP) {
                return;
            }
            int length = (head & 0x0f) + 1;
            if (length > end - at) {
                malformed = true;
                return;
            }
            put(id, at - packetStart, length);
            at += length;
        }
    }

    private void readTwoByte(byte[] array, int packetStart, int from, int end) {
        int at = from;
        while (at < end) {
            int id = array[at++] & 0xff;
            if (id == 0) {
                continue;
            }
            if (at == end) {
                malformed = true;
                return;
            }
            int length = array[at++] & 0xff;
            if (length > end - at) {
                malformed = true;
                return;
            }
            put(id, at - packetStart, length);
            at += length;
        }
    }

    private void put(int id, int offset, int length) {
        if (entries[id] == 0) {
            ids[count++] = id;
        }
        entries[id] = offset << 8 | length;
    }

    boolean has(int id) {
        return id > 0 && id < IDS && entries[id] != 0;
    }

    int offset(int id) {
        return entries[id] >>> 8;
    }

    int length(int id) {
        return entries[id] & 0xff;
    }

    int count() {
        return count;
    }

    int id(int index) {
        return ids[index];
    }

    boolean isMalformed() {
        return malformed;
    }
}
