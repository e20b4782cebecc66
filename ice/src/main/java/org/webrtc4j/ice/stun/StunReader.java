package org.webrtc4j.ice.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads one STUN message in place (RFC 8489 section 5). Nothing is copied or allocated unless asked for; the reader is
 * reused and its answers are about the latest message that {@link #read} accepted.
 *
 * <p>There is one kind of refusal: {@code read} returns false for everything that is not a well-formed message whose known
 * attributes are well-formed too. What follows MESSAGE-INTEGRITY is ignored but for the SHA-256 form and FINGERPRINT.
 */
public final class StunReader {

    /** Where in the message an attribute lies that was not there. */
    private static final int ABSENT = -1;

    private static final int MAX_UNKNOWN = 16;

    private final CRC32 crc = new CRC32();
    private final int[] unknown = new int[MAX_UNKNOWN];
    private byte[] array = new byte[0];
    private int offset;
    private int type;
    private int unknownCount;
    private int username;
    private int usernameLength;
    private int integrity;
    private int integritySha256;
    private int integritySha256Length;
    private int fingerprint;
    private int mapped;
    private int xorMapped;
    private int errorCode;
    private int errorLength;
    private int priority;
    private int controlling;
    private int controlled;
    private int nomination;
    private boolean useCandidate;
    /** Where the attributes end that count: at the first integrity, or the end. */
    private int attributesEnd;

    private final @Nullable TurnAttributes turn;

    /** Creates a reader of the messages of ICE that has read nothing yet. To it the attributes of TURN are unknown. */
    public StunReader() {
        this(null);
    }

    private StunReader(@Nullable TurnAttributes turn) {
        this.turn = turn;
        forget();
    }

    /**
     * Creates a reader that understands TURN and long-term credentials too.
     *
     * @param turn takes the attributes of each message read
     * @return a reader that has read nothing yet
     */
    public static StunReader of(TurnAttributes turn) {
        return new StunReader(turn);
    }

    /**
     * Reads a message.
     *
     * @param packet a heap buffer, borrowed until the next call; position and limit are left as they are
     * @return false when it is not a well-formed message; the reader then has nothing to say
     */
    public boolean read(ByteBuffer packet) {
        forget();
        array = packet.array();
        offset = packet.arrayOffset() + packet.position();
        int size = packet.remaining();
        if (size < Stun.HEADER_BYTES || (size & 3) != 0) {
            return false;
        }
        type = u16(offset);
        if (type > 0x3fff || u16(offset + 2) != size - Stun.HEADER_BYTES || i32(offset + 4) != Stun.MAGIC_COOKIE) {
            return false;
        }
        return readAttributes(offset + Stun.HEADER_BYTES, offset + size);
    }

    private boolean readAttributes(int first, int end) {
        int at = first;
        attributesEnd = end;
        while (at < end) {
            // The size is a multiple of four, so a header of four bytes always fits here.
            int length = u16(at + 2);
            int next = at + 4 + ((length + 3) & ~3);
            if (next > end || fingerprint != ABSENT) {
                return false;
            }
            if (!readAttribute(u16(at), at, length)) {
                return false;
            }
            at = next;
            if (hasIntegrity() && attributesEnd == end) {
                attributesEnd = at;
            }
        }
        if (turn != null) {
            turn.read(array, offset, attributesEnd);
        }
        return fingerprint == ABSENT || isFingerprintRight();
    }

    private boolean readAttribute(int attribute, int at, int length) {
        int value = at + 4;
        if (attribute == Stun.FINGERPRINT) {
            fingerprint = at;
            return length == 4;
        }
        if (attribute == Stun.MESSAGE_INTEGRITY_SHA256) {
            boolean first = integritySha256 == ABSENT;
            integritySha256 = first ? at : integritySha256;
            integritySha256Length = first ? length : integritySha256Length;
            return length >= 16 && length <= StunKey.SHA256_BYTES && (length & 3) == 0;
        }
        if (integrity != ABSENT || integritySha256 != ABSENT) {
            return true;
        }
        switch (attribute) {
            case Stun.MESSAGE_INTEGRITY -> {
                integrity = at;
                return length == StunKey.SHA1_BYTES;
            }
            case Stun.USERNAME -> {
                // Of an attribute that appears twice the first counts (RFC 8489 section 14).
                if (username == ABSENT) {
                    username = value;
                    usernameLength = length;
                }
                return length <= Stun.MAX_USERNAME_BYTES;
            }
            case Stun.XOR_MAPPED_ADDRESS -> {
                xorMapped = xorMapped == ABSENT ? value : xorMapped;
                return isAddress(value, length);
            }
            case Stun.MAPPED_ADDRESS -> {
                mapped = mapped == ABSENT ? value : mapped;
                return isAddress(value, length);
            }
            case Stun.ERROR_CODE -> {
                errorCode = errorCode == ABSENT ? value : errorCode;
                errorLength = length;
                return length >= 4 && isErrorCode(value);
            }
            case Stun.PRIORITY -> {
                priority = priority == ABSENT ? value : priority;
                return length == 4;
            }
            case Stun.USE_CANDIDATE -> {
                useCandidate = true;
                return length == 0;
            }
            case Stun.ICE_CONTROLLING -> {
                controlling = controlling == ABSENT ? value : controlling;
                return length == 8;
            }
            case Stun.ICE_CONTROLLED -> {
                controlled = controlled == ABSENT ? value : controlled;
                return length == 8;
            }
            case Stun.NOMINATION -> {
                nomination = length == 4 && nomination == ABSENT ? value : nomination;
                return true;
            }
            case Stun.UNKNOWN_ATTRIBUTES, Stun.REALM, Stun.NONCE, Stun.PASSWORD_ALGORITHM, Stun.USERHASH -> {
                return turn == null || TurnAttributes.isWellFormed(attribute, array, value, length);
            }
            default -> {
                if (turn != null && TurnAttributes.knows(attribute)) {
                    return TurnAttributes.isWellFormed(attribute, array, value, length);
                }
                if (attribute < 0x8000 && unknownCount < MAX_UNKNOWN) {
                    unknown[unknownCount++] = attribute;
                }
                return true;
            }
        }
    }

    private boolean isAddress(int value, int length) {
        return isAddress(array, value, length);
    }

    static boolean isAddress(byte[] array, int value, int length) {
        int family = length < 4 ? 0 : array[value + 1] & 0xff;
        return family == Stun.IPV4 ? length == 8 : family == Stun.IPV6 && length == 20;
    }

    private boolean isErrorCode(int value) {
        int errorClass = array[value + 2] & 7;
        return errorClass >= 3 && errorClass <= 6 && (array[value + 3] & 0xff) < 100;
    }

    private boolean isFingerprintRight() {
        crc.reset();
        crc.update(array, offset, fingerprint - offset);
        return ((int) crc.getValue() ^ Stun.FINGERPRINT_XOR) == i32(fingerprint + 4);
    }

    /**
     * Returns the message type, method and class together.
     *
     * @return 14 bits, such as {@link Stun#BINDING_REQUEST}
     */
    public int type() {
        return type;
    }

    /**
     * Returns the first 32 bits of the transaction id.
     *
     * @return the high bits
     */
    public int transactionHigh() {
        return i32(offset + 8);
    }

    /**
     * Returns the last 64 bits of the transaction id.
     *
     * @return the low bits
     */
    public long transactionLow() {
        return i64(offset + 12);
    }

    /**
     * Tells whether a FINGERPRINT was there; a wrong one is refused by {@link #read}.
     *
     * @return true when there and right
     */
    public boolean hasFingerprint() {
        return fingerprint != ABSENT;
    }

    /**
     * Tells whether MESSAGE-INTEGRITY or its SHA-256 form was there.
     *
     * @return true when there; see {@link #isAuthentic} for its value
     */
    public boolean hasIntegrity() {
        return integrity != ABSENT || integritySha256 != ABSENT;
    }

    /**
     * Tells whether MESSAGE-INTEGRITY-SHA256 was there.
     *
     * @return true when there
     */
    public boolean hasIntegritySha256() {
        return integritySha256 != ABSENT;
    }

    /**
     * Verifies the integrity, in constant time; the SHA-256 form when both are there (RFC 8489 section 9.1.3).
     *
     * @param key the key
     * @return false when it is missing or wrong
     */
    public boolean isAuthentic(StunKey key) {
        if (integritySha256 != ABSENT) {
            byte[] computed = key.compute(array, offset, integritySha256, integritySha256Length, true);
            return isEqual(computed, integritySha256 + 4, integritySha256Length);
        }
        if (integrity == ABSENT) {
            return false;
        }
        byte[] computed = key.compute(array, offset, integrity, StunKey.SHA1_BYTES, false);
        return isEqual(computed, integrity + 4, StunKey.SHA1_BYTES);
    }

    private boolean isEqual(byte[] computed, int at, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= computed[i] ^ array[at + i];
        }
        return difference == 0;
    }

    /**
     * Compares USERNAME.
     *
     * @param expected the bytes wanted
     * @return true when there and equal
     */
    public boolean isUsername(byte[] expected) {
        return username != ABSENT && usernameLength == expected.length && usernameStartsWith(expected);
    }

    /**
     * Compares the part of USERNAME before the first colon, the ufrag of the receiver (RFC 8445 section 7.2.2).
     *
     * @param ufrag the bytes wanted
     * @return true when there and equal
     */
    public boolean isUsernameFor(byte[] ufrag) {
        return username != ABSENT
                && usernameLength > ufrag.length
                && array[username + ufrag.length] == ':'
                && usernameStartsWith(ufrag);
    }

    private boolean usernameStartsWith(byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            if (array[username + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns USERNAME.
     *
     * @return a new string, or null when absent
     */
    public @Nullable String username() {
        return username == ABSENT ? null : new String(array, username, usernameLength, UTF_8);
    }

    /**
     * Returns the part of USERNAME before the first colon.
     *
     * @return a new string, or null when there is no USERNAME or no colon in it
     */
    public @Nullable String receiverUfrag() {
        for (int i = 0; username != ABSENT && i < usernameLength; i++) {
            if (array[username + i] == ':') {
                return new String(array, username, i, UTF_8);
            }
        }
        return null;
    }

    /**
     * Returns the part of USERNAME after the first colon.
     *
     * @return a new string, or null when there is no USERNAME or no colon in it
     */
    public @Nullable String senderUfrag() {
        for (int i = 0; username != ABSENT && i < usernameLength; i++) {
            if (array[username + i] == ':') {
                return new String(array, username + i + 1, usernameLength - i - 1, UTF_8);
            }
        }
        return null;
    }

    /**
     * Returns PRIORITY.
     *
     * @return 0 to 2^32 - 1, or -1 when absent
     */
    public long priority() {
        return priority == ABSENT ? -1 : i32(priority) & 0xffff_ffffL;
    }

    /**
     * Tells whether USE-CANDIDATE was there.
     *
     * @return true when there
     */
    public boolean useCandidate() {
        return useCandidate;
    }

    /**
     * Tells whether the sender controls.
     *
     * @return true when ICE-CONTROLLING was there
     */
    public boolean isFromControlling() {
        return controlling != ABSENT;
    }

    /**
     * Tells whether the sender is controlled.
     *
     * @return true when ICE-CONTROLLED was there
     */
    public boolean isFromControlled() {
        return controlled != ABSENT;
    }

    /**
     * Returns the tie-breaker of ICE-CONTROLLING or ICE-CONTROLLED.
     *
     * @return 64 bits, to be compared unsigned; 0 when neither was there
     */
    public long tieBreaker() {
        return controlling != ABSENT ? i64(controlling) : controlled != ABSENT ? i64(controlled) : 0;
    }

    /**
     * Returns NOMINATION.
     *
     * @return 0 to 2^32 - 1, or -1 when absent
     */
    public long nomination() {
        return nomination == ABSENT ? -1 : i32(nomination) & 0xffff_ffffL;
    }

    /**
     * Returns ERROR-CODE.
     *
     * @return 300 to 699, or 0 when absent
     */
    public int errorCode() {
        return errorCode == ABSENT ? 0 : (array[errorCode + 2] & 7) * 100 + (array[errorCode + 3] & 0xff);
    }

    /**
     * Returns the reason phrase of ERROR-CODE.
     *
     * @return a new string, empty when absent
     */
    public String errorReason() {
        return errorCode == ABSENT ? "" : new String(array, errorCode + 4, errorLength - 4, UTF_8);
    }

    /**
     * Returns how many comprehension-required attributes were not understood.
     *
     * @return the count, 16 at most
     */
    public int unknownCount() {
        return unknownCount;
    }

    /**
     * Returns one of the comprehension-required attributes that were not understood.
     *
     * @param index 0 to {@link #unknownCount} - 1
     * @return its type
     */
    public int unknown(int index) {
        return unknown[index];
    }

    /**
     * Returns XOR-MAPPED-ADDRESS, or MAPPED-ADDRESS when only that was there.
     *
     * @return a new address, or null when neither was there
     */
    public @Nullable InetSocketAddress mappedAddress() {
        boolean xor = xorMapped != ABSENT;
        int value = xor ? xorMapped : mapped;
        if (value == ABSENT) {
            return null;
        }
        return address(array, offset, value, xor);
    }

    /**
     * Makes an address of the value of an attribute.
     *
     * @param array the bytes
     * @param message where the header begins
     * @param value where the well-formed value begins
     * @param xor true when the address is covered by the header
     */
    static InetSocketAddress address(byte[] array, int message, int value, boolean xor) {
        byte[] address = new byte[array[value + 1] == Stun.IPV4 ? 4 : 16];
        for (int i = 0; i < address.length; i++) {
            // The key is the magic cookie and the transaction id, bytes 4 to 19 of the header (RFC 8489 section 14.2).
            address[i] = (byte) (array[value + 4 + i] ^ (xor ? array[message + 4 + i] : 0));
        }
        int port = u16(array, value + 2) ^ (xor ? Stun.MAGIC_COOKIE >>> 16 : 0);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    private void forget() {
        type = 0;
        unknownCount = 0;
        username = ABSENT;
        integrity = ABSENT;
        integritySha256 = ABSENT;
        fingerprint = ABSENT;
        mapped = ABSENT;
        xorMapped = ABSENT;
        errorCode = ABSENT;
        priority = ABSENT;
        controlling = ABSENT;
        controlled = ABSENT;
        nomination = ABSENT;
        useCandidate = false;
        attributesEnd = 0;
        if (turn != null) {
            turn.forget();
        }
    }

    private int u16(int at) {
        return u16(array, at);
    }

    static int u16(byte[] array, int at) {
        return ((array[at] & 0xff) << 8) | (array[at + 1] & 0xff);
    }

    private int i32(int at) {
        return (u16(at) << 16) | u16(at + 2);
    }

    private long i64(int at) {
        return ((long) i32(at) << 32) | (i32(at + 4) & 0xffff_ffffL);
    }
}
