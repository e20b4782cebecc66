package org.webrtc4j.rtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a media description receives.
 *
 * @param mid its identification, or null where there is none
 * @param formats payload types it receives, RTX included
 * @param ssrcs streams that it names
 * @param rids streams of a simulcast that it receives; empty without simulcast
 * @param video whether it is video: reports are then made each second rather than every five
 */
public record ReceiveParameters(
        @Nullable String mid,
        List<PayloadFormat> formats,
        List<SignalledSsrc> ssrcs,
        List<String> rids,
        boolean video) {

    /**
     * Copies the lists.
     *
     * @param mid its identification, or null where there is none
     * @param formats payload types it receives, RTX included
     * @param ssrcs streams that it names
     * @param rids streams of a simulcast that it receives
     * @param video whether it is video
     */
    public ReceiveParameters {
        formats = List.copyOf(formats);
        ssrcs = List.copyOf(ssrcs);
        rids = List.copyOf(rids);
    }
}
