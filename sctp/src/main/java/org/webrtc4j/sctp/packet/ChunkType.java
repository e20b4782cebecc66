package org.webrtc4j.sctp.packet;

/** Chunk types (RFC 9260 section 3.2, RFC 3758, RFC 4820, RFC 6525, RFC 8260). */
public final class ChunkType {

    public static final int DATA = 0;
    public static final int INIT = 1;
    public static final int INIT_ACK = 2;
    public static final int SACK = 3;
    public static final int HEARTBEAT = 4;
    public static final int HEARTBEAT_ACK = 5;
    public static final int ABORT = 6;
    public static final int SHUTDOWN = 7;
    public static final int SHUTDOWN_ACK = 8;
    public static final int ERROR = 9;
    public static final int COOKIE_ECHO = 10;
    public static final int COOKIE_ACK = 11;
    public static final int SHUTDOWN_COMPLETE = 14;
    public static final int I_DATA = 64;
    public static final int RE_CONFIG = 130;
    public static final int PAD = 132;
    public static final int FORWARD_TSN = 192;
    public static final int I_FORWARD_TSN = 194;

    /** DATA: the last fragment. */
    public static final int FLAG_END = 1;
    /** DATA: the first fragment. */
    public static final int FLAG_BEGIN = 2;
    /** DATA: unordered. */
    public static final int FLAG_UNORDERED = 4;
    /** DATA: acknowledge at once (RFC 7053). */
    public static final int FLAG_IMMEDIATE = 8;
    /** ABORT, SHUTDOWN COMPLETE: the tag is the receiver's reflected, not the one expected. */
    public static final int FLAG_REFLECTED_TAG = 1;

    private ChunkType() {}

    /** Whether an unknown chunk of this type ends the packet (RFC 9260 section 3.2, high bits 00 and 01). */
    public static boolean unknownStopsPacket(int type) {
        return (type & 0x80) == 0;
    }

    /** Whether an unknown chunk of this type is reported (high bits 01 and 11). */
    public static boolean unknownIsReported(int type) {
        return (type & 0x40) != 0;
    }
}
