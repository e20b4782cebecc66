package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A stream that is received, with its retransmissions.
 *
 * <p>Frames are counted while somebody takes frames, which is when they are put together; they are handed out encoded, in the
 * order of decoding, and one that was handed out counts as decoded.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param ssrc its synchronisation source
 * @param kind audio or video
 * @param transportId the id of the transport
 * @param codecId the id of the codec; null before the first packet
 * @param packetsReceived packets received, retransmissions included
 * @param packetsLost packets expected less those received, before repair; may be negative
 * @param jitter interarrival jitter, in seconds
 * @param trackIdentifier the id of the track
 * @param mid the mid of the transceiver
 * @param remoteId the id of what its sender reports; null before the first report
 * @param framesDecoded frames handed out; null for audio, and before somebody takes frames
 * @param keyFramesDecoded key frames among them; null like framesDecoded
 * @param framesDropped frames that could not be handed out; null like framesDecoded
 * @param frameWidth of the latest key frame, in pixels; null when it is not known
 * @param frameHeight of the latest key frame, in pixels; null when it is not known
 * @param framesPerSecond frames of the last second; null like framesDecoded
 * @param lastPacketReceivedTimestamp when the latest packet came, in milliseconds since 1970-01-01T00:00:00Z; null
 *     before the first
 * @param headerBytesReceived bytes of RTP headers and padding
 * @param packetsDiscarded packets refused: received before, too late, of an unknown payload type
 * @param bytesReceived bytes of payload, retransmissions included
 * @param nackCount RTCP packets that asked for lost packets
 * @param firCount full intra requests sent; null for audio
 * @param pliCount picture loss indications sent; null for audio
 * @param audioLevel of the latest packet, 0 to 1; null for video, and when it was not told (RFC 6464)
 * @param totalAudioEnergy sum of squared level times seconds, by the levels told; null like audioLevel
 * @param totalSamplesDuration seconds of sound whose level was told; null like audioLevel
 * @param framesReceived complete frames; null like framesDecoded
 * @param jitterBufferDelay how long each sample that was decoded, or each frame, had waited in the jitter buffer, summed up,
 *     in seconds; null while nobody plays the stream ({@link RTCRtpReceiver#pcm}, {@link RTCRtpReceiver#playout})
 * @param jitterBufferTargetDelay how long each of them was to wait, summed up, in seconds; null like jitterBufferDelay
 * @param jitterBufferMinimumDelay how long the jitter alone asked for, summed up, in seconds; null like jitterBufferDelay
 * @param jitterBufferEmittedCount samples or frames that came out of the jitter buffer decoded; null like jitterBufferDelay
 * @param totalSamplesReceived samples played, of one channel, at the rate of the decoder; null while no sink plays the stream
 * @param concealedSamples of these, made up; null like totalSamplesReceived
 * @param silentConcealedSamples of these, silence; null like totalSamplesReceived
 * @param concealmentEvents how often concealment began; null like totalSamplesReceived
 * @param removedSamplesForAcceleration samples left out to catch up; null like totalSamplesReceived
 * @param insertedSamplesForDeceleration samples played twice to slow down; null like totalSamplesReceived
 * @param playoutId the id of where it is played; null like totalSamplesReceived
 * @param retransmittedPacketsReceived packets of its RTX stream; null without RTX
 * @param retransmittedBytesReceived bytes of payload of these; null without RTX
 * @param rtxSsrc the source of its retransmissions; null without RTX
 * @param fecPacketsReceived repair packets, within RED or of a stream of their own; null before the first
 * @param fecBytesReceived bytes of payload of these; null before the first
 * @param fecPacketsDiscarded of these, not needed or of no use; null before the first
 * @param fecSsrc the source of its repair packets; null where they have none of their own
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#inboundrtpstats-dict*">the specification</a>
 */
public record RTCInboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        @Nullable String codecId,
        long packetsReceived,
        long packetsLost,
        double jitter,
        String trackIdentifier,
        String mid,
        @Nullable String remoteId,
        @Nullable Long framesDecoded,
        @Nullable Long keyFramesDecoded,
        @Nullable Long framesDropped,
        @Nullable Integer frameWidth,
        @Nullable Integer frameHeight,
        @Nullable Double framesPerSecond,
        @Nullable Double lastPacketReceivedTimestamp,
        long headerBytesReceived,
        long packetsDiscarded,
        long bytesReceived,
        long nackCount,
        @Nullable Long firCount,
        @Nullable Long pliCount,
        @Nullable Double audioLevel,
        @Nullable Double totalAudioEnergy,
        @Nullable Double totalSamplesDuration,
        @Nullable Long framesReceived,
        @Nullable Double jitterBufferDelay,
        @Nullable Double jitterBufferTargetDelay,
        @Nullable Double jitterBufferMinimumDelay,
        @Nullable Long jitterBufferEmittedCount,
        @Nullable Long totalSamplesReceived,
        @Nullable Long concealedSamples,
        @Nullable Long silentConcealedSamples,
        @Nullable Long concealmentEvents,
        @Nullable Long removedSamplesForAcceleration,
        @Nullable Long insertedSamplesForDeceleration,
        @Nullable String playoutId,
        @Nullable Long retransmittedPacketsReceived,
        @Nullable Long retransmittedBytesReceived,
        @Nullable Long rtxSsrc,
        @Nullable Long fecPacketsReceived,
        @Nullable Long fecBytesReceived,
        @Nullable Long fecPacketsDiscarded,
        @Nullable Long fecSsrc)
        implements RTCReceivedRtpStreamStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.INBOUND_RTP;
    }
}
