package org.webrtc4j;

/**
 * A connection.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param dataChannelsOpened channels that have been open
 * @param dataChannelsClosed of those, channels that are not any more
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#pcstats-dict*">the specification</a>
 */
public record RTCPeerConnectionStats(String id, double timestamp, int dataChannelsOpened, int dataChannelsClosed)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.PEER_CONNECTION;
    }
}
