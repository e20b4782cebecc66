package org.webrtc4j;

/**
 * A track of sound that is sent.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param trackIdentifier the id of the track
 * @param kind audio
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#dom-rtcaudiosourcestats">the specification</a>
 */
public record RTCAudioSourceStats(String id, double timestamp, String trackIdentifier, String kind)
        implements RTCMediaSourceStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.MEDIA_SOURCE;
    }
}
