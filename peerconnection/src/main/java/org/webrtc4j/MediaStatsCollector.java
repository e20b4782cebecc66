package org.webrtc4j;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.common.TimeSource;
import org.webrtc4j.driver.MediaStats;
import org.webrtc4j.jsep.MediaPlan;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.playout.PlayoutStats;
import org.webrtc4j.media.playout.VideoPlayoutStats;
import org.webrtc4j.pipeline.FrameStats;
import org.webrtc4j.rtp.InboundStats;
import org.webrtc4j.rtp.OutboundStats;
import org.webrtc4j.voice.Playout;

/** Makes the media part of a report: streams of both sides, their codecs, and the tracks that are sent. */
final class MediaStatsCollector {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_MILLI = 1e3;

    private final List<RTCStats> stats;
    private final String connection;
    private final TimeSource clock;
    private final double timestamp;
    private final String transportId;
    private final Set<String> codecs = new HashSet<>();
    private final Set<String> sources = new HashSet<>();

    /**
     * Creates a collector.
     *
     * @param stats takes what it makes
     */
    MediaStatsCollector(
            List<RTCStats> stats, String connection, TimeSource clock, double timestamp, String transportId) {
        this.stats = stats;
        this.connection = connection;
        this.clock = clock;
        this.timestamp = timestamp;
        this.transportId = transportId;
    }

    void collect(MediaStats media, List<RTCRtpTransceiver> transceivers) {
        Map<String, RTCRtpTransceiver> byMid = new HashMap<>();
        for (RTCRtpTransceiver each : transceivers) {
            String mid = each.mid();
            if (mid != null) {
                byMid.put(mid, each);
            }
        }
        for (MediaStats.Section section : media.sections()) {
            RTCRtpTransceiver transceiver = byMid.get(section.mid());
            if (transceiver != null) {
                section.inbound().forEach(each -> inbound(section, each, transceiver.receiver()));
                MediaStreamTrack sent = transceiver.sender().track();
                section.outbound().forEach(each -> outbound(section, each, sent));
            }
        }
    }

    // --- received

    private void inbound(MediaStats.Section section, MediaStats.Inbound stream, RTCRtpReceiver receiver) {
        InboundStats rtp = stream.rtp();
        FrameStats frames = stream.frames();
        boolean video = section.kind().equals("video");
        boolean repaired = stream.rtxSsrc() != MediaPlan.NO_SSRC;
        boolean heard = !video && rtp.audioLevel() >= 0;
        String id = id("I", section, stream.ssrc());
        String remoteId = rtp.remoteReports() == 0 ? null : id("RO", section, stream.ssrc());
        String codecId = codec("I", stream.codec());
        Playout playing = receiver.media().playout(stream.ssrc());
        PlayoutStats played = playing == null ? null : playing.stats();
        VideoPlayoutStats shown = frames == null ? null : frames.playout();
        stats.add(new RTCInboundRtpStreamStats(
                id,
                timestamp,
                stream.ssrc(),
                section.kind(),
                transportId,
                codecId,
                rtp.packetsReceived() + rtp.retransmittedPacketsReceived(),
                rtp.packetsLost(),
                rtp.jitterSeconds(),
                receiver.track().id(),
                section.mid(),
                remoteId,
                counted(video && frames != null, frames == null ? 0 : frames.frames()),
                counted(video && frames != null, frames == null ? 0 : frames.keys()),
                counted(video && frames != null, frames == null ? 0 : frames.dropped()),
                frames == null ? null : pixels(frames.width()),
                frames == null ? null : pixels(frames.height()),
                frames == null || !video ? null : Double.valueOf(frames.lastSecond()),
                rtp.lastPacketNanos() == 0 ? null : Double.valueOf(wall(rtp.lastPacketNanos())),
                rtp.headerBytesReceived() + rtp.retransmittedHeaderBytesReceived(),
                rtp.packetsDiscarded(),
                rtp.bytesReceived() + rtp.retransmittedBytesReceived(),
                rtp.nackPacketCount(),
                counted(video, rtp.firCount()),
                counted(video, rtp.pliCount()),
                heard ? Double.valueOf(AudioLevels.amplitude(rtp.audioLevel())) : null,
                heard ? Double.valueOf(rtp.audioEnergy()) : null,
                heard ? Double.valueOf(rtp.audioSeconds()) : null,
                counted(video && frames != null, frames == null ? 0 : frames.frames()),
                of(played, PlayoutStats::delaySeconds, shown, VideoPlayoutStats::delaySeconds),
                of(played, PlayoutStats::targetDelaySeconds, shown, VideoPlayoutStats::targetDelaySeconds),
                of(played, PlayoutStats::minimumDelaySeconds, shown, VideoPlayoutStats::minimumDelaySeconds),
                of(played, PlayoutStats::samplesEmitted, shown, VideoPlayoutStats::framesEmitted),
                played == null ? null : Long.valueOf(played.samplesPlayed()),
                played == null ? null : Long.valueOf(played.concealedSamples()),
                played == null ? null : Long.valueOf(played.silentConcealedSamples()),
                played == null ? null : Long.valueOf(played.concealmentEvents()),
                played == null ? null : Long.valueOf(played.removedSamples()),
                played == null ? null : Long.valueOf(played.insertedSamples()),
                playing == null ? null : playout(section, playing),
                counted(repaired, rtp.retransmittedPacketsReceived()),
                counted(repaired, rtp.retransmittedBytesReceived()),
                counted(repaired, stream.rtxSsrc()),
                counted(rtp.fecPacketsReceived() > 0, rtp.fecPacketsReceived()),
                counted(rtp.fecPacketsReceived() > 0, rtp.fecBytesReceived()),
                counted(rtp.fecPacketsReceived() > 0, rtp.fecPacketsDiscarded()),
                counted(stream.fecSsrc() != MediaPlan.NO_SSRC, stream.fecSsrc())));
        if (remoteId != null) {
            stats.add(new RTCRemoteOutboundRtpStreamStats(
                    remoteId,
                    wall(rtp.remoteReportNanos()),
                    stream.ssrc(),
                    section.kind(),
                    transportId,
                    codecId,
                    rtp.remotePacketsSent(),
                    rtp.remoteBytesSent(),
                    id,
                    rtp.remoteTimeMicros() / MICROS_PER_MILLI,
                    rtp.remoteReports(),
                    roundTrip(rtp.roundTripNanos()),
                    rtp.roundTripTotalNanos() / NANOS_PER_SECOND,
                    rtp.roundTripMeasurements()));
        }
    }

    /** What is counted of sound or of pictures, whichever is played. */
    private static <T> @Nullable T of(
            @Nullable PlayoutStats heard,
            Function<PlayoutStats, T> ofSound,
            @Nullable VideoPlayoutStats shown,
            Function<VideoPlayoutStats, T> ofPictures) {
        return heard != null ? ofSound.apply(heard) : shown != null ? ofPictures.apply(shown) : null;
    }

    /** What a sink hears, told beside its stream. */
    private String playout(MediaStats.Section section, Playout playing) {
        PlayoutStats played = playing.stats();
        String id = id("P", section, playing.ssrc());
        stats.add(new RTCAudioPlayoutStats(
                id,
                timestamp,
                section.kind(),
                (double) played.concealedSamples() / playing.sampleRate(),
                played.concealmentEvents(),
                (double) played.samplesPlayed() / playing.sampleRate(),
                0,
                played.samplesPlayed()));
        return id;
    }

    // --- sent

    private void outbound(MediaStats.Section section, MediaStats.Outbound stream, @Nullable MediaStreamTrack track) {
        OutboundStats rtp = stream.rtp();
        FrameStats frames = stream.frames();
        boolean video = section.kind().equals("video");
        String id = id("O", section, stream.ssrc());
        String remoteId = rtp.remoteReports() == 0 ? null : id("RI", section, stream.ssrc());
        String codecId = codec("O", stream.codec());
        stats.add(new RTCOutboundRtpStreamStats(
                id,
                timestamp,
                stream.ssrc(),
                section.kind(),
                transportId,
                codecId,
                rtp.packetsSent() + rtp.retransmittedPacketsSent() + rtp.paddingPacketsSent(),
                rtp.bytesSent() + rtp.retransmittedBytesSent(),
                section.mid(),
                track == null ? null : source(track, frames),
                remoteId,
                stream.rid().isEmpty() ? null : stream.rid(),
                stream.index(),
                rtp.headerBytesSent() + rtp.retransmittedHeaderBytesSent(),
                rtp.retransmittedPacketsSent(),
                rtp.retransmittedBytesSent(),
                counted(stream.rtxSsrc() != MediaPlan.NO_SSRC, stream.rtxSsrc()),
                pixels(frames.width()),
                pixels(frames.height()),
                video ? Double.valueOf(frames.lastSecond()) : null,
                counted(video, frames.frames()),
                counted(video, frames.encoded()),
                counted(video, frames.keys()),
                rtp.nackPacketCount(),
                counted(video, rtp.firCount()),
                counted(video, rtp.pliCount()),
                stream.active()));
        if (remoteId != null) {
            stats.add(new RTCRemoteInboundRtpStreamStats(
                    remoteId,
                    wall(rtp.remoteReportNanos()),
                    stream.ssrc(),
                    section.kind(),
                    transportId,
                    codecId,
                    rtp.remotePacketsReceived(),
                    rtp.remotePacketsLost(),
                    rtp.remoteJitterSeconds(),
                    id,
                    roundTrip(rtp.roundTripNanos()),
                    rtp.roundTripTotalNanos() / NANOS_PER_SECOND,
                    rtp.remoteFractionLost(),
                    rtp.roundTripMeasurements()));
        }
    }

    /** What is sent, told once however many streams it makes; by the first of them. */
    private String source(MediaStreamTrack track, FrameStats frames) {
        String id = "S" + track.id();
        if (sources.add(id)) {
            stats.add(
                    track.kind().equals("audio")
                            ? sound(id, track)
                            : new RTCVideoSourceStats(
                                    id,
                                    timestamp,
                                    track.id(),
                                    track.kind(),
                                    pixels(frames.width()),
                                    pixels(frames.height()),
                                    frames.frames(),
                                    frames.lastSecond()));
        }
        return id;
    }

    private RTCAudioSourceStats sound(String id, MediaStreamTrack track) {
        SoundLevels levels = null;
        try {
            levels = track.source().levels();
        } catch (RuntimeException thrown) {
            ConnectionLog.handlerThrew(connection, thrown);
        }
        return new RTCAudioSourceStats(
                id,
                timestamp,
                track.id(),
                track.kind(),
                levels == null ? null : Double.valueOf(levels.level()),
                levels == null ? null : Double.valueOf(levels.totalEnergy()),
                levels == null ? null : Double.valueOf(levels.totalSeconds()));
    }

    // --- both

    private @Nullable String codec(String direction, MediaPlan.@Nullable Codec codec) {
        if (codec == null) {
            return null;
        }
        CodecDescription description = codec.codec();
        String fmtp = description.fmtp();
        // Stable because it is made of what does not change: the same number may mean something else later.
        String id = "C" + direction + transportId + "_" + codec.payloadType() + "_"
                + Integer.toHexString(description.hashCode());
        if (codecs.add(id)) {
            stats.add(new RTCCodecStats(
                    id,
                    timestamp,
                    codec.payloadType(),
                    transportId,
                    description.mimeType(),
                    description.clockRate(),
                    description.kind() == MediaKind.AUDIO ? Integer.valueOf(description.channels()) : null,
                    fmtp.isEmpty() ? null : fmtp));
        }
        return id;
    }

    private static String id(String what, MediaStats.Section section, long ssrc) {
        return what + (section.kind().equals("audio") ? "A" : "V") + ssrc;
    }

    private static @Nullable Long counted(boolean exists, long count) {
        return exists ? Long.valueOf(count) : null;
    }

    private static @Nullable Integer pixels(int count) {
        return count == 0 ? null : Integer.valueOf(count);
    }

    private static @Nullable Double roundTrip(long nanos) {
        return nanos == 0 ? null : Double.valueOf(nanos / NANOS_PER_SECOND);
    }

    private double wall(long nanos) {
        return clock.epochMicros(nanos) / MICROS_PER_MILLI;
    }
}
