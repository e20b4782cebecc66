package org.webrtc4j.ice.stun;

/**
 * The numbers of STUN (RFC 8489 section 18, RFC 8445 section 20).
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |0 0|     STUN Message Type     |         Message Length        |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                         Magic Cookie                          |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  |                     Transaction ID (96 bits)                  |
 *  +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Stun {

    /** A Binding request. */
    public static final int BINDING_REQUEST = 0x0001;
    /** A Binding indication: keeps a mapping alive, is never answered. */
    public static final int BINDING_INDICATION = 0x0011;
    /** A Binding success response. */
    public static final int BINDING_SUCCESS = 0x0101;
    /** A Binding error response. */
    public static final int BINDING_ERROR = 0x0111;

    /** The request lacks what the method needs. */
    public static final int ERROR_BAD_REQUEST = 400;
    /** The credentials were missing or wrong. */
    public static final int ERROR_UNAUTHENTICATED = 401;
    /** A comprehension-required attribute was not understood. */
    public static final int ERROR_UNKNOWN_ATTRIBUTE = 420;
    /** Both sides claim the same role (RFC 8445 section 7.3.1.1). */
    public static final int ERROR_ROLE_CONFLICT = 487;

    /** How long a username may be, in bytes (RFC 8489 section 14.3). */
    public static final int MAX_USERNAME_BYTES = 508;

    static final int MAGIC_COOKIE = 0x2112A442;
    static final int HEADER_BYTES = 20;
    static final int FINGERPRINT_XOR = 0x5354554e;

    static final int MAPPED_ADDRESS = 0x0001;
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000a;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int MESSAGE_INTEGRITY_SHA256 = 0x001c;
    static final int PASSWORD_ALGORITHM = 0x001d;
    static final int USERHASH = 0x001e;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int SOFTWARE = 0x8022;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802a;
    /** Renomination (draft-thatcher-ice-renomination-01 section 3.2), as libwebrtc numbers it. */
    static final int NOMINATION = 0xc001;

    private Stun() {}
}
