package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.rtcp.CongestionFeedbackReader;
import org.webrtc4j.rtp.rtcp.ExtendedReportReader;
import org.webrtc4j.rtp.rtcp.RtcpKind;
import org.webrtc4j.rtp.rtcp.RtcpReader;
import org.webrtc4j.rtp.rtcp.SourceDescriptionReader;
import org.webrtc4j.rtp.rtcp.TransportFeedbackReader;
import org.webrtc4j.rtp.wire.NtpTime;

/** Takes in the RTCP of the other side, packet by packet, and gives each to the stream it is about. */
final class RtcpInput {

    private static final int NACK_SPAN = 16;

    private final RtpSession session;
    private final Demultiplexer received;
    private final FeedbackWriter feedback;
    private final RtcpReader reader = new RtcpReader();
    private final SourceDescriptionReader items = new SourceDescriptionReader();
    private final ExtendedReportReader blocks = new ExtendedReportReader();
    private final TransportFeedbackReader transport = new TransportFeedbackReader();
    private final CongestionFeedbackReader congestion = new CongestionFeedbackReader();
    private final RemoteReport report = new RemoteReport();
    private final RoundTrip answered = new RoundTrip();

    RtcpInput(RtpSession session, Demultiplexer received, FeedbackWriter feedback) {
        this.session = session;
        this.received = received;
        this.feedback = feedback;
    }

    /** Round trips by the answers to our reference times. */
    RoundTrip answered() {
        return answered;
    }

    void handle(ByteBuffer packet, long nowNanos) {
        if (packet.remaining() < 4) {
            session.drop(RtpDrop.RTCP_SHORT);
            return;
        }
        reader.reset(packet);
        int count = 0;
        while (reader.next()) {
            if (count == 0 && !session.reducedSize() && !isReport(reader.kind())) {
                session.drop(RtpDrop.RTCP_NOT_COMPOUND);
                return;
            }
            if (++count > session.options().maxRtcpPackets()) {
                session.drop(RtpDrop.RTCP_TOO_MANY);
                return;
            }
            RtpDrop problem = reader.problem();
            if (problem != null) {
                session.drop(problem);
            } else {
                handlePacket(nowNanos);
            }
        }
        if (reader.malformed()) {
            session.drop(RtpDrop.RTCP_MALFORMED);
        }
    }

    private static boolean isReport(RtcpKind kind) {
        return kind == RtcpKind.SENDER_REPORT || kind == RtcpKind.RECEIVER_REPORT;
    }

    private void handlePacket(long nowNanos) {
        switch (reader.kind()) {
            case SENDER_REPORT -> {
                onSenderReport(nowNanos);
                onReportBlocks(nowNanos);
            }
            case RECEIVER_REPORT -> onReportBlocks(nowNanos);
            case SOURCE_DESCRIPTION -> onSourceDescription();
            case BYE -> onBye();
            case NACK -> onNack(nowNanos);
            case PICTURE_LOSS -> onPictureLoss();
            case FULL_INTRA_REQUEST -> onFullIntraRequest();
            case RECEIVER_ESTIMATED_BITRATE -> onReceiverEstimate();
            case TRANSPORT_FEEDBACK -> onTransportFeedback(nowNanos);
            case CONGESTION_FEEDBACK -> onCongestionFeedback(nowNanos);
            case EXTENDED_REPORT -> onExtendedReport(nowNanos);
            case APPLICATION, TMMBR, TMMBN, UNKNOWN -> {
                // Read by whoever taps RTCP; nothing is done about them here.
            }
        }
    }

    private void onSenderReport(long nowNanos) {
        Demultiplexer.Binding binding = received.binding(reader.senderSsrc());
        if (binding == null) {
            session.drop(RtpDrop.REPORT_UNKNOWN_SSRC);
        } else if (!binding.isMedia()) {
            binding.stream.rtxStatistics().onSenderReport(reader.ntp(), nowNanos);
        } else {
            binding.stream.onSenderReport(
                    reader.ntp(), reader.rtpTimestamp(), reader.packetCount(), reader.octetCount(), nowNanos);
        }
    }

    private void onReportBlocks(long nowNanos) {
        report.nowNanos = nowNanos;
        report.nowNtp = NtpTime.middle(NtpTime.ofEpochMicros(session.epochMicros(nowNanos)));
        for (int i = 0; i < reader.count(); i++) {
            SendStream stream = session.sendStream(reader.reportSsrc(i));
            if (stream == null) {
                session.drop(RtpDrop.REPORT_UNKNOWN_SSRC);
                continue;
            }
            report.fractionLost = reader.fractionLost(i);
            report.cumulativeLost = reader.cumulativeLost(i);
            report.highest = reader.extendedHighestSequence(i);
            report.jitter = reader.jitter(i);
            report.lastSenderReport = reader.lastSenderReport(i);
            report.delay = reader.delaySinceLastSenderReport(i);
            stream.onReport(stream.wireSsrc() != reader.reportSsrc(i), report);
            if (report.lastSenderReport != 0) {
                session.onRoundTrip(report.nowNtp, report.lastSenderReport, report.delay);
            }
        }
    }

    private void onSourceDescription() {
        items.reset(reader);
        while (items.next()) {
            Demultiplexer.Binding binding = received.binding(items.ssrc());
            if (items.itemType() == SourceDescriptionReader.CNAME && binding != null && binding.isMedia()) {
                binding.stream.onCname(items.array(), items.itemOffset(), items.itemLength());
            }
        }
        if (items.failed()) {
            session.drop(RtpDrop.RTCP_BAD_COUNT);
        }
    }

    private void onBye() {
        for (int i = 0; i < reader.count(); i++) {
            Demultiplexer.Binding binding = received.binding(reader.byeSsrc(i));
            if (binding == null) {
                session.drop(RtpDrop.REPORT_UNKNOWN_SSRC);
            } else if (binding.isMedia()) {
                session.onEvent(new RtpEvent.StreamEnded(binding.stream));
            }
        }
    }

    private @Nullable SendStream sent(int ssrc) {
        SendStream stream = session.sendStream(ssrc);
        if (stream == null) {
            session.drop(RtpDrop.FEEDBACK_UNKNOWN_SSRC);
        }
        return stream;
    }

    private void onNack(long nowNanos) {
        SendStream stream = sent(reader.mediaSsrc());
        if (stream == null) {
            return;
        }
        stream.onNackPacket();
        for (int i = 0; i < reader.entryCount(); i++) {
            int first = reader.nackPacketId(i);
            int mask = reader.nackBitmask(i);
            stream.onNack(first, nowNanos);
            for (int bit = 0; bit < NACK_SPAN; bit++) {
                if ((mask >>> bit & 1) != 0) {
                    stream.onNack((first + 1 + bit) & 0xffff, nowNanos);
                }
            }
        }
    }

    private void onPictureLoss() {
        SendStream stream = sent(reader.mediaSsrc());
        if (stream != null) {
            stream.onPictureLoss();
        }
    }

    private void onFullIntraRequest() {
        for (int i = 0; i < reader.entryCount(); i++) {
            SendStream stream = sent(reader.entrySsrc(i));
            if (stream != null && !stream.onFullIntraRequest(reader.firSequence(i))) {
                session.drop(RtpDrop.KEY_FRAME_REQUEST_REPEATED);
            }
        }
    }

    private void onReceiverEstimate() {
        session.control().onRemoteLimit(reader.rembBitrate());
        session.onEvent(new RtpEvent.BitrateEstimated(reader.rembBitrate()));
    }

    private void onTransportFeedback(long nowNanos) {
        if (!transport.reset(reader)) {
            session.drop(RtpDrop.BAD_TRANSPORT_FEEDBACK);
            return;
        }
        // The last packet it speaks of must have been sent.
        int end = transport.baseSequence() + transport.statusCount();
        int ahead = (short) (end - (int) session.nextTransportSequence());
        if (ahead > 0) {
            session.drop(RtpDrop.BAD_TRANSPORT_FEEDBACK);
            return;
        }
        session.control().onFeedback(transport, session.nextTransportSequence(), nowNanos);
    }

    private void onCongestionFeedback(long nowNanos) {
        congestion.reset(reader);
        while (congestion.nextStream()) {
            if (session.sendStream(congestion.ssrc()) == null) {
                session.drop(RtpDrop.FEEDBACK_UNKNOWN_SSRC);
            }
        }
        if (congestion.failed()) {
            session.drop(RtpDrop.RTCP_BAD_COUNT);
            return;
        }
        session.control().onFeedback(congestion.reset(reader), nowNanos);
    }

    private void onExtendedReport(long nowNanos) {
        blocks.reset(reader);
        while (blocks.next()) {
            if (blocks.blockType() == ExtendedReportReader.REFERENCE_TIME) {
                feedback.onReferenceTime(reader.senderSsrc(), blocks.referenceTime(), nowNanos);
            } else if (blocks.blockType() == ExtendedReportReader.DELAY_SINCE_REFERENCE_TIME) {
                onAnswer(nowNanos);
            }
        }
        if (blocks.failed()) {
            session.drop(RtpDrop.RTCP_BAD_COUNT);
        }
    }

    private void onAnswer(long nowNanos) {
        int now = NtpTime.middle(NtpTime.ofEpochMicros(session.epochMicros(nowNanos)));
        for (int i = 0; i < blocks.entryCount(); i++) {
            if (blocks.delaySsrc(i) == session.localSsrc() && blocks.lastReferenceTime(i) != 0) {
                long nanos = answered.onAnswer(now, blocks.lastReferenceTime(i), blocks.delay(i));
                Demultiplexer.Binding binding = received.binding(reader.senderSsrc());
                if (nanos > 0 && binding != null && binding.isMedia()) {
                    binding.stream.roundTrip().onMeasured(nanos);
                }
                if (nanos > 0) {
                    session.onRoundTrip(nanos);
                }
            }
        }
    }
}
