package org.webrtc4j.driver;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.pipeline.FrameStats;
import org.webrtc4j.rtp.InboundStats;
import org.webrtc4j.rtp.OutboundStats;

/**
 * The counters of media, a snapshot.
 *
 * @param sections those that are in use
 * @param srtpDrops packets refused by SRTP, by reason
 * @param rtpDrops what was dropped or ignored of RTP and RTCP, by reason
 * @param frameDrops frames dropped or refused, by reason
 * @param availableBitrate what the path is estimated to carry, in bits per second; 0 while nothing is estimated
 */
public record MediaStats(
        List<Section> sections,
        Map<String, Long> srtpDrops,
        Map<String, Long> rtpDrops,
        Map<String, Long> frameDrops,
        long availableBitrate) {

    /**
     * Copies.
     *
     * @param sections those that are in use
     * @param srtpDrops packets refused by SRTP
     * @param rtpDrops what was dropped or ignored of RTP and RTCP
     * @param frameDrops frames dropped or refused
     * @param availableBitrate what the path is estimated to carry
     */
    public MediaStats {
        sections = List.copyOf(sections);
        srtpDrops = Map.copyOf(srtpDrops);
        rtpDrops = Map.copyOf(rtpDrops);
        frameDrops = Map.copyOf(frameDrops);
    }

    /**
     * One section.
     *
     * @param mid its identification
     * @param kind audio or video
     * @param inbound the streams heard
     * @param outbound the streams that may be sent
     */
    public record Section(String mid, String kind, List<Inbound> inbound, List<Outbound> outbound) {

        /**
         * Copies the lists.
         *
         * @param mid its identification
         * @param kind audio or video
         * @param inbound the streams heard
         * @param outbound the streams that may be sent
         */
        public Section {
            inbound = List.copyOf(inbound);
            outbound = List.copyOf(outbound);
        }
    }

    /**
     * A stream that is received.
     *
     * @param ssrc its source
     * @param rtxSsrc that of its retransmissions, or {@link MediaPlan#NO_SSRC}
     * @param fecSsrc that of its repair packets, or {@link MediaPlan#NO_SSRC}
     * @param rtp its packets
     * @param frames its frames; null before somebody takes frames
     * @param codec of the latest packet; null before the first, and when it is no longer negotiated
     */
    public record Inbound(
            long ssrc,
            long rtxSsrc,
            long fecSsrc,
            InboundStats rtp,
            @Nullable FrameStats frames,
            MediaPlan.@Nullable Codec codec) {}

    /**
     * A stream that is sent.
     *
     * @param ssrc its source
     * @param rtxSsrc that of its retransmissions, or {@link MediaPlan#NO_SSRC}
     * @param rid which stream of a simulcast it is, empty without
     * @param index its place among the encodings
     * @param rtp its packets
     * @param frames its frames
     * @param codec of the latest packet; null before the first, and when it is no longer negotiated
     * @param active whether it is sent now
     */
    public record Outbound(
            long ssrc,
            long rtxSsrc,
            String rid,
            int index,
            OutboundStats rtp,
            FrameStats frames,
            MediaPlan.@Nullable Codec codec,
            boolean active) {}
}
