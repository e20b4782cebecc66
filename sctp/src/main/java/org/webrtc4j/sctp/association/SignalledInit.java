package org.webrtc4j.sctp.association;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sctp.SctpOptions;
import org.webrtc4j.sctp.packet.ChunkType;
import org.webrtc4j.sctp.packet.ControlChunks;
import org.webrtc4j.sctp.packet.InitChunk;
import org.webrtc4j.sctp.packet.PacketBuilder;

/** INIT chunks that travel by signalling instead of packets (draft-hancke-tsvwg-snap). */
public final class SignalledInit {

    private SignalledInit() {}

    /** The INIT chunk of an association whose tag and first TSN are given. */
    public static byte[] write(SctpOptions options) {
        if (options.verificationTag() == SctpOptions.RANDOM || options.initialTsn() == SctpOptions.RANDOM) {
            throw new IllegalStateException("an INIT chunk told beforehand needs verificationTag and initialTsn");
        }
        return ControlChunks.init(
                (int) options.verificationTag(),
                options.receiveWindow(),
                options.outboundStreams(),
                options.inboundStreams(),
                (int) options.initialTsn(),
                ControlBlock.capabilities(options));
    }

    /** Why an association cannot begin with a chunk; empty when it can. */
    public static Optional<String> refusal(byte[] chunk) {
        InitChunk init = parse(chunk);
        if (init == null) {
            return Optional.of("not one complete INIT chunk");
        }
        if (init.tag() == 0) {
            return Optional.of("tag 0");
        }
        return Optional.ofNullable(init.refusal());
    }

    /** One INIT chunk and nothing behind it but its padding; null when it is not that. */
    static @Nullable InitChunk parse(byte[] chunk) {
        if (chunk.length < PacketBuilder.CHUNK_HEADER_SIZE || chunk[0] != ChunkType.INIT) {
            return null;
        }
        int length = (chunk[2] & 0xff) << 8 | (chunk[3] & 0xff);
        boolean whole = length >= PacketBuilder.CHUNK_HEADER_SIZE
                && length <= chunk.length
                && chunk.length <= ((length + 3) & ~3);
        return whole
                ? InitChunk.parse(chunk, PacketBuilder.CHUNK_HEADER_SIZE, length - PacketBuilder.CHUNK_HEADER_SIZE)
                : null;
    }
}
