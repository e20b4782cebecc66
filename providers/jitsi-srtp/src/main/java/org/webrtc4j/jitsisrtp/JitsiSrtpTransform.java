package org.webrtc4j.jitsisrtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.srtp.SrtpCounters;
import org.webrtc4j.srtp.SrtpError;
import org.webrtc4j.srtp.SrtpProfile;
import org.webrtc4j.srtp.SrtpTransform;

/**
 * A context of jitsi-srtp for each SSRC, direction and kind; a receiving one is kept only once it has authenticated a packet.
 * What was retired is refused, for the sake of replay and key stream. The ends of the indices, years away, are not watched.
 */
final class JitsiSrtpTransform implements SrtpTransform {

    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int SRTCP_INDEX_BYTES = 4;

    private final boolean gcm;
    private final int rtpTagBytes;
    private final int rtcpTagBytes;
    private final SrtpContextFactory sending;
    private final SrtpContextFactory receiving;
    private final Sources<SrtpCryptoContext> rtpSenders = new Sources<>();
    private final Sources<SrtpCryptoContext> rtpReceivers = new Sources<>();
    private final Sources<SrtcpCryptoContext> rtcpSenders = new Sources<>();
    private final Sources<SrtcpCryptoContext> rtcpReceivers = new Sources<>();
    private final PacketCopy packet = new PacketCopy();
    private final SrtpCounters counters = new SrtpCounters();

    JitsiSrtpTransform(SrtpProfile profile, SrtpContextFactory sending, SrtpContextFactory receiving) {
        gcm = JitsiSrtp.isGcm(profile);
        rtpTagBytes = JitsiSrtp.tagBytes(profile, false);
        rtcpTagBytes = JitsiSrtp.tagBytes(profile, true);
        this.sending = sending;
        this.receiving = receiving;
    }

    @Override
    public SrtpCounters counters() {
        return counters;
    }

    @Override
    public int protectRtp(ByteBuffer source, ByteBuffer destination) {
        requireHeap(source);
        if (source.remaining() < RTP_HEADER_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        packet.copy(source);
        int headerBytes = rtpHeaderBytes();
        if (headerBytes < 0) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        return protectRtp(destination);
    }

    @Override
    public int protectRtp(ByteBuffer header, ByteBuffer payload, ByteBuffer destination) {
        requireHeap(header);
        requireHeap(payload);
        if (header.remaining() < RTP_HEADER_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        packet.copy(header);
        if (rtpHeaderBytes() != header.remaining()) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        packet.add(payload);
        return protectRtp(destination);
    }

    private int protectRtp(ByteBuffer destination) {
        requireHeap(destination);
        if (destination.remaining() < packet.getLength() + rtpTagBytes) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        int ssrc = packet.intAt(8);
        SrtpCryptoContext known = rtpSenders.get(ssrc);
        if (known == null && rtpSenders.refuses(ssrc)) {
            return counters.countFailure(SrtpError.TOO_MANY_SSRCS);
        }
        try {
            SrtpCryptoContext context = known == null ? sending.deriveContext(ssrc, 0) : known;
            SrtpError error = error(context.transformPacket(packet), true);
            if (error != null) {
                return counters.countFailure(error);
            }
            if (known == null) {
                rtpSenders.put(ssrc, context);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        counters.countProtectedRtp();
        return packet.writeTo(destination);
    }

    @Override
    public int unprotectRtp(ByteBuffer source, ByteBuffer destination) {
        requireHeap(source);
        requireHeap(destination);
        if (source.remaining() < RTP_HEADER_BYTES + rtpTagBytes) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        packet.copy(source);
        packet.shrink(rtpTagBytes);
        if (rtpHeaderBytes() < 0) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        if (destination.remaining() < packet.getLength()) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        packet.shrink(-rtpTagBytes);
        int ssrc = packet.intAt(8);
        SrtpCryptoContext known = rtpReceivers.get(ssrc);
        if (known == null && rtpReceivers.refuses(ssrc)) {
            return counters.countFailure(SrtpError.TOO_MANY_SSRCS);
        }
        try {
            SrtpCryptoContext context = known == null ? receiving.deriveContext(ssrc, 0) : known;
            SrtpError error = error(context.reverseTransformPacket(packet, false), false);
            if (error != null) {
                return counters.countFailure(error);
            }
            if (known == null) {
                rtpReceivers.put(ssrc, context);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        counters.countUnprotectedRtp();
        return packet.writeTo(destination);
    }

    @Override
    public int protectRtcp(ByteBuffer source, ByteBuffer destination) {
        requireHeap(source);
        requireHeap(destination);
        if (source.remaining() < RTCP_HEADER_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        packet.copy(source);
        if (!isVersion2()) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        if (destination.remaining() < packet.getLength() + SRTCP_INDEX_BYTES + rtcpTagBytes) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        int ssrc = packet.intAt(4);
        SrtcpCryptoContext known = rtcpSenders.get(ssrc);
        if (known == null && rtcpSenders.refuses(ssrc)) {
            return counters.countFailure(SrtpError.TOO_MANY_SSRCS);
        }
        try {
            SrtcpCryptoContext context = known == null ? sending.deriveControlContext(ssrc) : known;
            SrtpError error = error(context.transformPacket(packet), true);
            if (error != null) {
                return counters.countFailure(error);
            }
            if (known == null) {
                rtcpSenders.put(ssrc, context);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        counters.countProtectedRtcp();
        return packet.writeTo(destination);
    }

    @Override
    public int unprotectRtcp(ByteBuffer source, ByteBuffer destination) {
        requireHeap(source);
        requireHeap(destination);
        int resultBytes = source.remaining() - SRTCP_INDEX_BYTES - rtcpTagBytes;
        if (resultBytes < RTCP_HEADER_BYTES) {
            return counters.countFailure(SrtpError.TOO_SHORT);
        }
        packet.copy(source);
        if (!isVersion2()) {
            return counters.countFailure(SrtpError.MALFORMED_HEADER);
        }
        if (destination.remaining() < resultBytes) {
            return counters.countFailure(SrtpError.DESTINATION_TOO_SMALL);
        }
        int indexAt = source.remaining() - SRTCP_INDEX_BYTES - (gcm ? 0 : rtcpTagBytes);
        if (packet.intAt(indexAt) >= 0) { // its highest bit says encrypted
            return counters.countFailure(SrtpError.NOT_ENCRYPTED);
        }
        int ssrc = packet.intAt(4);
        SrtcpCryptoContext known = rtcpReceivers.get(ssrc);
        if (known == null && rtcpReceivers.refuses(ssrc)) {
            return counters.countFailure(SrtpError.TOO_MANY_SSRCS);
        }
        try {
            SrtcpCryptoContext context = known == null ? receiving.deriveControlContext(ssrc) : known;
            SrtpError error = error(context.reverseTransformPacket(packet), false);
            if (error != null) {
                return counters.countFailure(error);
            }
            if (known == null) {
                rtcpReceivers.put(ssrc, context);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        counters.countUnprotectedRtcp();
        return packet.writeTo(destination);
    }

    private static @Nullable SrtpError error(SrtpErrorStatus status, boolean sending) {
        return switch (status) {
            case OK -> null;
            case REPLAY_FAIL -> sending ? SrtpError.ALREADY_PROTECTED : SrtpError.REPLAYED;
            case REPLAY_OLD -> SrtpError.TOO_OLD;
            case INVALID_PACKET -> SrtpError.MALFORMED_HEADER;
            case AUTH_FAIL, FAIL -> SrtpError.NOT_AUTHENTIC;
        };
    }

    private boolean isVersion2() {
        return packet.byteAt(0) >>> 6 == 2;
    }

    /** The length of the copied packet's header (RFC 3550 section 5.1), or -1: jitsi-srtp trusts who sends. */
    private int rtpHeaderBytes() {
        int end = RTP_HEADER_BYTES + 4 * (packet.byteAt(0) & 0x0f);
        if ((packet.byteAt(0) & 0x10) != 0) {
            end += 4;
            if (end <= packet.getLength()) {
                end += 4 * (packet.intAt(end - 4) & 0xffff);
            }
        }
        return isVersion2() && end <= packet.getLength() ? end : -1;
    }

    /** The same mistake is refused by every implementation, though this one could serve it. */
    private static void requireHeap(ByteBuffer buffer) {
        if (!buffer.hasArray()) {
            throw new UnsupportedOperationException("Packets lie in heap buffers that can be written");
        }
    }
}
