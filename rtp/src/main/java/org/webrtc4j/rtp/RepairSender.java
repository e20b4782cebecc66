package org.webrtc4j.rtp;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.fec.FecGenerator;
import org.webrtc4j.rtp.fec.FecScheme;

/**
 * Sends repair packets for one stream in a stream of their own, where that was negotiated: as large a share as the losses
 * that its receiver reports need, or as it was told.
 */
final class RepairSender {

    /** Follows what is reported. */
    static final int BY_LOSS = -1;

    /** No stream is protected by more than half of itself. */
    static final int MAX_PERCENT = 50;

    /** Losses come in runs, and repair packets are lost as well: twice what is lost, and so much more. */
    private static final int MARGIN_PERCENT = 5;

    private static final int WHOLE = 100;

    private final RtpSession session;
    private final OutboundPath path;
    private final SendStream stream;
    private final SendHeaders headers;
    private final SendCounters counters;
    private final RtpPacket written = new RtpPacket();
    private HeaderExtensionMap extensions = HeaderExtensionMap.builder().build();
    private @Nullable FecGenerator generator;
    private int ssrc;
    private int payloadType;
    private boolean active;
    private int nextSequence;
    private int percent = BY_LOSS;
    /** What the packets so far have earned, in hundredths of a repair packet. */
    private int credit;

    RepairSender(RtpSession session, OutboundPath path, SendStream stream, SendHeaders headers, SendCounters counters) {
        this.session = session;
        this.path = path;
        this.stream = stream;
        this.headers = headers;
        this.counters = counters;
        nextSequence = session.random().nextInt(1 << 15);
    }

    void apply(SendParameters parameters) {
        active = false;
        extensions = parameters.extensions();
        for (PayloadFormat format : parameters.formats()) {
            if (format.role() == PayloadFormat.Role.FLEXFEC && parameters.fecSsrc() != SignalledSsrc.NONE) {
                active = true;
                payloadType = format.payloadType();
                ssrc = (int) parameters.fecSsrc();
            }
        }
        if (active && generator == null) {
            generator = new FecGenerator(FecScheme.FLEXFEC_03, stream.wireSsrc());
        }
    }

    void setPercent(int share) {
        percent = share;
    }

    private int percent() {
        if (percent != BY_LOSS) {
            return percent;
        }
        int lost = counters.loss.percent();
        return lost == 0 ? 0 : Math.min(MAX_PERCENT, 2 * lost + MARGIN_PERCENT);
    }

    /** A packet has left; its header is still in the path. */
    void onSent(byte[] payload, int offset, int length, long sequence, int timestamp, boolean marker, long nowNanos) {
        FecGenerator group = generator;
        int share = percent();
        if (!active || group == null || (share == 0 && group.packets() == 0)) {
            return;
        }
        if (!group.reaches(sequence)) {
            end(group, timestamp, nowNanos);
        }
        if (written.parse(path.header(), 0, path.headerLength(), nowNanos) == null) {
            WrittenLast.clear(written, extensions, path.header());
        }
        if (group.add(path.header(), path.headerLength(), payload, offset, length, sequence)) {
            credit += share;
        }
        if (group.packets() == FecGenerator.MAX_PACKETS || (marker && credit >= WHOLE)) {
            end(group, timestamp, nowNanos);
        }
    }

    private void end(FecGenerator group, int timestamp, long nowNanos) {
        int count = group.end(credit / WHOLE);
        credit = Math.min(credit - count * WHOLE, WHOLE * FecGenerator.MAX_REPAIRS);
        byte[] payload = session.scratch();
        for (int i = 0; i < count; i++) {
            int length = group.write(i, payload, 0);
            if (length > 0) {
                headers.writeRepair(payloadType, nextSequence, timestamp, ssrc);
                nextSequence = (nextSequence + 1) & 0xffff;
                counters.fecPackets++;
                counters.fecBytes += length;
                stream.leaveOrWait(Urgency.REPAIR, payload, 0, length, nowNanos);
            }
        }
        group.clear();
    }
}
