package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * A view of one RTP packet (RFC 3550 section 5.1) in a heap buffer: fields are read from the bytes once, setters write
 * through to them.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                      CSRC (0 to 15 items)                     |
 * |          profile              |    length in words            |
 * |                       header extension                        |
 * |                           payload ...                         |
 * </pre>
 *
 * <p>One view serves any number of packets: {@link #parse} points it at the next. The bytes stay the caller's, borrowed
 * until then. Whoever wants to keep a packet copies its bytes. Nothing is allocated after construction but a buffer view
 * when the array changes. Not thread-safe.
 */
public final class RtpPacket extends RtpHeader {

    /** The largest packet taken in, in bytes. */
    public static final int MAX_SIZE = 1500;

    private static final byte[] NOTHING = new byte[0];

    private int headerLength;
    private int payloadLength;
    private int paddingLength;
    private final ExtensionIndex extensions = new ExtensionIndex();
    private long arrivalNanos;
    private long unwrappedSequence;
    private long unwrappedTimestamp;
    private boolean repaired;
    private byte[] viewed = NOTHING;
    private ByteBuffer view = ByteBuffer.wrap(NOTHING);

    /** Creates a view of nothing; see {@link #parse(ByteBuffer, long)}. */
    public RtpPacket() {}

    /**
     * Tells whether a datagram is RTP or RTCP rather than STUN, DTLS or TURN channel data (RFC 7983 section 7).
     *
     * @param packet a datagram from its position on
     * @return true for a first byte of 128 to 191
     */
    public static boolean isRtpOrRtcp(ByteBuffer packet) {
        return packet.hasRemaining() && (packet.get(packet.position()) & 0xc0) == 0x80;
    }

    /**
     * Tells RTCP from RTP where both share a port (RFC 5761 section 4).
     *
     * @param packet a datagram for which {@link #isRtpOrRtcp} holds
     * @return true for RTCP: packet types 192 to 223, which as RTP would be payload types 64 to 95 with a marker
     */
    public static boolean isRtcp(ByteBuffer packet) {
        return packet.remaining() >= 2 && isRtcpType(packet.get(packet.position() + 1));
    }

    /**
     * Points the view at a packet.
     *
     * @param packet the bytes between position and limit of a heap buffer, borrowed until the next parse; left untouched
     * @param arrivalNanos when it arrived
     * @return null when the packet is good, else why it is not; the view is then of no use
     */
    public @Nullable RtpDrop parse(ByteBuffer packet, long arrivalNanos) {
        return parse(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining(), arrivalNanos);
    }

    /**
     * Points the view at a packet in an array.
     *
     * @param bytes the array, borrowed until the next parse
     * @param offset where the packet starts
     * @param length its size in bytes
     * @param arrivalNanos when it arrived
     * @return null when the packet is good, else why it is not; the view is then of no use
     * @throws IndexOutOfBoundsException when the range is not within the array
     */
    public @Nullable RtpDrop parse(byte[] bytes, int offset, int length, long arrivalNanos) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        this.arrivalNanos = arrivalNanos;
        unwrappedSequence = 0;
        unwrappedTimestamp = 0;
        repaired = false;
        extensions.clear();
        RtpDrop problem = readHeader(bytes, offset, length);
        if (problem != null) {
            return problem;
        }
        int first = bytes[offset];
        headerLength = FIXED_HEADER + 4 * (first & 0x0f);
        if ((first & 0x10) != 0 && !readExtension()) {
            return RtpDrop.BAD_EXTENSION;
        }
        return readPadding((first & 0x20) != 0) ? null : RtpDrop.BAD_PADDING;
    }

    private boolean readExtension() {
        if (headerLength + 4 > size()) {
            return false;
        }
        int at = offset() + headerLength;
        int profile = Bytes.u16(array(), at);
        int length = 4 * Bytes.u16(array(), at + 2);
        headerLength += 4 + length;
        if (headerLength > size()) {
            return false;
        }
        extensions.read(array(), offset(), at + 4, length, profile);
        return true;
    }

    private boolean readPadding(boolean present) {
        int rest = size() - headerLength;
        // RFC 3550 section 5.1: the last octet counts itself, so that zero cannot be.
        paddingLength = present && rest > 0 ? array()[offset() + size() - 1] & 0xff : 0;
        payloadLength = rest - paddingLength;
        return payloadLength >= 0 && (!present || paddingLength > 0);
    }

    /**
     * Returns the size of the header with its CSRCs and extension.
     *
     * @return bytes, at least 12
     */
    public int headerLength() {
        return headerLength;
    }

    /**
     * Returns where the payload starts.
     *
     * @return an index in {@link #array()}
     */
    public int payloadOffset() {
        return offset() + headerLength;
    }

    /**
     * Returns the size of the payload.
     *
     * @return bytes, without padding; 0 for a packet of padding only
     */
    public int payloadLength() {
        return payloadLength;
    }

    /**
     * Returns how many bytes of padding follow the payload.
     *
     * @return 0 to 255; more for a packet whose payload was a repair packet
     */
    public int paddingLength() {
        return paddingLength;
    }

    /**
     * Returns the payload as a buffer over the same array. The same object each time as long as the array is: use it at
     * once.
     *
     * @return a heap buffer whose position and limit enclose the payload, valid until the next call or parse
     */
    public ByteBuffer payload() {
        if (viewed != array()) {
            viewed = array();
            view = ByteBuffer.wrap(array());
        }
        int from = offset() + headerLength;
        return view.limit(from + payloadLength).position(from);
    }

    /**
     * Tells whether a header extension element is there.
     *
     * @param id its local identifier, 1 to 255
     * @return true when there, even when empty
     */
    public boolean hasExtension(int id) {
        return extensions.has(id);
    }

    /**
     * Returns where the bytes of a header extension element start; they may be overwritten in place.
     *
     * @param id its local identifier, 1 to 255
     * @return an index in {@link #array()}, or -1 when it is not there
     */
    public int extensionOffset(int id) {
        return extensions.has(id) ? offset() + extensions.offset(id) : -1;
    }

    /**
     * Returns the size of a header extension element.
     *
     * @param id its local identifier, 1 to 255
     * @return bytes, or -1 when it is not there
     */
    public int extensionLength(int id) {
        return extensions.has(id) ? extensions.length(id) : -1;
    }

    /**
     * Returns how many different header extension elements there are.
     *
     * @return 0 to 255
     */
    public int extensionCount() {
        return extensions.count();
    }

    /**
     * Returns the identifier of an element, in the order of the packet.
     *
     * @param index from 0 to {@link #extensionCount()} - 1
     * @return its local identifier
     */
    public int extensionId(int index) {
        return extensions.id(index);
    }

    /**
     * Tells whether an element of the header extension went past its end; elements before it are there.
     *
     * @return true when it did
     */
    public boolean extensionMalformed() {
        return extensions.isMalformed();
    }

    /**
     * Returns when the packet arrived.
     *
     * @return nanoseconds on the owner's clock
     */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    /**
     * Returns the sequence number that does not wrap, the same for the same packet however it came.
     *
     * @return as set by the session
     */
    public long unwrappedSequence() {
        return unwrappedSequence;
    }

    /**
     * Returns the timestamp that does not wrap.
     *
     * @return as set by the session, in units of the payload's clock
     */
    public long unwrappedTimestamp() {
        return unwrappedTimestamp;
    }

    /**
     * Tells whether the packet came by way of repair (RFC 4588, RFC 5109).
     *
     * @return true when it was restored from RTX or by FEC
     */
    public boolean repaired() {
        return repaired;
    }

    /**
     * Notes the numbers that do not wrap; nothing is written.
     *
     * @param sequence the unwrapped sequence number
     * @param unwrapped the unwrapped timestamp
     */
    public void setUnwrapped(long sequence, long unwrapped) {
        unwrappedSequence = sequence;
        unwrappedTimestamp = unwrapped;
    }

    /**
     * Turns a retransmission into the packet it repeats, in place (RFC 4588 section 4): the header moves over the
     * original sequence number, which it takes.
     *
     * @param originalPayloadType the payload type that is associated with this one
     * @param originalSsrc the stream it repeats
     * @return false, with nothing changed, when the payload has no room for a sequence number
     */
    public boolean restoreRetransmission(int originalPayloadType, int originalSsrc) {
        if (payloadLength < 2) {
            return false;
        }
        int sequence = Bytes.u16(array(), payloadOffset());
        System.arraycopy(array(), offset(), array(), offset() + 2, headerLength);
        long arrived = arrivalNanos;
        parse(array(), offset() + 2, size() - 2, arrived);
        setPayloadType(originalPayloadType);
        setSequenceNumber(sequence);
        setSsrc(originalSsrc);
        repaired = true;
        return true;
    }

    /**
     * Turns a packet of RED into the one that it carries, in place (RFC 2198 section 3, with one block as video has it): the
     * header moves over the block's header, and takes its payload type.
     *
     * @return false, with nothing changed, when there is no block or more than one
     */
    public boolean restoreRed() {
        if (payloadLength < 1 || array()[payloadOffset()] < 0) {
            return false;
        }
        int type = array()[payloadOffset()];
        long sequence = unwrappedSequence;
        long time = unwrappedTimestamp;
        boolean again = repaired;
        System.arraycopy(array(), offset(), array(), offset() + 1, headerLength);
        parse(array(), offset() + 1, size() - 1, arrivalNanos);
        setPayloadType(type);
        setUnwrapped(sequence, time);
        repaired = again;
        return true;
    }

    /** The payload was none of media: only its number is left, as of a packet of padding. */
    void dropPayload() {
        paddingLength += payloadLength;
        payloadLength = 0;
    }

    /** It did not come, but was made out of others. */
    void setRepaired() {
        repaired = true;
    }

    @Override
    public String toString() {
        return "RTP[pt=" + payloadType() + ", seq=" + sequenceNumber() + ", ts=" + Integer.toUnsignedString(timestamp())
                + ", ssrc=" + Integer.toUnsignedString(ssrc()) + ", payload=" + payloadLength + "]";
    }
}
