package org.webrtc4j.jsep;

/**
 * One stream that a section of ours sends.
 *
 * @param rid its identification among several; empty when it is the only one
 * @param ssrc its source
 * @param rtxSsrc the source of its retransmissions
 * @param active whether it is to be sent
 */
public record LocalEncoding(String rid, long ssrc, long rtxSsrc, boolean active) {

    /**
     * Returns the same stream as the only one.
     *
     * @return without a rid
     */
    public LocalEncoding unnamed() {
        return new LocalEncoding("", ssrc, rtxSsrc, active);
    }
}
