package org.webrtc4j.ice.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of TURN (RFC 8656 section 18) and of long-term credentials (RFC 8489 section 9.2) in the message that a
 * {@link StunReader} has read. Each answer looks its attribute up; the first of a kind counts, and nothing that follows the
 * integrity.
 */
public final class TurnAttributes {

    private static final int NONE = -1;
    private static final int USERHASH_BYTES = 32;

    private byte[] array = new byte[0];
    private int message;
    private int end;

    /** Creates an empty set, to be given to {@link StunReader#of}. */
    public TurnAttributes() {}

    static boolean knows(int type) {
        return switch (type) {
            case Stun.CHANNEL_NUMBER,
                    Stun.LIFETIME,
                    Stun.XOR_PEER_ADDRESS,
                    Stun.DATA,
                    Stun.XOR_RELAYED_ADDRESS,
                    Stun.REQUESTED_ADDRESS_FAMILY,
                    Stun.EVEN_PORT,
                    Stun.REQUESTED_TRANSPORT,
                    Stun.DONT_FRAGMENT,
                    Stun.RESERVATION_TOKEN,
                    Stun.ADDITIONAL_ADDRESS_FAMILY,
                    Stun.PASSWORD_ALGORITHMS,
                    Stun.ALTERNATE_SERVER,
                    Stun.ALTERNATE_DOMAIN -> true;
            default -> false;
        };
    }

    static boolean isWellFormed(int type, byte[] array, int value, int length) {
        return switch (type) {
            case Stun.CHANNEL_NUMBER,
                    Stun.LIFETIME,
                    Stun.REQUESTED_ADDRESS_FAMILY,
                    Stun.REQUESTED_TRANSPORT,
                    Stun.ADDITIONAL_ADDRESS_FAMILY -> length == 4;
            case Stun.XOR_PEER_ADDRESS, Stun.XOR_RELAYED_ADDRESS, Stun.ALTERNATE_SERVER ->
                StunReader.isAddress(array, value, length);
            case Stun.EVEN_PORT -> length == 1;
            case Stun.DONT_FRAGMENT -> length == 0;
            case Stun.RESERVATION_TOKEN -> length == 8;
            case Stun.USERHASH -> length == USERHASH_BYTES;
            case Stun.PASSWORD_ALGORITHM -> length >= 4;
            // Fewer than 128 characters, which are up to 763 bytes (RFC 8489 sections 14.9 and 14.10).
            case Stun.REALM, Stun.NONCE -> length <= 763;
            default -> true;
        };
    }

    void read(byte[] bytes, int offset, int attributesEnd) {
        array = bytes;
        message = offset;
        end = attributesEnd;
    }

    void forget() {
        array = new byte[0];
        message = 0;
        end = 0;
    }

    /** Returns where the value of an attribute begins, or {@link #NONE}. */
    private int find(int type, int skip) {
        int left = skip;
        for (int at = message + Stun.HEADER_BYTES; at < end; at += 4 + ((length(at + 4) + 3) & ~3)) {
            if (StunReader.u16(array, at) == type && left-- == 0) {
                return at + 4;
            }
        }
        return NONE;
    }

    private int length(int value) {
        return StunReader.u16(array, value - 2);
    }

    private byte @Nullable [] bytes(int type) {
        int value = find(type, 0);
        return value == NONE ? null : Arrays.copyOfRange(array, value, value + length(value));
    }

    private boolean is(int type, byte[] expected) {
        int value = find(type, 0);
        return value != NONE && Arrays.equals(array, value, value + length(value), expected, 0, expected.length);
    }

    private @Nullable String text(int type) {
        byte[] bytes = bytes(type);
        return bytes == null ? null : new String(bytes, UTF_8);
    }

    private int octet(int type) {
        int value = find(type, 0);
        return value == NONE ? NONE : array[value] & 0xff;
    }

    private @Nullable InetSocketAddress address(int type, int index, boolean xor) {
        int value = find(type, index);
        return value == NONE ? null : StunReader.address(array, message, value, xor);
    }

    /**
     * Returns REALM.
     *
     * @return the text, or null when absent
     */
    public @Nullable String realm() {
        return text(Stun.REALM);
    }

    /**
     * Compares REALM.
     *
     * @param expected the bytes wanted
     * @return true when there and equal
     */
    public boolean isRealm(byte[] expected) {
        return is(Stun.REALM, expected);
    }

    /**
     * Returns NONCE.
     *
     * @return a copy, or null when absent
     */
    public byte @Nullable [] nonce() {
        return bytes(Stun.NONCE);
    }

    /**
     * Returns the security features that the cookie of a nonce names.
     *
     * @param nonce the nonce
     * @return bits such as {@link Stun#FEATURE_PASSWORD_ALGORITHMS}, 0 without a cookie
     */
    public static int features(byte[] nonce) {
        int cookie = Stun.NONCE_COOKIE.length();
        if (nonce.length < cookie + 4 || !new String(nonce, 0, cookie, UTF_8).equals(Stun.NONCE_COOKIE)) {
            return 0;
        }
        byte[] bits;
        try {
            bits = Base64.getDecoder().decode(Arrays.copyOfRange(nonce, cookie, cookie + 4));
        } catch (IllegalArgumentException notBase64) {
            return 0;
        }
        return bits.length == 3 ? (bits[0] & 0xff) << 16 | (bits[1] & 0xff) << 8 | (bits[2] & 0xff) : 0;
    }

    /**
     * Returns what a nonce with security features begins with.
     *
     * @param features bits such as {@link Stun#FEATURE_PASSWORD_ALGORITHMS}
     * @return 13 characters
     */
    public static String nonceCookie(int features) {
        byte[] bits = {(byte) (features >>> 16), (byte) (features >>> 8), (byte) features};
        return Stun.NONCE_COOKIE + Base64.getEncoder().encodeToString(bits);
    }

    /**
     * Returns PASSWORD-ALGORITHMS as it came, to be sent back.
     *
     * @return a copy, or null when absent
     */
    public byte @Nullable [] passwordAlgorithms() {
        return bytes(Stun.PASSWORD_ALGORITHMS);
    }

    /**
     * Returns PASSWORD-ALGORITHM.
     *
     * @return its number, or -1 when absent
     */
    public int passwordAlgorithm() {
        int value = find(Stun.PASSWORD_ALGORITHM, 0);
        return value == NONE ? NONE : StunReader.u16(array, value);
    }

    /**
     * Tells whether a list of password algorithms has one.
     *
     * @param algorithms the value of PASSWORD-ALGORITHMS
     * @param algorithm such as {@link Stun#ALGORITHM_SHA256}
     * @return false also when the list is broken before it
     */
    public static boolean offers(byte[] algorithms, int algorithm) {
        int at = 0;
        while (at + 4 <= algorithms.length) {
            if (StunReader.u16(algorithms, at) == algorithm) {
                return true;
            }
            at += 4 + ((StunReader.u16(algorithms, at + 2) + 3) & ~3);
        }
        return false;
    }

    /**
     * Returns USERHASH.
     *
     * @return 32 bytes, or null when absent
     */
    public byte @Nullable [] userhash() {
        return bytes(Stun.USERHASH);
    }

    /**
     * Returns LIFETIME.
     *
     * @return seconds, or -1 when absent
     */
    public long lifetime() {
        int value = find(Stun.LIFETIME, 0);
        return value == NONE ? NONE : ((long) StunReader.u16(array, value) << 16) | StunReader.u16(array, value + 2);
    }

    /**
     * Returns CHANNEL-NUMBER.
     *
     * @return 0 to 65535, or -1 when absent
     */
    public int channelNumber() {
        int value = find(Stun.CHANNEL_NUMBER, 0);
        return value == NONE ? NONE : StunReader.u16(array, value);
    }

    /**
     * Returns one XOR-PEER-ADDRESS.
     *
     * @param index 0 for the first
     * @return a new address, or null when there are not so many
     */
    public @Nullable InetSocketAddress peerAddress(int index) {
        return address(Stun.XOR_PEER_ADDRESS, index, true);
    }

    /**
     * Returns one XOR-RELAYED-ADDRESS.
     *
     * @param index 0 for the first
     * @return a new address, or null when there are not so many
     */
    public @Nullable InetSocketAddress relayedAddress(int index) {
        return address(Stun.XOR_RELAYED_ADDRESS, index, true);
    }

    /**
     * Returns ALTERNATE-SERVER.
     *
     * @return a new address, or null when absent
     */
    public @Nullable InetSocketAddress alternateServer() {
        return address(Stun.ALTERNATE_SERVER, 0, false);
    }

    /**
     * Returns ALTERNATE-DOMAIN.
     *
     * @return the name, or null when absent
     */
    public @Nullable String alternateDomain() {
        return text(Stun.ALTERNATE_DOMAIN);
    }

    /**
     * Returns REQUESTED-TRANSPORT.
     *
     * @return a protocol number, or -1 when absent
     */
    public int requestedTransport() {
        return octet(Stun.REQUESTED_TRANSPORT);
    }

    /**
     * Returns REQUESTED-ADDRESS-FAMILY.
     *
     * @return {@link Stun#IPV4}, {@link Stun#IPV6}, another number, or -1 when absent
     */
    public int requestedAddressFamily() {
        return octet(Stun.REQUESTED_ADDRESS_FAMILY);
    }

    /**
     * Returns ADDITIONAL-ADDRESS-FAMILY.
     *
     * @return {@link Stun#IPV6}, another number, or -1 when absent
     */
    public int additionalAddressFamily() {
        return octet(Stun.ADDITIONAL_ADDRESS_FAMILY);
    }

    /**
     * Tells whether EVEN-PORT was there.
     *
     * @return true when there
     */
    public boolean evenPort() {
        return find(Stun.EVEN_PORT, 0) != NONE;
    }

    /**
     * Tells whether EVEN-PORT asks for the next port to be reserved.
     *
     * @return true when there and its bit R is set
     */
    public boolean reservesNextPort() {
        int value = find(Stun.EVEN_PORT, 0);
        return value != NONE && array[value] < 0;
    }

    /**
     * Tells whether RESERVATION-TOKEN was there.
     *
     * @return true when there
     */
    public boolean hasReservationToken() {
        return find(Stun.RESERVATION_TOKEN, 0) != NONE;
    }

    /**
     * Tells whether DONT-FRAGMENT was there.
     *
     * @return true when there
     */
    public boolean dontFragment() {
        return find(Stun.DONT_FRAGMENT, 0) != NONE;
    }

    /**
     * Narrows the packet that was read to the value of DATA.
     *
     * @param packet the buffer that {@link StunReader#read} was given
     * @return false when there is none; the buffer is left as it is
     */
    public boolean narrowToData(ByteBuffer packet) {
        int value = find(Stun.DATA, 0);
        if (value == NONE) {
            return false;
        }
        int position = value - packet.arrayOffset();
        packet.limit(position + length(value)).position(position);
        return true;
    }
}
