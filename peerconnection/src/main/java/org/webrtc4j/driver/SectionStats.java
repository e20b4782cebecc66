package org.webrtc4j.driver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.LocalEncoding;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.pipeline.FrameStats;
import org.webrtc4j.rtp.InboundStats;
import org.webrtc4j.rtp.OutboundStats;
import org.webrtc4j.rtp.ReceiveSection;
import org.webrtc4j.rtp.ReceiveStream;
import org.webrtc4j.rtp.SendStream;

/** Reads the counters of one section. */
final class SectionStats {

    private final MediaSection section;
    private final MediaPlan.Section planned;
    private final long nowNanos;

    SectionStats(MediaSection section, MediaPlan.Section planned, long nowNanos) {
        this.section = section;
        this.planned = planned;
        this.nowNanos = nowNanos;
    }

    MediaStats.Section read() {
        return new MediaStats.Section(planned.mid(), planned.kind(), inbound(), outbound());
    }

    private List<MediaStats.Inbound> inbound() {
        List<MediaStats.Inbound> inbound = new ArrayList<>();
        ReceiveSection receives = section.receives();
        List<ReceiveStream> streams = receives == null ? List.of() : receives.streams();
        for (ReceiveStream each : streams) {
            InboundStats rtp = each.stats();
            // One that was only announced does not exist yet for W3C.
            if (rtp.packetsReceived() > 0) {
                inbound.add(new MediaStats.Inbound(
                        each.ssrc(),
                        each.rtxSsrc(),
                        each.fecSsrc(),
                        rtp,
                        section.ends().inbound().frames(each, nowNanos),
                        codec(planned.receiveCodecs(), rtp.payloadType())));
            }
        }
        return inbound;
    }

    /** One for each encoding that was ever sent, those that are switched off among them. */
    private List<MediaStats.Outbound> outbound() {
        List<MediaStats.Outbound> outbound = new ArrayList<>();
        List<LocalEncoding> encodings = planned.sends() ? planned.encodings() : List.of();
        for (int i = 0; i < encodings.size(); i++) {
            SendStream stream = section.stream(encodings.get(i).ssrc());
            if (stream != null) {
                OutboundStats rtp = stream.stats();
                FrameStats frames = section.ends().outbound().frames(stream, nowNanos);
                outbound.add(new MediaStats.Outbound(
                        stream.ssrc(),
                        stream.parameters().rtxSsrc(),
                        encodings.get(i).rid(),
                        i,
                        rtp,
                        frames == null ? FrameStats.NONE : frames,
                        codec(planned.sendCodecs(), rtp.payloadType()),
                        section.streams().contains(stream)));
            }
        }
        return outbound;
    }

    private static MediaPlan.@Nullable Codec codec(List<MediaPlan.Codec> codecs, int payloadType) {
        for (MediaPlan.Codec each : codecs) {
            if (each.payloadType() == payloadType) {
                return each;
            }
        }
        return null;
    }
}
