package org.webrtc4j.sctp.packet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.ByteReader;

/**
 * INIT and INIT ACK (RFC 9260 sections 3.3.2 and 3.3.3).
 *
 * <pre>
 * |   Type = 1    |  Chunk Flags  |      Chunk Length             |
 * |                         Initiate Tag                          |
 * |           Advertised Receiver Window Credit (a_rwnd)          |
 * |  Number of Outbound Streams   |   Number of Inbound Streams   |
 * |                          Initial TSN                          |
 * |              Optional/Variable-Length Parameters              |
 * </pre>
 *
 * @param tag initiate tag
 * @param window advertised receiver window, unsigned
 * @param outboundStreams streams the sender wants
 * @param inboundStreams streams the sender grants
 * @param initialTsn first TSN
 * @param capabilities the extensions announced
 * @param cookie the state cookie of an INIT ACK
 * @param hostName a host name address was given, which has to be refused
 * @param stop an unknown parameter ended the parameters (RFC 9260 section 3.2.1)
 * @param unrecognized unknown parameters to report, whole, padded
 */
@SuppressWarnings("ArrayRecordComponent") // the cookie is echoed, never compared
public record InitChunk(
        int tag,
        long window,
        int outboundStreams,
        int inboundStreams,
        int initialTsn,
        Capabilities capabilities,
        byte @Nullable [] cookie,
        boolean hostName,
        boolean stop,
        List<byte[]> unrecognized) {

    private static final int FIXED = 16;
    private static final int LEAST_WINDOW = 1500;
    private static final int PARAMETER_HEADER = 4;
    /** More unknown parameters than this are not reported; they fit no packet anyway. */
    private static final int MAX_REPORTED = 16;

    /** Why an INIT or INIT ACK cannot be accepted (sections 3.3.2 and 3.3.3); null when it can. */
    public @Nullable String refusal() {
        if (hostName) {
            return "host names are not supported";
        }
        if (outboundStreams == 0 || inboundStreams == 0) {
            return "no streams";
        }
        return window < LEAST_WINDOW ? "window below 1500" : null;
    }

    /** Parses the value of a chunk; null when its lengths contradict each other. */
    public static @Nullable InitChunk parse(byte[] array, int offset, int length) {
        if (length < FIXED) {
            return null;
        }
        ByteReader reader = new ByteReader().reset(array, offset, length);
        Parameters parameters = new Parameters();
        int tag = reader.i32();
        long window = reader.u32();
        int outbound = reader.u16();
        int inbound = reader.u16();
        int tsn = reader.i32();
        while (reader.remaining() > 0 && !parameters.stop) {
            // A trailer shorter than a parameter header cannot be padding: chunk length excludes final padding.
            if (reader.remaining() < PARAMETER_HEADER) {
                return null;
            }
            int start = reader.position();
            int type = reader.u16();
            int size = reader.u16();
            if (size < PARAMETER_HEADER || size - PARAMETER_HEADER > reader.remaining()) {
                return null;
            }
            reader.skip(size - PARAMETER_HEADER);
            reader.skip(Math.min(-size & 3, reader.remaining()));
            parameters.take(type, array, start, size);
        }
        return new InitChunk(
                tag,
                window,
                outbound,
                inbound,
                tsn,
                new Capabilities(
                        parameters.forwardTsn,
                        parameters.reconfig,
                        parameters.zeroChecksum,
                        parameters.interleaving,
                        parameters.interleavedForwardTsn),
                parameters.cookie,
                parameters.hostName,
                parameters.stop,
                parameters.unrecognized);
    }

    private static final class Parameters {
        private boolean forwardTsn;
        private boolean reconfig;
        private boolean zeroChecksum;
        private boolean interleaving;
        private boolean interleavedForwardTsn;
        private byte @Nullable [] cookie;
        private boolean hostName;
        private boolean stop;
        private final List<byte[]> unrecognized = new ArrayList<>();

        void take(int type, byte[] array, int start, int size) {
            switch (type) {
                case ParameterType.FORWARD_TSN_SUPPORTED -> forwardTsn = true;
                case ParameterType.SUPPORTED_EXTENSIONS -> {
                    for (int at = start + PARAMETER_HEADER; at < start + size; at++) {
                        int chunk = array[at] & 0xff;
                        reconfig |= chunk == ChunkType.RE_CONFIG;
                        forwardTsn |= chunk == ChunkType.FORWARD_TSN;
                        interleaving |= chunk == ChunkType.I_DATA;
                        interleavedForwardTsn |= chunk == ChunkType.I_FORWARD_TSN;
                    }
                }
                case ParameterType.STATE_COOKIE -> {
                    if (cookie == null) {
                        cookie = Arrays.copyOfRange(array, start + PARAMETER_HEADER, start + size);
                    }
                }
                case ParameterType.HOST_NAME -> hostName = true;
                case ParameterType.ZERO_CHECKSUM -> {
                    // RFC 9653 section 4: another method than DTLS, or none, is not ours to rely on.
                    int value = start + PARAMETER_HEADER;
                    zeroChecksum |= size == PARAMETER_HEADER + 4
                            && (array[value] | array[value + 1] | array[value + 2]) == 0
                            && array[value + 3] == ParameterType.ZERO_CHECKSUM_BY_DTLS;
                }
                case ParameterType.IPV4_ADDRESS,
                        ParameterType.IPV6_ADDRESS,
                        ParameterType.UNRECOGNIZED,
                        ParameterType.COOKIE_PRESERVATIVE,
                        ParameterType.SUPPORTED_ADDRESS_TYPES,
                        ParameterType.ECN_CAPABLE,
                        ParameterType.RANDOM,
                        ParameterType.CHUNK_LIST,
                        ParameterType.HMAC_ALGORITHMS,
                        ParameterType.ADAPTATION_LAYER -> {
                    // Known and of no use here.
                }
                default -> {
                    // The two high bits rule what happens to the unknown (RFC 9260 section 3.2.1).
                    stop = (type & 0x8000) == 0;
                    if ((type & 0x4000) != 0 && unrecognized.size() < MAX_REPORTED) {
                        byte[] copy = new byte[(size + 3) & ~3];
                        System.arraycopy(array, start, copy, 0, size);
                        unrecognized.add(copy);
                    }
                }
            }
        }
    }
}
