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

    private final ByteWriter out = new ByteWriter(CAPACITY_BYTES);
    private final ByteBuffer view = ByteBuffer.wrap(out.array());
    private final CRC32 crc = new CRC32();

    /** Creates a writer. */
    public StunWriter() {}

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
        byte[] bytes = address.getAddress().getAddress();
        out.u16(Stun.XOR_MAPPED_ADDRESS).u16(4 + bytes.length);
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
     * Ends the message.
     *
     * @return the message from position to limit of a heap buffer that the next message overwrites
     * @throws IllegalStateException when the attributes given do not fit, a mistake of the caller
     */
    public ByteBuffer finish() {
        if (out.overflowed()) {
            throw new IllegalStateException("a STUN message holds at most " + CAPACITY_BYTES + " bytes");
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
