package org.webrtc4j.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.LocalEncoding;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.capability.RtcpFeedback;
import org.webrtc4j.rtp.PayloadFormat;
import org.webrtc4j.rtp.ReceiveParameters;
import org.webrtc4j.rtp.ReceiveSection;
import org.webrtc4j.rtp.RtpSession;
import org.webrtc4j.rtp.SendParameters;
import org.webrtc4j.rtp.SendStream;
import org.webrtc4j.rtp.SignalledSsrc;
import org.webrtc4j.rtp.congestion.FeedbackKind;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;
import org.webrtc4j.rtp.extension.HeaderExtensionType;

/** One section of the plan as the RTP session has it: its receiving side and its streams, joined to their ends. */
final class MediaSection {

    private final MediaEnds ends;
    private final List<SendStream> streams = new ArrayList<>();
    /** Sent before and perhaps again, one for each encoding at most: their numbers must go on. */
    private final List<SendStream> resting = new ArrayList<>();

    private @Nullable ReceiveSection receives;

    MediaSection(MediaEnds ends) {
        this.ends = ends;
    }

    boolean isOf(MediaEnds others) {
        return ends.equals(others);
    }

    MediaEnds ends() {
        return ends;
    }

    @Nullable
    ReceiveSection receives() {
        return receives;
    }

    List<SendStream> streams() {
        return streams;
    }

    /** A stream that is sent, or was before its encoding was switched off; null when nobody sent it. */
    @Nullable
    SendStream stream(long ssrc) {
        for (SendStream each : streams) {
            if (each.ssrc() == ssrc) {
                return each;
            }
        }
        for (SendStream each : resting) {
            if (each.ssrc() == ssrc) {
                return each;
            }
        }
        return null;
    }

    /** Brings the session to what was negotiated. Streams are sent only once there are keys. */
    void follow(RtpSession session, MediaPlan.Section planned, boolean keyed) {
        followReceiving(session, planned);
        if (planned.sends() && keyed) {
            followSending(session, planned);
        } else {
            endSending(session);
        }
    }

    private void followReceiving(RtpSession session, MediaPlan.Section planned) {
        ReceiveSection known = receives;
        if (!planned.receives()) {
            endReceiving(session);
            return;
        }
        ReceiveParameters parameters = receiveParameters(planned);
        if (known == null) {
            known = session.addReceiveSection(parameters);
            receives = known;
        } else if (!known.parameters().equals(parameters)) {
            known.update(parameters);
        }
        ends.inbound().attach(known, planned, session.headerExtensions());
    }

    private void followSending(RtpSession session, MediaPlan.Section planned) {
        List<SendParameters> wanted = planned.encodings().stream()
                .filter(LocalEncoding::active)
                .map(each -> sendParameters(planned, each))
                .toList();
        streams.removeIf(stream -> {
            boolean gone = wanted.stream().noneMatch(each -> each.ssrc() == stream.ssrc());
            if (gone) {
                rest(session, stream);
            }
            return gone;
        });
        List<SendStream> now = new ArrayList<>();
        for (SendParameters each : wanted) {
            now.add(stream(session, each));
        }
        streams.clear();
        streams.addAll(now);
        ends.outbound().attach(now, planned);
    }

    private SendStream stream(RtpSession session, SendParameters parameters) {
        for (SendStream each : streams) {
            if (each.ssrc() == parameters.ssrc()) {
                each.update(parameters);
                return each;
            }
        }
        for (SendStream each : resting) {
            if (each.ssrc() == parameters.ssrc()) {
                resting.remove(each);
                session.resumeSendStream(each, parameters);
                return each;
            }
        }
        return session.addSendStream(parameters);
    }

    private void rest(RtpSession session, SendStream stream) {
        session.removeSendStream(stream);
        resting.add(stream);
    }

    /** The section has ended. */
    void end(RtpSession session) {
        endReceiving(session);
        endSending(session);
    }

    private void endReceiving(RtpSession session) {
        ReceiveSection known = receives;
        if (known != null) {
            ends.inbound().detach();
            session.removeReceiveSection(known);
            receives = null;
        }
    }

    private void endSending(RtpSession session) {
        if (!streams.isEmpty()) {
            streams.forEach(each -> rest(session, each));
            streams.clear();
            ends.outbound().detach();
        }
    }

    void onKeyFrameRequested(SendStream stream) {
        ends.outbound().onKeyFrameRequested(stream);
    }

    void onLossReported(SendStream stream, int percent) {
        if (ends.outbound().sends(stream)) {
            ends.outbound().onLossReported(percent);
        }
    }

    void handleTimeout(long nowNanos) {
        ends.inbound().handleTimeout(nowNanos);
    }

    long nextTimeout() {
        return ends.inbound().nextTimeout();
    }

    // --- the plan in the words of RTP

    private static ReceiveParameters receiveParameters(MediaPlan.Section planned) {
        return new ReceiveParameters(
                planned.mid(),
                formats(planned.receiveCodecs()),
                planned.sources().stream()
                        .map(each -> new SignalledSsrc(each.ssrc(), each.rtxSsrc(), null, each.fecSsrc()))
                        .toList(),
                planned.receiveRids(),
                planned.kind().equals("video"));
    }

    private static SendParameters sendParameters(MediaPlan.Section planned, LocalEncoding encoding) {
        HeaderExtensionMap.Builder extensions = HeaderExtensionMap.builder().allowMixed(planned.mixedExtensions());
        for (MediaPlan.Extension each : planned.extensions()) {
            if (each.sends()) {
                extensions.put(each.id(), each.uri());
            }
        }
        boolean rtx = planned.sendCodecs().stream().anyMatch(each -> each.rtxPayloadType() >= 0);
        return new SendParameters(
                planned.mid(),
                encoding.rid().isEmpty() ? null : encoding.rid(),
                encoding.ssrc(),
                rtx ? encoding.rtxSsrc() : SignalledSsrc.NONE,
                formats(planned.sendCodecs()),
                extensions.build(),
                planned.kind().equals("video"),
                planned.encodings().size() == 1 ? encoding.fecSsrc() : SignalledSsrc.NONE);
    }

    private static PayloadFormat.Role role(CodecDescription codec) {
        return switch (codec.mimeType().toLowerCase(Locale.ROOT)) {
            case "video/red" -> PayloadFormat.Role.RED;
            case "video/ulpfec" -> PayloadFormat.Role.ULPFEC;
            case "video/flexfec-03" -> PayloadFormat.Role.FLEXFEC;
            default -> PayloadFormat.Role.MEDIA;
        };
    }

    private static List<PayloadFormat> formats(List<MediaPlan.Codec> codecs) {
        List<PayloadFormat> formats = new ArrayList<>();
        boolean nack = codecs.stream().anyMatch(each -> each.feedback().contains(RtcpFeedback.NACK));
        for (MediaPlan.Codec each : codecs) {
            PayloadFormat.Role role = role(each.codec());
            formats.add(new PayloadFormat(
                    each.payloadType(),
                    each.codec().clockRate(),
                    PayloadFormat.NONE,
                    // What RED carries is asked for again as it came: within RED.
                    role == PayloadFormat.Role.RED ? nack : each.feedback().contains(RtcpFeedback.NACK),
                    each.feedback().contains(RtcpFeedback.NACK_PLI),
                    each.feedback().contains(RtcpFeedback.CCM_FIR),
                    role));
            if (each.rtxPayloadType() >= 0) {
                formats.add(
                        PayloadFormat.rtx(each.rtxPayloadType(), each.codec().clockRate(), each.payloadType()));
            }
        }
        return formats;
    }

    /** Whether all that is agreed on allows RTCP of reduced size; what was only offered says nothing yet. */
    static boolean reducedSize(MediaPlan plan) {
        return plan.sections().stream()
                .filter(each -> !each.sendCodecs().isEmpty())
                .allMatch(MediaPlan.Section::reducedSizeRtcp);
    }

    /** Whether arrivals are told stream by stream, for the whole bundle (RFC 8888 section 6). */
    static boolean congestionFeedback(MediaPlan plan) {
        return plan.sections().stream()
                .flatMap(each -> each.receiveCodecs().stream())
                .anyMatch(each -> each.feedback().contains(RtcpFeedback.CCFB));
    }

    /** By what the other side tells of arrivals: one kind for the whole bundle, and the transport's numbers where they are sent. */
    static FeedbackKind feedbackKind(MediaPlan plan) {
        boolean byStream = false;
        for (MediaPlan.Section each : plan.sections()) {
            boolean numbered = each.extensions().stream()
                    .anyMatch(one ->
                            one.sends() && one.uri().equals(HeaderExtensionType.TRANSPORT_SEQUENCE_NUMBER.uri()));
            for (MediaPlan.Codec codec : each.sendCodecs()) {
                if (numbered && codec.feedback().contains(RtcpFeedback.TRANSPORT_CC)) {
                    return FeedbackKind.TRANSPORT;
                }
                byStream |= codec.feedback().contains(RtcpFeedback.CCFB);
            }
        }
        return byStream ? FeedbackKind.BY_STREAM : FeedbackKind.NONE;
    }

    /** What the identifiers of header extensions mean in everything received: one map for the whole bundle. */
    static HeaderExtensionMap received(MediaPlan plan) {
        HeaderExtensionMap.Builder extensions = HeaderExtensionMap.builder();
        for (MediaPlan.Section section : plan.sections()) {
            for (MediaPlan.Extension each : section.extensions()) {
                if (each.receives()) {
                    extensions.put(each.id(), each.uri());
                }
            }
        }
        return extensions.build();
    }
}
