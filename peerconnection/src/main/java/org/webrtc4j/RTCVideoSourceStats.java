package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A track of pictures that is sent.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param trackIdentifier the id of the track
 * @param kind video
 * @param width of the latest key frame, in pixels; null when it is not known
 * @param height of the latest key frame, in pixels; null when it is not known
 * @param frames frames that have come from the source and were sent
 * @param framesPerSecond frames of the last second
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#dom-rtcvideosourcestats">the specification</a>
 */
public record RTCVideoSourceStats(
        String id,
        double timestamp,
        String trackIdentifier,
        String kind,
        @Nullable Integer width,
        @Nullable Integer height,
        long frames,
        double framesPerSecond)
        implements RTCMediaSourceStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.MEDIA_SOURCE;
    }
}
