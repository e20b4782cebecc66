package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A source that was mixed into what a receiver got within the last ten seconds.
 *
 * @param timestamp when its last packet was played or decoded, in milliseconds of wall time
 * @param source the CSRC
 * @param audioLevel 0 to 1; null when it was not told
 * @param rtpTimestamp of that packet
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcontributingsource">the specification</a>
 */
public record RTCRtpContributingSource(
        double timestamp, long source, @Nullable Double audioLevel, long rtpTimestamp) {}
