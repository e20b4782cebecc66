package org.webrtc4j.rtp;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.fec.FecDrop;
import org.webrtc4j.rtp.fec.FecRecovery;
import org.webrtc4j.rtp.fec.FecScheme;
import org.webrtc4j.rtp.receive.SequenceWindow;

/** Forward error correction of one received stream: what came is kept, what is lost comes back as if it had come. */
final class PacketRepair {

    private final RtpSession session;
    private final int ssrc;
    private final SequenceWindow window = new SequenceWindow();
    private final RtpPacket view = new RtpPacket();
    private @Nullable FecRecovery ulpfec;
    private @Nullable FecRecovery flexfec;
    private long packets;
    private long bytes;
    private long discarded;
    private long recovered;

    PacketRepair(RtpSession session, int ssrc) {
        this.session = session;
        this.ssrc = ssrc;
    }

    private FecRecovery ulpfec() {
        FecRecovery known = ulpfec;
        if (known == null) {
            known = new FecRecovery(FecScheme.ULPFEC, ssrc);
            ulpfec = known;
        }
        return known;
    }

    private FecRecovery flexfec() {
        FecRecovery known = flexfec;
        if (known == null) {
            known = new FecRecovery(FecScheme.FLEXFEC_03, ssrc);
            flexfec = known;
        }
        return known;
    }

    /** Keeps a packet as it came. */
    void keep(RtpPacket packet) {
        keep(packet, flexfec());
    }

    /** Keeps a packet that came within RED, once it is out of it. */
    void keepUnpacked(RtpPacket packet) {
        keep(packet, ulpfec());
    }

    private void keep(RtpPacket packet, FecRecovery recovery) {
        byte[] kept = recovery.keep(packet.array(), packet.offset(), packet.size(), packet.unwrappedSequence());
        if (kept != null) {
            WrittenLast.clear(packet, session.headerExtensions(), kept);
        }
    }

    /** Takes a repair packet. */
    void take(RtpPacket packet, PayloadFormat.Role role) {
        boolean own = role == PayloadFormat.Role.ULPFEC;
        if (packet.payloadLength() == 0) {
            return;
        }
        packets++;
        bytes += packet.payloadLength();
        if (!own && window.accept(packet.sequenceNumber(), false) != null) {
            discarded++;
            return;
        }
        FecRecovery recovery = own ? ulpfec() : flexfec();
        FecDrop drop = recovery.add(
                packet.array(), packet.payloadOffset(), packet.payloadLength(), own ? packet.unwrappedSequence() : -1);
        if (drop != null) {
            discarded++;
            if (drop != FecDrop.NOT_NEEDED) {
                session.drop(RtpDrop.FEC_UNUSABLE);
            }
        }
    }

    /** Gives back what can be given back. */
    void recover(ReceiveStream stream, long nowNanos) {
        recover(ulpfec, stream, nowNanos);
        recover(flexfec, stream, nowNanos);
    }

    private void recover(@Nullable FecRecovery recovery, ReceiveStream stream, long nowNanos) {
        if (recovery == null || recovery.waitingCount() == 0) {
            return;
        }
        recovery.recover((packet, length) -> {
            if (view.parse(packet, 0, length, nowNanos) != null) {
                session.drop(RtpDrop.FEC_UNUSABLE);
            } else if (stream.onRecovered(view)) {
                recovered++;
            }
        });
    }

    void clear() {
        if (ulpfec != null) {
            ulpfec.clear();
        }
        if (flexfec != null) {
            flexfec.clear();
        }
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    long discarded() {
        return discarded;
    }

    long recovered() {
        return recovered;
    }
}
