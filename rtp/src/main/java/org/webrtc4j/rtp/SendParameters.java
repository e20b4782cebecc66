package org.webrtc4j.rtp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.extension.HeaderExtensionMap;

/**
 * One stream that is sent.
 *
 * @param mid identification of its media description, or null where there is none
 * @param rid of the stream in a simulcast, or null
 * @param ssrc of the stream, 0 to 4294967295
 * @param rtxSsrc of its retransmissions, or {@link SignalledSsrc#NONE}
 * @param formats payload types it is sent with, RTX included
 * @param extensions header extensions it is sent with
 * @param video whether it is video: reports are then made each second rather than every five
 * @param fecSsrc of its repair packets, or {@link SignalledSsrc#NONE}
 */
public record SendParameters(
        @Nullable String mid,
        @Nullable String rid,
        long ssrc,
        long rtxSsrc,
        List<PayloadFormat> formats,
        HeaderExtensionMap extensions,
        boolean video,
        long fecSsrc) {

    /**
     * Copies the list and checks the ranges.
     *
     * @param mid identification of its media description, or null where there is none
     * @param rid of the stream in a simulcast, or null
     * @param ssrc of the stream, 0 to 4294967295
     * @param rtxSsrc of its retransmissions, or {@link SignalledSsrc#NONE}
     * @param formats payload types it is sent with, RTX included
     * @param extensions header extensions it is sent with
     * @param video whether it is video
     * @param fecSsrc of its repair packets, or {@link SignalledSsrc#NONE}
     * @throws IllegalArgumentException when an SSRC is out of range
     */
    public SendParameters {
        if (ssrc < 0 || ssrc > 0xffff_ffffL || !isRepair(rtxSsrc) || !isRepair(fecSsrc)) {
            throw new IllegalArgumentException("SSRC " + ssrc + " with RTX " + rtxSsrc + " and FEC " + fecSsrc);
        }
        formats = List.copyOf(formats);
    }

    private static boolean isRepair(long ssrc) {
        return ssrc >= SignalledSsrc.NONE && ssrc <= 0xffff_ffffL;
    }

    /**
     * Describes a stream without repair packets of their own.
     *
     * @param mid identification of its media description, or null where there is none
     * @param rid of the stream in a simulcast, or null
     * @param ssrc of the stream, 0 to 4294967295
     * @param rtxSsrc of its retransmissions, or {@link SignalledSsrc#NONE}
     * @param formats payload types it is sent with, RTX included
     * @param extensions header extensions it is sent with
     * @param video whether it is video
     */
    public SendParameters(
            @Nullable String mid,
            @Nullable String rid,
            long ssrc,
            long rtxSsrc,
            List<PayloadFormat> formats,
            HeaderExtensionMap extensions,
            boolean video) {
        this(mid, rid, ssrc, rtxSsrc, formats, extensions, video, SignalledSsrc.NONE);
    }
}
