package org.webrtc4j.srtp;

import java.util.Map;
import org.webrtc4j.common.DropCounters;

/**
 * What a transform has done. Live, and confined to the transform's thread; {@link #failures()} is a copy.
 *
 * <p>The counting methods are for implementations of {@link SrtpTransform}.
 */
public final class SrtpCounters {

    private final DropCounters<SrtpError> failures = new DropCounters<>(SrtpError.class);
    private long protectedRtp;
    private long protectedRtcp;
    private long unprotectedRtp;
    private long unprotectedRtcp;

    /** Creates counters at zero. */
    public SrtpCounters() {}

    /**
     * Returns how many RTP packets were protected.
     *
     * @return packets
     */
    public long protectedRtp() {
        return protectedRtp;
    }

    /**
     * Returns how many RTCP packets were protected.
     *
     * @return compound packets
     */
    public long protectedRtcp() {
        return protectedRtcp;
    }

    /**
     * Returns how many RTP packets were authenticated and decrypted.
     *
     * @return packets
     */
    public long unprotectedRtp() {
        return unprotectedRtp;
    }

    /**
     * Returns how many RTCP packets were authenticated and decrypted.
     *
     * @return compound packets
     */
    public long unprotectedRtcp() {
        return unprotectedRtcp;
    }

    /**
     * Returns how many packets were refused for one reason, in both directions.
     *
     * @param error the reason
     * @return packets
     */
    public long failures(SrtpError error) {
        return failures.get(error);
    }

    /**
     * Returns the reasons that have occurred.
     *
     * @return packets by {@link SrtpError#text()}, a copy
     */
    public Map<String, Long> failures() {
        return failures.snapshot(SrtpError::text);
    }

    /**
     * Counts a refused packet.
     *
     * @param error the reason
     * @return the code to answer with
     */
    public int countFailure(SrtpError error) {
        failures.count(error);
        return error.code();
    }

    /** Counts an RTP packet protected. */
    public void countProtectedRtp() {
        protectedRtp++;
    }

    /** Counts an RTCP packet protected. */
    public void countProtectedRtcp() {
        protectedRtcp++;
    }

    /** Counts an RTP packet unprotected. */
    public void countUnprotectedRtp() {
        unprotectedRtp++;
    }

    /** Counts an RTCP packet unprotected. */
    public void countUnprotectedRtcp() {
        unprotectedRtcp++;
    }
}
