package org.webrtc4j.srtp.jca;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.srtp.SrtpCounters;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;

/** The direction that protects. */
final class Outgoing {

    private final PacketCipher rtpCipher;
    private final PacketCipher rtcpCipher;
    private final SsrcTable rtpStreams = new SsrcTable(StreamWindow.RTP_SIZE);
    private final SsrcTable rtcpStreams = new SsrcTable(StreamWindow.RTCP_SIZE);
    private final PacketSlices packet = new PacketSlices();
    private final SrtpCounters counters;

    Outgoing(SrtpProfile profile, KeyDerivation derivation, SrtpCounters counters) {
        rtpCipher = PacketCipher.of(profile, derivation, false);
        rtcpCipher = PacketCipher.of(profile, derivation, true);
        this.counters = counters;
    }

    SsrcTable rtpStreams() {
        return rtpStreams;
    }

    SsrcTable rtcpStreams() {
        return rtcpStreams;
    }

    int protectRtp(ByteBuffer source, ByteBuffer destination) {
        byte[] array = source.array();
        int offset = source.arrayOffset() + source.position();
        int length = source.remaining();
        if (length < RtpHeader.FIXED_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        int headerLength = RtpHeader.length(array, offset, length);
        if (headerLength < 0) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        packet.headerOffset = offset;
        packet.headerLength = headerLength;
        packet.payloadOffset = offset + headerLength;
        packet.payloadLength = length - headerLength;
        return protectRtp(array, array, destination);
    }

    int protectRtp(ByteBuffer header, ByteBuffer payload, ByteBuffer destination) {
        byte[] array = header.array();
        int offset = header.arrayOffset() + header.position();
        int length = header.remaining();
        if (length < RtpHeader.FIXED_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        if (RtpHeader.length(array, offset, length) != length) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        packet.headerOffset = offset;
        packet.headerLength = length;
        packet.payloadOffset = payload.arrayOffset() + payload.position();
        packet.payloadLength = payload.remaining();
        return protectRtp(array, payload.array(), destination);
    }

    private int protectRtp(byte[] header, byte[] payload, ByteBuffer destination) {
        int resultBytes = packet.headerLength + packet.payloadLength + rtpCipher.tagBytes();
        if (destination.remaining() < resultBytes) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        int ssrc = RtpHeader.ssrc(header, packet.headerOffset);
        int sequence = RtpHeader.sequence(header, packet.headerOffset);
        StreamWindow known = rtpStreams.get(ssrc);
        long highest = known == null ? rtpStreams.highestRetired(ssrc) : known.highest();
        long index = Rollover.index(highest, sequence);
        SrtpError error = known == null ? refuseNew(rtpStreams, highest, index) : refuse(known, index);
        if (error != null) {
            return counters.countFailure(error);
        }
        StreamWindow stream = known == null ? rtpStreams.open(ssrc) : known;
        // Before encryption: should that fail half way, its key stream counts as used.
        rtpStreams.use(stream, index);
        rtpCipher.protectRtp(header, payload, begin(destination, ssrc, index), packet);
        counters.countProtectedRtp();
        return resultBytes;
    }

    int protectRtcp(ByteBuffer source, ByteBuffer destination) {
        byte[] array = source.array();
        int offset = source.arrayOffset() + source.position();
        int length = source.remaining();
        if (length < Srtcp.HEADER_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        if (!RtpHeader.isVersion2(array, offset)) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        int resultBytes = length + PacketCipher.SRTCP_INDEX_BYTES + rtcpCipher.tagBytes();
        if (destination.remaining() < resultBytes) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        int ssrc = Srtcp.ssrc(array, offset);
        StreamWindow known = rtcpStreams.get(ssrc);
        long highest = known == null ? rtcpStreams.highestRetired(ssrc) : known.highest();
        long index = highest + 1;
        SrtpError error = known == null ? refuseNew(rtcpStreams, highest, index) : null;
        if (index > Srtcp.MAX_INDEX) {
            error = SrtpError.INDEX_EXHAUSTED;
        }
        if (error != null) {
            return counters.countFailure(error);
        }
        rtcpStreams.use(known == null ? rtcpStreams.open(ssrc) : known, index);
        packet.headerOffset = offset;
        packet.headerLength = Srtcp.HEADER_BYTES;
        packet.payloadOffset = offset + Srtcp.HEADER_BYTES;
        packet.payloadLength = length - Srtcp.HEADER_BYTES;
        rtcpCipher.protectRtcp(array, begin(destination, ssrc, index), packet);
        counters.countProtectedRtcp();
        return resultBytes;
    }

    /** Notes where the result goes, and returns the array to write to. */
    private byte[] begin(ByteBuffer destination, int ssrc, long index) {
        packet.outOffset = destination.arrayOffset() + destination.position();
        packet.outLimit = destination.arrayOffset() + destination.limit();
        packet.ssrc = ssrc;
        packet.index = index;
        return destination.array();
    }

    /** Of an SSRC without a window every index up to the highest counts as used. */
    private static @Nullable SrtpError refuseNew(SsrcTable streams, long highest, long index) {
        if (index <= highest) {
            return SrtpError.ALREADY_PROTECTED;
        }
        if (index > Rollover.MAX_INDEX) {
            return SrtpError.INDEX_EXHAUSTED;
        }
        return streams.isFull() ? SrtpError.TOO_MANY_SSRCS : null;
    }

    private static @Nullable SrtpError refuse(StreamWindow stream, long index) {
        if (stream.isTooOld(index)) {
            return SrtpError.TOO_OLD;
        }
        if (index > Rollover.MAX_INDEX) {
            return SrtpError.INDEX_EXHAUSTED;
        }
        return stream.isUsed(index) ? SrtpError.ALREADY_PROTECTED : null;
    }
}
