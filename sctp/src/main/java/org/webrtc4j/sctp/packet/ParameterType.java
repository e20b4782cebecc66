package org.webrtc4j.sctp.packet;

/** Parameter types of INIT, INIT ACK, HEARTBEAT and RE-CONFIG (RFC 9260 section 3.3, RFC 5061, RFC 6525, RFC 3758, RFC 9653). */
public final class ParameterType {

    public static final int HEARTBEAT_INFO = 1;
    public static final int IPV4_ADDRESS = 5;
    public static final int IPV6_ADDRESS = 6;
    public static final int STATE_COOKIE = 7;
    public static final int UNRECOGNIZED = 8;
    public static final int COOKIE_PRESERVATIVE = 9;
    public static final int HOST_NAME = 11;
    public static final int SUPPORTED_ADDRESS_TYPES = 12;
    public static final int OUTGOING_RESET = 13;
    public static final int INCOMING_RESET = 14;
    public static final int SSN_TSN_RESET = 15;
    public static final int RECONFIG_RESPONSE = 16;
    public static final int ADD_OUTGOING_STREAMS = 17;
    public static final int ADD_INCOMING_STREAMS = 18;
    public static final int ECN_CAPABLE = 0x8000;
    public static final int ZERO_CHECKSUM = 0x8001;
    public static final int RANDOM = 0x8002;
    public static final int CHUNK_LIST = 0x8003;
    public static final int HMAC_ALGORITHMS = 0x8004;
    public static final int SUPPORTED_EXTENSIONS = 0x8008;
    public static final int FORWARD_TSN_SUPPORTED = 0xc000;
    public static final int ADAPTATION_LAYER = 0xc006;

    /** Value of {@link #ZERO_CHECKSUM}: the error detection method of SCTP over DTLS (RFC 9653 section 8). */
    public static final int ZERO_CHECKSUM_BY_DTLS = 1;

    private ParameterType() {}
}
