package org.webrtc4j.srtp.jca;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.crypto.Words;
import org.webrtc4j.srtp.SrtpCounters;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;

/** The direction that unprotects. Nothing of a packet is believed, or remembered, before it has authenticated. */
final class Incoming {

    private final PacketCipher rtpCipher;
    private final PacketCipher rtcpCipher;
    private final SsrcTable rtpStreams = new SsrcTable(StreamWindow.RTP_SIZE);
    private final SsrcTable rtcpStreams = new SsrcTable(StreamWindow.RTCP_SIZE);
    private final PacketSlices packet = new PacketSlices();
    private final SrtpCounters counters;

    Incoming(SrtpProfile profile, KeyDerivation derivation, SrtpCounters counters) {
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

    int unprotectRtp(ByteBuffer source, ByteBuffer destination) {
        byte[] array = source.array();
        int offset = source.arrayOffset() + source.position();
        int resultBytes = source.remaining() - rtpCipher.tagBytes();
        if (resultBytes < RtpHeader.FIXED_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        int headerLength = RtpHeader.length(array, offset, resultBytes);
        if (headerLength < 0) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        if (destination.remaining() < resultBytes) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        int ssrc = RtpHeader.ssrc(array, offset);
        StreamWindow known = rtpStreams.get(ssrc);
        long highest = known == null ? rtpStreams.highestRetired(ssrc) : known.highest();
        long index = index(highest, RtpHeader.sequence(array, offset));
        SrtpError error = refuse(known, rtpStreams, highest, index, Rollover.MAX_INDEX);
        if (error != null) {
            return counters.countFailure(error);
        }
        byte[] out = begin(offset, headerLength, resultBytes - headerLength, destination, ssrc, index);
        boolean authentic = rtpCipher.unprotectRtp(array, out, packet);
        if (!authentic) {
            return counters.countFailure(SrtpError.NOT_AUTHENTIC);
        }
        rtpStreams.use(known == null ? rtpStreams.open(ssrc) : known, index);
        counters.countUnprotectedRtp();
        return resultBytes;
    }

    int unprotectRtcp(ByteBuffer source, ByteBuffer destination) {
        byte[] array = source.array();
        int offset = source.arrayOffset() + source.position();
        int resultBytes = source.remaining() - PacketCipher.SRTCP_INDEX_BYTES - rtcpCipher.tagBytes();
        if (resultBytes < Srtcp.HEADER_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        if (!RtpHeader.isVersion2(array, offset)) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        if (destination.remaining() < resultBytes) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        int word = Words.getInt(array, offset + rtcpCipher.srtcpIndexAt(source.remaining()));
        if ((word & PacketCipher.ENCRYPTED) == 0) {
            return counters.countFailure(SrtpError.NOT_ENCRYPTED);
        }
        int ssrc = Srtcp.ssrc(array, offset);
        StreamWindow known = rtcpStreams.get(ssrc);
        long highest = known == null ? rtcpStreams.highestRetired(ssrc) : known.highest();
        long index = word & Srtcp.MAX_INDEX;
        SrtpError error = refuse(known, rtcpStreams, highest, index, Srtcp.MAX_INDEX);
        if (error != null) {
            return counters.countFailure(error);
        }
        byte[] out = begin(offset, Srtcp.HEADER_BYTES, resultBytes - Srtcp.HEADER_BYTES, destination, ssrc, index);
        boolean authentic = rtcpCipher.unprotectRtcp(array, out, packet);
        if (!authentic) {
            return counters.countFailure(SrtpError.NOT_AUTHENTIC);
        }
        rtcpStreams.use(known == null ? rtcpStreams.open(ssrc) : known, index);
        counters.countUnprotectedRtcp();
        return resultBytes;
    }

    /**
     * RFC 3711 section 3.3.1 guesses a roll-over back where a sequence number leaps ahead by more than half of its range.
     * Before the first roll-over no packet can be that old; then it did leap, which the tag will tell.
     */
    private static long index(long highest, int sequence) {
        long index = Rollover.index(highest, sequence);
        return index < 0 ? sequence : index;
    }

    private static @Nullable SrtpError refuse(
            @Nullable StreamWindow known, SsrcTable streams, long highest, long index, long maxIndex) {
        if (known == null) {
            // Of an SSRC without a window every index up to the highest counts as used.
            if (index <= highest) {
                return SrtpError.REPLAYED;
            }
            if (index > maxIndex) {
                return SrtpError.INDEX_EXHAUSTED;
            }
            return streams.isFull() ? SrtpError.TOO_MANY_SSRCS : null;
        }
        if (known.isTooOld(index)) {
            return SrtpError.TOO_OLD;
        }
        if (index > maxIndex) {
            return SrtpError.INDEX_EXHAUSTED;
        }
        return known.isUsed(index) ? SrtpError.REPLAYED : null;
    }

    /** Notes where everything lies, and returns the array to write to. */
    private byte[] begin(
            int offset, int headerLength, int payloadLength, ByteBuffer destination, int ssrc, long index) {
        packet.headerOffset = offset;
        packet.headerLength = headerLength;
        packet.payloadOffset = offset + headerLength;
        packet.payloadLength = payloadLength;
        packet.outOffset = destination.arrayOffset() + destination.position();
        packet.outLimit = destination.arrayOffset() + destination.limit();
        packet.ssrc = ssrc;
        packet.index = index;
        return destination.array();
    }
}
