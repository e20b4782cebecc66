package org.webrtc4j.rtp.rtcp;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.RtpDrop;
import org.webrtc4j.rtp.wire.Bytes;

/**
 * A cursor over the RTCP packets of one datagram (RFC 3550 section 6.4).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|count/fmt|      type     |      length in words - 1      |
 * |                        SSRC of the sender                     |
 * |                              ...                              |
 * </pre>
 *
 * <p>{@link #next} moves on; then {@link #kind} and {@link #problem} say what is there, and the accessors of that kind may
 * be used when there is no problem: everything they reach is then within the packet. The bytes are borrowed until the next
 * reset. Reused; nothing is allocated.
 */
public final class RtcpReader extends RtcpFeedback {

    private byte[] array = new byte[0];
    private int position;
    private int end;
    private int type;
    private boolean malformed;
    private @Nullable RtpDrop problem;

    /** Creates a reader of nothing; see {@link #reset(ByteBuffer)}. */
    public RtcpReader() {}

    /**
     * Points the cursor before the first packet of a datagram.
     *
     * @param packet the bytes between position and limit of a heap buffer, borrowed until the next reset
     * @return this
     */
    public RtcpReader reset(ByteBuffer packet) {
        return reset(packet.array(), packet.arrayOffset() + packet.position(), packet.remaining());
    }

    /**
     * Points the cursor before the first packet of a datagram.
     *
     * @param bytes the array, borrowed until the next reset
     * @param offset where the datagram starts
     * @param length its size
     * @return this
     * @throws IndexOutOfBoundsException when the range is not within the array
     */
    public RtcpReader reset(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        array = bytes;
        position = offset;
        end = offset + length;
        malformed = false;
        problem = null;
        clear(bytes);
        return this;
    }

    /**
     * Moves to the next packet.
     *
     * @return false at the end, and where the rest is {@link #malformed()}
     */
    public boolean next() {
        if (position == end || malformed) {
            return false;
        }
        if (end - position < HEADER || (array[position] & 0xc0) != 0x80) {
            malformed = true;
            return false;
        }
        int size = HEADER + 4 * Bytes.u16(array, position + 2);
        if (size > end - position) {
            malformed = true;
            return false;
        }
        boolean padded = (array[position] & 0x20) != 0;
        int count = array[position] & 0x1f;
        int body = position + HEADER;
        int bodyLength = size - HEADER;
        type = array[position + 1] & 0xff;
        position += size;
        if (padded) {
            // RFC 3550 section 6.4.1 wants whole words, and of the last packet only; transport feedback is padded by
            // single bytes wherever it stands.
            int padding = bodyLength == 0 ? 0 : array[position - 1] & 0xff;
            if (padding == 0 || padding > bodyLength) {
                malformed = true;
                return false;
            }
            bodyLength -= padding;
        }
        stand(RtcpKind.of(type, count), count, body, bodyLength);
        problem = check();
        return true;
    }

    private @Nullable RtpDrop check() {
        return switch (kind()) {
            case SENDER_REPORT -> atLeast(4 + SENDER_INFO + BLOCK * count());
            case RECEIVER_REPORT -> atLeast(4 + BLOCK * count());
            case SOURCE_DESCRIPTION -> atLeast(4 * count());
            case BYE -> atLeast(4 * count());
            case APPLICATION -> atLeast(8);
            case NACK -> entries(4);
            case PICTURE_LOSS -> atLeast(FEEDBACK);
            case FULL_INTRA_REQUEST -> entries(FIR_ENTRY);
            case TMMBR, TMMBN ->
                bodyLength() >= FEEDBACK && (bodyLength() - FEEDBACK) % TMMBR_ENTRY == 0
                        ? null
                        : RtpDrop.RTCP_BAD_COUNT;
            case RECEIVER_ESTIMATED_BITRATE -> checkRemb();
            case TRANSPORT_FEEDBACK -> atLeast(FEEDBACK + 8);
            case CONGESTION_FEEDBACK -> atLeast(8);
            case EXTENDED_REPORT -> atLeast(4);
            case UNKNOWN -> RtpDrop.RTCP_UNKNOWN_TYPE;
        };
    }

    private @Nullable RtpDrop atLeast(int length) {
        return bodyLength() < length ? RtpDrop.RTCP_BAD_COUNT : null;
    }

    private @Nullable RtpDrop entries(int size) {
        int rest = bodyLength() - FEEDBACK;
        return rest <= 0 || rest % size != 0 ? RtpDrop.RTCP_BAD_COUNT : null;
    }

    private @Nullable RtpDrop checkRemb() {
        if (bodyLength() < FEEDBACK + 8) {
            return RtpDrop.RTCP_BAD_COUNT;
        }
        if (!isRemb()) {
            return RtpDrop.RTCP_UNKNOWN_TYPE;
        }
        return atLeast(FEEDBACK + 8 + 4 * rembSsrcCount());
    }

    /**
     * Tells whether the datagram could not be read to its end: a header cut off, a version other than 2, a length past the
     * end, or impossible padding.
     *
     * @return true once {@link #next} has found it so
     */
    public boolean malformed() {
        return malformed;
    }

    /**
     * Returns why the packet must not be looked into.
     *
     * @return null when it may, else a kind that is not known or counts above the body
     */
    public @Nullable RtpDrop problem() {
        return problem;
    }

    /**
     * Returns the packet type.
     *
     * @return 0 to 255
     */
    public int type() {
        return type;
    }
}
