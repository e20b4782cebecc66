package org.webrtc4j.ice.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.webrtc4j.common.ByteWriter;

/**
 * Writes one STUN message (RFC 8489 section 5) into scratch that is reused: {@link #begin}, attributes, then integrity,
 * fingerprint and {@link #finish}, in this order.
 */
public final class StunWriter {

    /** What any message written here fits into: two ufrags of 256 characters and everything ICE adds. */
    private static final int CAPACITY_BYTES = 1024;

    private final ByteWriter out;
    private final ByteBuffer view;
    private final CRC32 crc = new CRC32();

    /** Creates a writer for the messages of ICE. */
    public StunWriter() {
        this(CAPACITY_BYTES);
    }

    /**
     * Creates a writer for messages that carry data.
     *
     * @param capacityBytes how large a message may become
     */
    public StunWriter(int capacityBytes) {
        out = new ByteWriter(capacityBytes);
        view = ByteBuffer.wrap(out.array());
    }

    /**
     * Begins a message.
     *
     * @param type method and class, such as {@link Stun#BINDING_REQUEST}
     * @param transactionHigh the first 32 bits of the transaction id
     * @param transactionLow the last 64 bits of the transaction id
     * @return this
     */
    public StunWriter begin(int type, int transactionHigh, long transactionLow) {
        out.clear().u16(type).u16(0).i32(Stun.MAGIC_COOKIE).i32(transactionHigh).i64(transactionLow);
        return this;
    }

    /**
     * Writes USERNAME.
     *
     * @param username the bytes
     * @return this
     */
    public StunWriter username(byte[] username) {
        return attribute(Stun.USERNAME, username);
    }

    /**
     * Writes SOFTWARE.
     *
     * @param software the bytes
     * @return this
     */
    public StunWriter software(byte[] software) {
        return attribute(Stun.SOFTWARE, software);
    }

    /**
     * Writes PRIORITY.
     *
     * @param priority the priority a peer-reflexive candidate learned from this check would have
     * @return this
     */
    public StunWriter priority(long priority) {
        out.u16(Stun.PRIORITY).u16(4).i32((int) priority);
        return this;
    }

    /**
     * Writes USE-CANDIDATE.
     *
     * @return this
     */
    public StunWriter useCandidate() {
        out.u16(Stun.USE_CANDIDATE).u16(0);
        return this;
    }

    /**
     * Writes NOMINATION, understood by peers with the renomination option.
     *
     * @param value the highest nominates
     * @return this
     */
    public StunWriter nomination(int value) {
        out.u16(Stun.NOMINATION).u16(4).i32(value);
        return this;
    }

    /**
     * Writes ICE-CONTROLLING or ICE-CONTROLLED.
     *
     * @param controlling which
     * @param tieBreaker 64 random bits
     * @return this
     */
    public StunWriter role(boolean controlling, long tieBreaker) {
        out.u16(controlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED).u16(8).i64(tieBreaker);
        return this;
    }

    /**
     * Writes XOR-MAPPED-ADDRESS.
     *
     * @param address a resolved address
     * @return this
     */
    public StunWriter xorMappedAddress(InetSocketAddress address) {
        return xorAddress(Stun.XOR_MAPPED_ADDRESS, address);
    }

    private StunWriter xorAddress(int type, InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        out.u16(type).u16(4 + bytes.length);
        out.u8(0).u8(bytes.length == 4 ? 1 : 2).u16(address.getPort() ^ (Stun.MAGIC_COOKIE >>> 16));
        for (int i = 0; i < bytes.length; i++) {
            out.u8(bytes[i] ^ out.array()[4 + i]);
        }
        return this;
    }

    /**
     * Writes ERROR-CODE.
     *
     * @param code 300 to 699
     * @param reason the phrase
     * @return this
     */
    public StunWriter errorCode(int code, byte[] reason) {
        out.u16(Stun.ERROR_CODE).u16(4 + reason.length).u16(0).u8(code / 100).u8(code % 100);
        out.bytes(reason);
        return pad(reason.length);
    }

    /**
     * Writes UNKNOWN-ATTRIBUTES from what a reader did not understand.
     *
     * @param request the reader, holding the request
     * @return this
     */
    public StunWriter unknownAttributes(StunReader request) {
        out.u16(Stun.UNKNOWN_ATTRIBUTES).u16(2 * request.unknownCount());
        for (int i = 0; i < request.unknownCount(); i++) {
            out.u16(request.unknown(i));
        }
        return pad(2 * request.unknownCount());
    }

    /**
     * Writes UNKNOWN-ATTRIBUTES with one attribute.
     *
     * @param type its type
     * @return this
     */
    public StunWriter unknownAttribute(int type) {
        out.u16(Stun.UNKNOWN_ATTRIBUTES).u16(2).u16(type);
        return pad(2);
    }

    /**
     * Writes XOR-PEER-ADDRESS.
     *
     * @param address a resolved address
     * @return this
     */
    public StunWriter xorPeerAddress(InetSocketAddress address) {
        return xorAddress(Stun.XOR_PEER_ADDRESS, address);
    }

    /**
     * Writes XOR-RELAYED-ADDRESS.
     *
     * @param address a resolved address
     * @return this
     */
    public StunWriter xorRelayedAddress(InetSocketAddress address) {
        return xorAddress(Stun.XOR_RELAYED_ADDRESS, address);
    }

    /**
     * Writes ALTERNATE-SERVER, an address in the clear (RFC 8489 section 14.15).
     *
     * @param address a resolved address
     * @return this
     */
    public StunWriter alternateServer(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        out.u16(Stun.ALTERNATE_SERVER).u16(4 + bytes.length);
        out.u8(0).u8(bytes.length == 4 ? Stun.IPV4 : Stun.IPV6).u16(address.getPort());
        out.bytes(bytes);
        return this;
    }

    /**
     * Writes ALTERNATE-DOMAIN.
     *
     * @param domain the name for which the alternate server's certificate is
     * @return this
     */
    public StunWriter alternateDomain(byte[] domain) {
        return attribute(Stun.ALTERNATE_DOMAIN, domain);
    }

    /**
     * Writes LIFETIME.
     *
     * @param seconds 0 to 2^32 - 1
     * @return this
     */
    public StunWriter lifetime(long seconds) {
        out.u16(Stun.LIFETIME).u16(4).i32((int) seconds);
        return this;
    }

    /**
     * Writes REQUESTED-TRANSPORT.
     *
     * @param protocol a protocol number such as {@link Stun#TRANSPORT_UDP}
     * @return this
     */
    public StunWriter requestedTransport(int protocol) {
        return octet(Stun.REQUESTED_TRANSPORT, protocol);
    }

    /**
     * Writes REQUESTED-ADDRESS-FAMILY.
     *
     * @param family {@link Stun#IPV4} or {@link Stun#IPV6}
     * @return this
     */
    public StunWriter requestedAddressFamily(int family) {
        return octet(Stun.REQUESTED_ADDRESS_FAMILY, family);
    }

    /**
     * Writes ADDITIONAL-ADDRESS-FAMILY: an address of this family is wanted beside the IPv4 one.
     *
     * @param family {@link Stun#IPV6}, the only value allowed (RFC 8656 section 18.11)
     * @return this
     */
    public StunWriter additionalAddressFamily(int family) {
        return octet(Stun.ADDITIONAL_ADDRESS_FAMILY, family);
    }

    /**
     * Writes ADDRESS-ERROR-CODE: why there is no address of one of two families.
     *
     * @param family the family that is missing
     * @param code 300 to 699
     * @param reason the phrase
     * @return this
     */
    public StunWriter addressErrorCode(int family, int code, byte[] reason) {
        out.u16(Stun.ADDRESS_ERROR_CODE).u16(4 + reason.length);
        out.u8(family).u8(0).u8(code / 100).u8(code % 100).bytes(reason);
        return pad(reason.length);
    }

    /**
     * Writes EVEN-PORT.
     *
     * @param reserveNext true to reserve the next higher port too
     * @return this
     */
    public StunWriter evenPort(boolean reserveNext) {
        out.u16(Stun.EVEN_PORT).u16(1).u8(reserveNext ? 0x80 : 0);
        return pad(1);
    }

    /**
     * Writes RESERVATION-TOKEN.
     *
     * @param token 64 bits from the server
     * @return this
     */
    public StunWriter reservationToken(long token) {
        out.u16(Stun.RESERVATION_TOKEN).u16(8).i64(token);
        return this;
    }

    /**
     * Writes DONT-FRAGMENT.
     *
     * @return this
     */
    public StunWriter dontFragment() {
        out.u16(Stun.DONT_FRAGMENT).u16(0);
        return this;
    }

    /**
     * Writes CHANNEL-NUMBER.
     *
     * @param channel {@link Stun#FIRST_CHANNEL} to {@link Stun#LAST_CHANNEL}
     * @return this
     */
    public StunWriter channelNumber(int channel) {
        out.u16(Stun.CHANNEL_NUMBER).u16(4).u16(channel).u16(0);
        return this;
    }

    /**
     * Writes DATA.
     *
     * @param data a heap buffer; position and limit are left as they are
     * @return this
     */
    public StunWriter data(ByteBuffer data) {
        int length = data.remaining();
        out.u16(Stun.DATA).u16(length).bytes(data.array(), data.arrayOffset() + data.position(), length);
        return pad(length);
    }

    /**
     * Writes REALM.
     *
     * @param realm the bytes
     * @return this
     */
    public StunWriter realm(byte[] realm) {
        return attribute(Stun.REALM, realm);
    }

    /**
     * Writes NONCE.
     *
     * @param nonce the bytes
     * @return this
     */
    public StunWriter nonce(byte[] nonce) {
        return attribute(Stun.NONCE, nonce);
    }

    /**
     * Writes USERHASH.
     *
     * @param hash the value of {@link StunKey#userhash}
     * @return this
     */
    public StunWriter userhash(byte[] hash) {
        return attribute(Stun.USERHASH, hash);
    }

    /**
     * Writes PASSWORD-ALGORITHM, one without parameters.
     *
     * @param algorithm such as {@link Stun#ALGORITHM_SHA256}
     * @return this
     */
    public StunWriter passwordAlgorithm(int algorithm) {
        out.u16(Stun.PASSWORD_ALGORITHM).u16(4).u16(algorithm).u16(0);
        return this;
    }

    /**
     * Writes PASSWORD-ALGORITHMS.
     *
     * @param algorithms the value: a server's own list, or the list of the server that a client sends back
     * @return this
     */
    public StunWriter passwordAlgorithms(byte[] algorithms) {
        return attribute(Stun.PASSWORD_ALGORITHMS, algorithms);
    }

    private StunWriter octet(int type, int value) {
        out.u16(type).u16(4).u8(value).zeros(3);
        return this;
    }

    /**
     * Writes any attribute.
     *
     * @param type its type
     * @param value its value, padded here
     * @return this
     */
    public StunWriter attribute(int type, byte[] value) {
        out.u16(type).u16(value.length).bytes(value);
        return pad(value.length);
    }

    /**
     * Writes MESSAGE-INTEGRITY over what was written so far.
     *
     * @param key the key
     * @return this
     */
    public StunWriter integrity(StunKey key) {
        return integrity(key, Stun.MESSAGE_INTEGRITY, StunKey.SHA1_BYTES, false);
    }

    /**
     * Writes MESSAGE-INTEGRITY-SHA256 over what was written so far.
     *
     * @param key the key
     * @return this
     */
    public StunWriter integritySha256(StunKey key) {
        return integrity(key, Stun.MESSAGE_INTEGRITY_SHA256, StunKey.SHA256_BYTES, true);
    }

    private StunWriter integrity(StunKey key, int type, int length, boolean sha256) {
        if (!out.overflowed()) {
            byte[] computed = key.compute(out.array(), 0, out.size(), length, sha256);
            out.u16(type).u16(length).bytes(computed, 0, length);
        }
        return this;
    }

    /**
     * Writes FINGERPRINT over what was written so far.
     *
     * @return this
     */
    public StunWriter fingerprint() {
        setLength(8);
        crc.reset();
        crc.update(out.array(), 0, out.size());
        out.u16(Stun.FINGERPRINT).u16(4).i32((int) crc.getValue() ^ Stun.FINGERPRINT_XOR);
        return this;
    }

    /**
     * Tells whether what was written does not fit.
     *
     * @return true when {@link #finish} would throw
     */
    public boolean overflowed() {
        return out.overflowed();
    }

    /**
     * Ends the message.
     *
     * @return the message from position to limit of a heap buffer that the next message overwrites
     * @throws IllegalStateException when the attributes given do not fit, a mistake of the caller
     */
    public ByteBuffer finish() {
        if (out.overflowed()) {
            throw new IllegalStateException("a message written here holds at most " + out.array().length + " bytes");
        }
        setLength(0);
        return view.limit(out.size()).position(0);
    }

    private void setLength(int more) {
        out.setU16(2, out.size() - Stun.HEADER_BYTES + more);
    }

    private StunWriter pad(int length) {
        out.zeros(-length & 3);
        return this;
    }
}
