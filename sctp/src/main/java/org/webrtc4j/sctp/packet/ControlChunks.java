package org.webrtc4j.sctp.packet;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.webrtc4j.common.ByteWriter;

/** Writes the chunks that are rare enough to be arrays of their own: whole and padded. */
public final class ControlChunks {

    private static final int INIT_FIXED = 16;

    private ControlChunks() {}

    /** A chunk of a header and a value. */
    public static byte[] chunk(int type, int flags, byte[] value) {
        return chunk(type, flags, value, value.length);
    }

    /** A chunk of a header and the first bytes of a value. */
    public static byte[] chunk(int type, int flags, byte[] value, int length) {
        int size = PacketBuilder.CHUNK_HEADER_SIZE + length;
        return new ByteWriter((size + 3) & ~3)
                .u8(type)
                .u8(flags)
                .u16(size)
                .bytes(value, 0, length)
                .zeros(-size & 3)
                .array();
    }

    /** A chunk without a value. */
    public static byte[] empty(int type, int flags) {
        return chunk(type, flags, new byte[0]);
    }

    /** INIT (RFC 9260 section 3.3.2). */
    public static byte[] init(int tag, int window, int outbound, int inbound, int tsn, Capabilities capabilities) {
        ByteWriter value = initValue(64, tag, window, outbound, inbound, tsn, capabilities);
        // The padding of the last parameter does not count in the chunk's length (RFC 9260 section 3.2).
        int padding = capabilities.forwardTsn() ? 0 : -extensions(capabilities).length & 3;
        return chunk(ChunkType.INIT, 0, value.array(), value.size() - padding);
    }

    /** INIT ACK (RFC 9260 section 3.3.3); unknown parameters of the INIT are reported as far as they fit. */
    public static byte[] initAck(
            int tag,
            int window,
            int outbound,
            int inbound,
            int tsn,
            Capabilities capabilities,
            byte[] cookie,
            List<byte[]> unrecognized,
            int limit) {
        ByteWriter value =
                initValue(limit - PacketBuilder.CHUNK_HEADER_SIZE, tag, window, outbound, inbound, tsn, capabilities);
        parameter(value, ParameterType.STATE_COOKIE, cookie, cookie.length);
        for (byte[] parameter : unrecognized) {
            if (value.remaining() < 4 + parameter.length) {
                break;
            }
            parameter(value, ParameterType.UNRECOGNIZED, parameter, parameter.length);
        }
        return chunk(ChunkType.INIT_ACK, 0, value.array(), value.size());
    }

    private static ByteWriter initValue(
            int capacity, int tag, int window, int outbound, int inbound, int tsn, Capabilities capabilities) {
        ByteWriter value = new ByteWriter(Math.max(capacity, INIT_FIXED));
        value.i32(tag).i32(window).u16(outbound).u16(inbound).i32(tsn);
        if (capabilities.zeroChecksum()) {
            value.u16(ParameterType.ZERO_CHECKSUM).u16(8).i32(ParameterType.ZERO_CHECKSUM_BY_DTLS);
        }
        byte[] extensions = extensions(capabilities);
        parameter(value, ParameterType.SUPPORTED_EXTENSIONS, extensions, extensions.length);
        if (capabilities.forwardTsn()) {
            value.u16(ParameterType.FORWARD_TSN_SUPPORTED).u16(4);
        }
        return value;
    }

    /** The chunk types beyond RFC 9260 (RFC 5061 section 4.2.7). */
    private static byte[] extensions(Capabilities capabilities) {
        ByteWriter types = new ByteWriter(4).u8(ChunkType.RE_CONFIG);
        if (capabilities.forwardTsn()) {
            types.u8(ChunkType.FORWARD_TSN);
        }
        if (capabilities.interleaving()) {
            types.u8(ChunkType.I_DATA);
        }
        if (capabilities.interleavedForwardTsn()) {
            types.u8(ChunkType.I_FORWARD_TSN);
        }
        return Arrays.copyOf(types.array(), types.size());
    }

    private static void parameter(ByteWriter writer, int type, byte[] value, int length) {
        writer.u16(type).u16(4 + length).bytes(value, 0, length).zeros(-length & 3);
    }

    /** ABORT with one cause, or none (RFC 9260 section 3.3.7). */
    public static byte[] abort(boolean reflectedTag, int causeCode, byte[] causeValue) {
        int flags = reflectedTag ? ChunkType.FLAG_REFLECTED_TAG : 0;
        return causeCode == CauseCode.NONE
                ? empty(ChunkType.ABORT, flags)
                : withCause(ChunkType.ABORT, flags, causeCode, causeValue, causeValue.length);
    }

    /** ABORT with a cause whose value is text for a person. */
    public static byte[] abort(int causeCode, String reason) {
        return abort(false, causeCode, reason.getBytes(StandardCharsets.UTF_8));
    }

    /** ERROR with one cause (RFC 9260 section 3.3.10). */
    public static byte[] error(int causeCode, byte[] value, int length) {
        return withCause(ChunkType.ERROR, 0, causeCode, value, length);
    }

    private static byte[] withCause(int type, int flags, int causeCode, byte[] value, int length) {
        ByteWriter cause = new ByteWriter(4 + length);
        cause.u16(causeCode).u16(4 + length).bytes(value, 0, length);
        return chunk(type, flags, cause.array());
    }

    /** SHUTDOWN (RFC 9260 section 3.3.8). */
    public static byte[] shutdown(int cumulativeTsn) {
        return chunk(ChunkType.SHUTDOWN, 0, bytes(cumulativeTsn));
    }

    /** Four bytes in network order. */
    public static byte[] bytes(int value) {
        return new ByteWriter(4).i32(value).array();
    }

    /** A chunk that holds one parameter: HEARTBEAT, RE-CONFIG. */
    public static byte[] withParameter(int chunkType, int parameterType, byte[] value) {
        ByteWriter parameter = new ByteWriter(4 + value.length);
        parameter.u16(parameterType).u16(4 + value.length).bytes(value);
        return chunk(chunkType, 0, parameter.array());
    }
}
