package org.webrtc4j.jsep;

/**
 * One stream that a section of ours sends.
 *
 * @param rid its identification among several; empty when it is the only one
 * @param ssrc its source
 * @param rtxSsrc the source of its retransmissions
 * @param active whether it is to be sent
 * @param fecSsrc the source of its repair packets, or {@link MediaPlan#NO_SSRC}
 */
public record LocalEncoding(String rid, long ssrc, long rtxSsrc, boolean active, long fecSsrc) {

    /**
     * Describes a stream without repair packets.
     *
     * @param rid its name in a simulcast, empty without
     * @param ssrc the source
     * @param rtxSsrc the source of its retransmissions
     * @param active whether it is to be sent
     */
    public LocalEncoding(String rid, long ssrc, long rtxSsrc, boolean active) {
        this(rid, ssrc, rtxSsrc, active, MediaPlan.NO_SSRC);
    }

    /**
     * Returns the same stream as the only one.
     *
     * @return without a rid
     */
    public LocalEncoding unnamed() {
        return new LocalEncoding("", ssrc, rtxSsrc, active, fecSsrc);
    }
}
