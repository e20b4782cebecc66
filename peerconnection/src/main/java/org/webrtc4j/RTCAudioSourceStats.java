package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A track of sound that is sent.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param trackIdentifier the id of the track
 * @param kind audio
 * @param audioLevel of the latest 20 ms, 0 to 1; null when the source does not tell ({@link MediaTrackSource#levels})
 * @param totalAudioEnergy sum of squared level times seconds; null like audioLevel
 * @param totalSamplesDuration seconds of sound that the source gave; null like audioLevel
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#dom-rtcaudiosourcestats">the specification</a>
 */
public record RTCAudioSourceStats(
        String id,
        double timestamp,
        String trackIdentifier,
        String kind,
        @Nullable Double audioLevel,
        @Nullable Double totalAudioEnergy,
        @Nullable Double totalSamplesDuration)
        implements RTCMediaSourceStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.MEDIA_SOURCE;
    }
}
