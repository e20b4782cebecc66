package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * An RTP stream, as one of its two sides sees it.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#streamstats-dict*">the specification</a>
 */
public sealed interface RTCRtpStreamStats extends RTCStats permits RTCReceivedRtpStreamStats, RTCSentRtpStreamStats {

    /**
     * Returns its synchronisation source.
     *
     * @return 0 to 4294967295
     */
    long ssrc();

    /**
     * Returns what it carries.
     *
     * @return audio or video
     */
    String kind();

    /**
     * Returns what carries it.
     *
     * @return the id of an {@link RTCTransportStats}
     */
    String transportId();

    /**
     * Returns what it is encoded with.
     *
     * @return the id of an {@link RTCCodecStats}, or null before the first packet
     */
    @Nullable
    String codecId();
}
