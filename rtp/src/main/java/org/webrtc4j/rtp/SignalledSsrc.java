package org.webrtc4j.rtp;

import org.jspecify.annotations.Nullable;

/**
 * A stream that the description names by its SSRC ({@code a=ssrc}, {@code a=ssrc-group} with FID or FEC-FR, RFC 5576).
 *
 * @param ssrc of the stream, 0 to 4294967295
 * @param rtxSsrc of its retransmissions, or {@link #NONE}
 * @param rid of the stream in a simulcast, or null
 * @param fecSsrc of its repair packets, or {@link #NONE}
 */
public record SignalledSsrc(
        long ssrc, long rtxSsrc, @Nullable String rid, long fecSsrc) {

    /** No SSRC is named. */
    public static final long NONE = -1;

    /**
     * Checks the ranges.
     *
     * @param ssrc of the stream, 0 to 4294967295
     * @param rtxSsrc of its retransmissions, or {@link #NONE}
     * @param rid of the stream in a simulcast, or null
     * @param fecSsrc of its repair packets, or {@link #NONE}
     * @throws IllegalArgumentException when one is out of range, or two are the same
     */
    public SignalledSsrc {
        boolean inRange = ssrc >= 0 && ssrc <= 0xffff_ffffL && isOther(rtxSsrc, ssrc) && isOther(fecSsrc, ssrc);
        if (!inRange || (rtxSsrc != NONE && rtxSsrc == fecSsrc)) {
            throw new IllegalArgumentException("SSRC " + ssrc + " with RTX " + rtxSsrc + " and FEC " + fecSsrc);
        }
    }

    private static boolean isOther(long other, long ssrc) {
        return other >= NONE && other <= 0xffff_ffffL && other != ssrc;
    }

    /**
     * Names a stream without repair packets.
     *
     * @param ssrc of the stream, 0 to 4294967295
     * @param rtxSsrc of its retransmissions, or {@link #NONE}
     * @param rid of the stream in a simulcast, or null
     */
    public SignalledSsrc(long ssrc, long rtxSsrc, @Nullable String rid) {
        this(ssrc, rtxSsrc, rid, NONE);
    }
}
