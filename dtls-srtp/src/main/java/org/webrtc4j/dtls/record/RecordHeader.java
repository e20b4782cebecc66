package org.webrtc4j.dtls.record;

import org.webrtc4j.crypto.Words;
import org.webrtc4j.dtls.guard.RecordWalker;

/** Writes a record's header (RFC 6347 section 4.1); {@link RecordWalker} reads it and has the diagram. */
public final class RecordHeader {

    private RecordHeader() {}

    /**
     * Writes a header of DTLS 1.2.
     *
     * @param bytes to the beginning of this
     * @param type the content type
     * @param epochAndNumber 16 and 48 bits
     * @param fragmentLength bytes that follow
     */
    public static void write(byte[] bytes, int type, long epochAndNumber, int fragmentLength) {
        bytes[0] = (byte) type;
        bytes[1] = (byte) (ProtectedRecords.VERSION >>> 8);
        bytes[2] = (byte) ProtectedRecords.VERSION;
        Words.set(bytes, 3, epochAndNumber);
        bytes[11] = (byte) (fragmentLength >>> 8);
        bytes[12] = (byte) fragmentLength;
    }
}
