package org.webrtc4j;

/**
 * Sound as it reaches a sink ({@link RTCRtpReceiver#pcm}).
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param kind audio
 * @param synthesizedSamplesDuration seconds of it that were made up because nothing came in time
 * @param synthesizedSamplesEvents how often making up began
 * @param totalSamplesDuration seconds of sound handed to the sink
 * @param totalPlayoutDelay how long each sample waited between the jitter buffer and the sink, summed up, in seconds; 0, for
 *     a sink is called at once
 * @param totalSamplesCount samples handed to the sink, of one channel, at the rate of the decoder
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#playoutstats-dict*">the specification</a>
 */
public record RTCAudioPlayoutStats(
        String id,
        double timestamp,
        String kind,
        double synthesizedSamplesDuration,
        long synthesizedSamplesEvents,
        double totalSamplesDuration,
        double totalPlayoutDelay,
        long totalSamplesCount)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.MEDIA_PLAYOUT;
    }
}
