package org.webrtc4j.rtp;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.SequenceUnwrapper;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;
import org.webrtc4j.rtp.receive.ReceiveStatistics;
import org.webrtc4j.rtp.receive.SequenceWindow;
import org.webrtc4j.rtp.receive.SourceTable;
import org.webrtc4j.rtp.wire.NtpTime;

/**
 * One received SSRC with its retransmissions: counted, repaired, without duplicates. Made by the session when it is first
 * heard; confined to the session's thread.
 */
public final class ReceiveStream {

    private final ReceiveSection section;
    private final RtpSession session;
    private final int ssrc;
    private final @Nullable String rid;
    private long rtxSsrc;
    private long fecSsrc = SignalledSsrc.NONE;
    /** Packets still to come in order before the stream counts (RFC 3550 appendix A.1). */
    private int probation;

    private final SequenceWindow window = new SequenceWindow();
    private final SequenceWindow rtxWindow = new SequenceWindow();
    private final SequenceUnwrapper timestamps = SequenceUnwrapper.of32Bits();
    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private final ReceiveStatistics rtxStatistics = new ReceiveStatistics();
    private final StreamRequests requests;
    private final RemoteSender remote = new RemoteSender();
    private @Nullable PacketRepair repair;

    private boolean heard;
    private long lastPacketNanos;
    private int lastTimestamp;
    private int lastLevel = SourceTable.NO_LEVEL;
    private int clockRate;
    private int lastPayloadType = -1;
    private final AudioEnergy energy = new AudioEnergy();
    private long discarded;
    private long repaired;

    ReceiveStream(ReceiveSection section, int ssrc, @Nullable String rid, int probation) {
        this.section = section;
        this.session = section.session();
        this.ssrc = ssrc;
        this.rid = rid;
        this.rtxSsrc = SignalledSsrc.NONE;
        this.probation = probation;
        requests = new StreamRequests(session, ssrc);
    }

    /**
     * Returns the section it belongs to.
     *
     * @return its section
     */
    public ReceiveSection section() {
        return section;
    }

    /**
     * Returns its synchronisation source.
     *
     * @return 0 to 4294967295
     */
    public long ssrc() {
        return Integer.toUnsignedLong(ssrc);
    }

    /**
     * Returns the SSRC of its retransmissions.
     *
     * @return 0 to 4294967295, or {@link SignalledSsrc#NONE} when none is known
     */
    public long rtxSsrc() {
        return rtxSsrc;
    }

    /**
     * Returns the SSRC of its repair packets.
     *
     * @return 0 to 4294967295, or {@link SignalledSsrc#NONE} when none is known
     */
    public long fecSsrc() {
        return fecSsrc;
    }

    /**
     * Returns which stream of a simulcast it is.
     *
     * @return null without simulcast
     */
    public @Nullable String rid() {
        return rid;
    }

    /** Asks its sender for a key frame at the end of the turn, or as soon as the interval allows. */
    public void requestKeyFrame() {
        requests.wantKeyFrame();
    }

    /**
     * Forgets lost packets that nobody waits for any more, so that they are not asked for.
     *
     * @param sequence unwrapped number of the first packet that is needed
     */
    public void abandonBefore(long sequence) {
        requests.abandonBefore(sequence);
    }

    /**
     * Tells when a sample was taken, by the latest sender report (RFC 3550 section 6.4.1).
     *
     * @param unwrappedTimestamp of a packet of this stream
     * @return microseconds since 1970 on its sender's clock, or -1 before the first report
     */
    public long captureTimeMicros(long unwrappedTimestamp) {
        return remote.captureTimeMicros(unwrappedTimestamp, clockRate);
    }

    /**
     * Returns the canonical name of its sender, by which streams that belong together are found (RFC 3550 section 6.5.1).
     *
     * @return UTF-8, or null before it was told
     */
    public byte @Nullable [] cname() {
        return remote.cname();
    }

    /**
     * Returns its counters.
     *
     * @return a snapshot
     */
    public InboundStats stats() {
        return new InboundStats(
                statistics.received(),
                statistics.payloadBytes(),
                statistics.headerBytes(),
                statistics.lost(),
                discarded,
                statistics.jitterSeconds(),
                lastPacketNanos,
                requests.nackCount(),
                requests.nackPackets(),
                requests.pliCount(),
                requests.firCount(),
                rtxStatistics.received(),
                rtxStatistics.payloadBytes(),
                rtxStatistics.headerBytes(),
                repaired,
                remote.reports(),
                remote.packets(),
                remote.octets(),
                remote.reportTimeMicros(),
                remote.reportNanos(),
                remote.roundTrip.latestNanos(),
                remote.roundTrip.totalNanos(),
                remote.roundTrip.measurements(),
                lastPayloadType,
                lastLevel == SourceTable.NO_LEVEL ? SourceTable.NO_LEVEL : lastLevel & 0x7f,
                energy.energy(),
                energy.seconds(),
                repair == null ? 0 : repair.packets(),
                repair == null ? 0 : repair.bytes(),
                repair == null ? 0 : repair.discarded(),
                repair == null ? 0 : repair.recovered());
    }

    @Override
    public String toString() {
        return "ReceiveStream[" + Integer.toUnsignedString(ssrc) + (rid == null ? "" : ", rid " + rid) + "]";
    }

    void bindRtx(long rtx) {
        rtxSsrc = rtx;
    }

    void bindFec(long fec) {
        fecSsrc = fec;
    }

    boolean isHeard() {
        return heard;
    }

    long lastPacketNanos() {
        return lastPacketNanos;
    }

    int lastTimestamp() {
        return lastTimestamp;
    }

    int lastLevel() {
        return lastLevel;
    }

    int wireSsrc() {
        return ssrc;
    }

    ReceiveStatistics statistics() {
        return statistics;
    }

    ReceiveStatistics rtxStatistics() {
        return rtxStatistics;
    }

    RoundTrip roundTrip() {
        return remote.roundTrip;
    }

    /** Takes a packet of the stream itself. */
    void onMedia(RtpPacket packet) {
        PayloadFormat format = section.format(packet.payloadType());
        if (format == null || !isOfStream(format)) {
            discard(format == null ? RtpDrop.UNKNOWN_PAYLOAD_TYPE : RtpDrop.RTX_UNASSOCIATED);
            return;
        }
        RtpDrop problem = window.accept(packet.sequenceNumber(), false);
        if (problem != null && problem != RtpDrop.DUPLICATE) {
            probation = probation > 0 ? 1 : 0;
            discard(problem);
            return;
        }
        long sequence = problem == null
                ? window.sequence()
                : window.highest() + (short) (packet.sequenceNumber() - (int) window.highest());
        if (window.skipped() > 0) {
            onJump(sequence, format);
        }
        packet.setUnwrapped(sequence, timestamps.unwrap(Integer.toUnsignedLong(packet.timestamp())));
        statistics.onPacket(
                sequence,
                packet.unwrappedTimestamp(),
                format.clockRate(),
                packet.arrivalNanos(),
                packet.payloadLength(),
                packet.headerLength() + packet.paddingLength());
        if (problem != null) {
            discard(problem);
            return;
        }
        clockRate = format.clockRate();
        if (probation > 0 && probation-- > 1) {
            discard(RtpDrop.PROBATION);
            return;
        }
        if (section.isRepaired()) {
            repair().keep(packet);
        }
        deliver(packet, format);
        recover(packet.arrivalNanos());
    }

    private static boolean isOfStream(PayloadFormat format) {
        return format.role() == PayloadFormat.Role.MEDIA || format.role() == PayloadFormat.Role.RED;
    }

    private PacketRepair repair() {
        PacketRepair known = repair;
        if (known == null) {
            known = new PacketRepair(session, ssrc);
            repair = known;
        }
        return known;
    }

    /** Takes a repair packet of a stream of its own. */
    void onFec(RtpPacket packet) {
        PayloadFormat format = section.format(packet.payloadType());
        if (format == null || format.role() != PayloadFormat.Role.FLEXFEC) {
            session.drop(RtpDrop.FEC_UNASSOCIATED);
            return;
        }
        repair().take(packet, PayloadFormat.Role.FLEXFEC);
        recover(packet.arrivalNanos());
    }

    private void recover(long nowNanos) {
        PacketRepair known = repair;
        if (known != null) {
            known.recover(this, nowNanos);
        }
    }

    /** Takes a packet that was made out of others; it may have come by another way meanwhile. */
    boolean onRecovered(RtpPacket packet) {
        PayloadFormat format = section.format(packet.payloadType());
        if (format == null || format.role() != PayloadFormat.Role.MEDIA) {
            session.drop(RtpDrop.FEC_UNUSABLE);
            return false;
        }
        if (window.accept(packet.sequenceNumber(), true) != null) {
            return false;
        }
        packet.setRepaired();
        packet.setUnwrapped(window.sequence(), timestamps.unwrap(Integer.toUnsignedLong(packet.timestamp())));
        deliver(packet, format);
        return true;
    }

    private void onJump(long sequence, PayloadFormat format) {
        statistics.skip(window.skipped());
        requests.restart(sequence - 1);
        if (repair != null) {
            repair.clear();
        }
        if (format.pictureLoss() || format.fullIntraRequest()) {
            requestKeyFrame();
        }
    }

    /** Takes a packet of its retransmissions (RFC 4588 section 4). */
    void onRtx(RtpPacket packet) {
        PayloadFormat format = section.format(packet.payloadType());
        if (format == null || !format.isRtx() || section.format(format.associatedPayloadType()) == null) {
            discard(format == null ? RtpDrop.UNKNOWN_PAYLOAD_TYPE : RtpDrop.RTX_UNASSOCIATED);
            return;
        }
        RtpDrop problem = rtxWindow.accept(packet.sequenceNumber(), false);
        if (problem != null) {
            discard(problem);
            return;
        }
        if (rtxWindow.skipped() > 0) {
            rtxStatistics.skip(rtxWindow.skipped());
        }
        rtxStatistics.onPacket(
                rtxWindow.sequence(),
                Integer.toUnsignedLong(packet.timestamp()),
                0,
                packet.arrivalNanos(),
                packet.payloadLength(),
                packet.headerLength() + packet.paddingLength());
        if (packet.payloadLength() == 0) {
            // Padding, by which a sender probes the path.
            return;
        }
        if (!statistics.isHeard()) {
            discard(RtpDrop.RTX_UNASSOCIATED);
            return;
        }
        if (!packet.restoreRetransmission(format.associatedPayloadType(), ssrc)) {
            discard(RtpDrop.RTX_TOO_SHORT);
            return;
        }
        problem = window.accept(packet.sequenceNumber(), true);
        if (problem != null) {
            discard(problem);
            return;
        }
        packet.setUnwrapped(window.sequence(), timestamps.unwrap(Integer.toUnsignedLong(packet.timestamp())));
        PayloadFormat original = section.format(packet.payloadType());
        if (original != null) {
            repaired++;
            deliver(packet, original);
            recover(packet.arrivalNanos());
        }
    }

    /** Gives a packet on; one of RED becomes the one it carries, and a repair packet in it leaves its number only. */
    private void deliver(RtpPacket packet, PayloadFormat format) {
        if (format.role() == PayloadFormat.Role.RED) {
            PayloadFormat carried = packet.restoreRed() ? section.format(packet.payloadType()) : null;
            boolean ulpfec = carried != null && carried.role() == PayloadFormat.Role.ULPFEC;
            if (carried == null || (!ulpfec && carried.role() != PayloadFormat.Role.MEDIA)) {
                discard(RtpDrop.RED_MALFORMED);
                packet.dropPayload();
            } else if (ulpfec) {
                repair().take(packet, PayloadFormat.Role.ULPFEC);
                packet.dropPayload();
            } else if (!packet.repaired()) {
                repair().keepUnpacked(packet);
            }
        }
        hand(packet, format);
    }

    private void hand(RtpPacket packet, PayloadFormat format) {
        if (!heard) {
            heard = true;
            session.onStreamAdded(this);
        }
        if (format.nack()) {
            requests.onPacket(packet);
        }
        noteSources(packet);
        if (!section.deliver(this, packet)) {
            session.drop(RtpDrop.REFUSED_BY_TAP);
        }
    }

    private void noteSources(RtpPacket packet) {
        HeaderExtensionMap map = session.headerExtensions();
        lastPacketNanos = packet.arrivalNanos();
        lastTimestamp = packet.timestamp();
        lastPayloadType = packet.payloadType();
        int at = packet.extensionOffset(map.id(HeaderExtensionType.AUDIO_LEVEL));
        boolean said = at >= 0 && packet.extensionLength(map.id(HeaderExtensionType.AUDIO_LEVEL)) > 0;
        lastLevel = said ? packet.array()[at] & 0xff : SourceTable.NO_LEVEL;
        if (said) {
            energy.onPacket(lastLevel & 0x7f, packet.unwrappedTimestamp(), clockRate);
        }
        int count = packet.csrcCount();
        if (count > 0) {
            int id = map.id(HeaderExtensionType.CSRC_AUDIO_LEVEL);
            int levels = packet.extensionOffset(id);
            int length = packet.extensionLength(id);
            for (int i = 0; i < count; i++) {
                int level = i < length ? packet.array()[levels + i] & 0x7f : SourceTable.NO_LEVEL;
                section.contributing().onSource(packet.csrc(i), packet.timestamp(), level, packet.arrivalNanos());
            }
        }
    }

    private void discard(RtpDrop reason) {
        discarded++;
        session.drop(reason);
    }

    void onSenderReport(long ntp, int timestamp, long packets, long octets, long nowNanos) {
        statistics.onSenderReport(ntp, nowNanos);
        long timeMicros = NtpTime.toEpochMicros(ntp, session.epochMicros(nowNanos));
        remote.onReport(timeMicros, timestamps.peek(Integer.toUnsignedLong(timestamp)), packets, octets, nowNanos);
    }

    void onCname(byte[] array, int offset, int length) {
        remote.onCname(array, offset, length);
    }

    /** Writes the requests that are due. */
    void requestFeedback(FeedbackWriter out, long nowNanos) {
        requests.write(out, section.parameters().formats(), nowNanos);
    }

    long nextTimeout(long roundTripNanos, long nowNanos) {
        return requests.nextTimeout(roundTripNanos, nowNanos);
    }
}
