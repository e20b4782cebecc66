package org.webrtc4j.ice.stun;

/**
 * The numbers of STUN (RFC 8489 section 18, RFC 8445 section 20) and TURN (RFC 8656 section 18).
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

    /** An Allocate request: asks for a relayed address. */
    public static final int ALLOCATE_REQUEST = 0x0003;
    /** An Allocate success response. */
    public static final int ALLOCATE_SUCCESS = 0x0103;
    /** An Allocate error response. */
    public static final int ALLOCATE_ERROR = 0x0113;
    /** A Refresh request: prolongs or ends an allocation. */
    public static final int REFRESH_REQUEST = 0x0004;
    /** A Refresh success response. */
    public static final int REFRESH_SUCCESS = 0x0104;
    /** A Refresh error response. */
    public static final int REFRESH_ERROR = 0x0114;
    /** A Send indication: data from the client to a peer. */
    public static final int SEND_INDICATION = 0x0016;
    /** A Data indication: data from a peer to the client. */
    public static final int DATA_INDICATION = 0x0017;
    /** A CreatePermission request. */
    public static final int CREATE_PERMISSION_REQUEST = 0x0008;
    /** A CreatePermission success response. */
    public static final int CREATE_PERMISSION_SUCCESS = 0x0108;
    /** A CreatePermission error response. */
    public static final int CREATE_PERMISSION_ERROR = 0x0118;
    /** A ChannelBind request. */
    public static final int CHANNEL_BIND_REQUEST = 0x0009;
    /** A ChannelBind success response. */
    public static final int CHANNEL_BIND_SUCCESS = 0x0109;
    /** A ChannelBind error response. */
    public static final int CHANNEL_BIND_ERROR = 0x0119;

    /** Another server is to be asked (RFC 8489 section 10). */
    public static final int ERROR_TRY_ALTERNATE = 300;
    /** The request lacks what the method needs. */
    public static final int ERROR_BAD_REQUEST = 400;
    /** The credentials were missing or wrong. */
    public static final int ERROR_UNAUTHENTICATED = 401;
    /** The peer may not be reached through this server (RFC 8656 section 18.4). */
    public static final int ERROR_FORBIDDEN = 403;
    /** A comprehension-required attribute was not understood. */
    public static final int ERROR_UNKNOWN_ATTRIBUTE = 420;
    /** There is no allocation, or there is one already (RFC 8656 section 18.4). */
    public static final int ERROR_ALLOCATION_MISMATCH = 437;
    /** The nonce is too old; the response has a new one. */
    public static final int ERROR_STALE_NONCE = 438;
    /** The server has no relayed addresses of this family. */
    public static final int ERROR_FAMILY_NOT_SUPPORTED = 440;
    /** The credentials are not those that made the allocation. */
    public static final int ERROR_WRONG_CREDENTIALS = 441;
    /** The transport between server and peer is not supported. */
    public static final int ERROR_TRANSPORT_NOT_SUPPORTED = 442;
    /** The peer's address is of another family than the relayed one. */
    public static final int ERROR_PEER_FAMILY_MISMATCH = 443;
    /** The user has as many allocations as allowed. */
    public static final int ERROR_QUOTA_REACHED = 486;
    /** Both sides claim the same role (RFC 8445 section 7.3.1.1). */
    public static final int ERROR_ROLE_CONFLICT = 487;

    /** The server failed for a reason of its own. */
    public static final int ERROR_SERVER = 500;
    /** The server has no room. */
    public static final int ERROR_INSUFFICIENT_CAPACITY = 508;

    /** The family of an IPv4 address (RFC 8489 section 14.1). */
    public static final int IPV4 = 1;
    /** The family of an IPv6 address. */
    public static final int IPV6 = 2;
    /** UDP in REQUESTED-TRANSPORT (RFC 8656 section 18.7). */
    public static final int TRANSPORT_UDP = 17;
    /** MD5 in PASSWORD-ALGORITHM (RFC 8489 section 18.5.1). */
    public static final int ALGORITHM_MD5 = 1;
    /** SHA-256 in PASSWORD-ALGORITHM. */
    public static final int ALGORITHM_SHA256 = 2;
    /** What a nonce begins with that names security features in the next four characters (RFC 8489 section 9.2). */
    public static final String NONCE_COOKIE = "obMatJos2";
    /** The feature of PASSWORD-ALGORITHMS, bit 0 from the right (RFC 8489 section 18.1). */
    public static final int FEATURE_PASSWORD_ALGORITHMS = 1;
    /** The feature of USERHASH, bit 1 from the right. */
    public static final int FEATURE_USERNAME_ANONYMITY = 2;
    /** The attribute DONT-FRAGMENT, which a server may have to call unknown (RFC 8656 section 7.2). */
    public static final int DONT_FRAGMENT = 0x001a;
    /** The lowest channel number (RFC 8656 section 12). */
    public static final int FIRST_CHANNEL = 0x4000;
    /** The highest channel number. */
    public static final int LAST_CHANNEL = 0x4fff;
    /** The highest channel number of older clients (RFC 5766 section 11). */
    public static final int LAST_OLD_CHANNEL = 0x7fff;

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
    static final int CHANNEL_NUMBER = 0x000c;
    static final int LIFETIME = 0x000d;
    static final int XOR_PEER_ADDRESS = 0x0012;
    static final int DATA = 0x0013;
    static final int REALM = 0x0014;
    static final int NONCE = 0x0015;
    static final int XOR_RELAYED_ADDRESS = 0x0016;
    static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    static final int EVEN_PORT = 0x0018;
    static final int REQUESTED_TRANSPORT = 0x0019;
    static final int MESSAGE_INTEGRITY_SHA256 = 0x001c;
    static final int PASSWORD_ALGORITHM = 0x001d;
    static final int USERHASH = 0x001e;
    static final int RESERVATION_TOKEN = 0x0022;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int ADDITIONAL_ADDRESS_FAMILY = 0x8000;
    static final int ADDRESS_ERROR_CODE = 0x8001;
    static final int PASSWORD_ALGORITHMS = 0x8002;
    static final int ALTERNATE_DOMAIN = 0x8003;
    static final int SOFTWARE = 0x8022;
    static final int ALTERNATE_SERVER = 0x8023;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;
    static final int ICE_CONTROLLING = 0x802a;
    /** Renomination (draft-thatcher-ice-renomination-01 section 3.2), as libwebrtc numbers it. */
    static final int NOMINATION = 0xc001;

    private Stun() {}
}
