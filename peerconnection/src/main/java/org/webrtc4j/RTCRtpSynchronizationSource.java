package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A source that a receiver got packets from within the last ten seconds.
 *
 * @param timestamp when its last packet was played or decoded, in milliseconds of wall time
 * @param source the SSRC
 * @param audioLevel 0 to 1; null when it was not told
 * @param rtpTimestamp of that packet
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpsynchronizationsource">the specification</a>
 */
public record RTCRtpSynchronizationSource(
        double timestamp, long source, @Nullable Double audioLevel, long rtpTimestamp) {}
