package org.webrtc4j.rtp;

import org.jspecify.annotations.Nullable;

/**
 * A stream that the description names by its SSRC ({@code a=ssrc}, {@code a=ssrc-group:FID}, RFC 5576).
 *
 * @param ssrc of the stream, 0 to 4294967295
 * @param rtxSsrc of its retransmissions, or {@link #NONE}
 * @param rid of the stream in a simulcast, or null
 */
public record SignalledSsrc(
        long ssrc, long rtxSsrc, @Nullable String rid) {

    /** No SSRC is named. */
    public static final long NONE = -1;

    /**
     * Checks the ranges.
     *
     * @param ssrc of the stream, 0 to 4294967295
     * @param rtxSsrc of its retransmissions, or {@link #NONE}
     * @param rid of the stream in a simulcast, or null
     * @throws IllegalArgumentException when one is out of range
     */
    public SignalledSsrc {
        if (ssrc < 0 || ssrc > 0xffff_ffffL || rtxSsrc < NONE || rtxSsrc > 0xffff_ffffL || ssrc == rtxSsrc) {
            throw new IllegalArgumentException("SSRC " + ssrc + " with RTX " + rtxSsrc);
        }
    }
}
