package org.webrtc4j.sctp.packet;

/** Error cause codes (RFC 9260 section 3.3.10). */
public final class CauseCode {

    public static final int NONE = 0;
    public static final int INVALID_STREAM = 1;
    public static final int MISSING_PARAMETER = 2;
    public static final int STALE_COOKIE = 3;
    public static final int OUT_OF_RESOURCE = 4;
    public static final int UNRECOGNIZED_CHUNK = 6;
    public static final int INVALID_MANDATORY_PARAMETER = 7;
    public static final int UNRECOGNIZED_PARAMETERS = 8;
    public static final int NO_USER_DATA = 9;
    public static final int COOKIE_WHILE_SHUTTING_DOWN = 10;
    public static final int RESTART_WITH_NEW_ADDRESSES = 11;
    public static final int USER_INITIATED_ABORT = 12;
    public static final int PROTOCOL_VIOLATION = 13;

    private CauseCode() {}
}
