package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A codec that a stream is sent or received with.
 *
 * @param id stable over the life of the object
 * @param timestamp milliseconds since 1970-01-01T00:00:00Z; the same in a whole report
 * @param payloadType 0 to 127
 * @param transportId the id of the transport
 * @param mimeType kind and name, such as video/VP8
 * @param clockRate ticks of the RTP timestamp in a second
 * @param channels audio channels; null for video
 * @param sdpFmtpLine the format parameters, as in a session description; null for none
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#codec-dict*">the specification</a>
 */
public record RTCCodecStats(
        String id,
        double timestamp,
        int payloadType,
        String transportId,
        String mimeType,
        int clockRate,
        @Nullable Integer channels,
        @Nullable String sdpFmtpLine)
        implements RTCStats {

    @Override
    public RTCStatsType type() {
        return RTCStatsType.CODEC;
    }
}
