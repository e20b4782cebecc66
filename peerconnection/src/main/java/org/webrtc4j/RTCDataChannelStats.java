package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A data channel.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param label its label
 * @param protocol its subprotocol
 * @param dataChannelIdentifier its stream; null until known
 * @param state its state
 * @param messagesSent messages given to send
 * @param bytesSent payload bytes of those
 * @param messagesReceived messages delivered
 * @param bytesReceived payload bytes of those
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#dcstats-dict*">the specification</a>
 */
public record RTCDataChannelStats(
        String id,
        double timestamp,
        String label,
        String protocol,
        @Nullable Integer dataChannelIdentifier,
        RTCDataChannelState state,
        long messagesSent,
        long bytesSent,
        long messagesReceived,
        long bytesReceived)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.DATA_CHANNEL;
    }
}
