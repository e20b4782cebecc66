package org.webrtc4j.rtp.congestion;

/**
 * What decides how much a session sends and when: made for each session, replaceable as a whole.
 *
 * @param estimator says how much
 * @param pacer says when
 */
public record CongestionControl(BandwidthEstimator estimator, Pacer pacer) {

    /** Makes it for a session. */
    @FunctionalInterface
    public interface Factory {

        /**
         * Makes what nothing else uses.
         *
         * @return new parts
         */
        CongestionControl create();
    }

    /**
     * Makes what is used without another word.
     *
     * @return Google congestion control from its ordinary start, and a leaky bucket
     */
    public static CongestionControl ofGoogle() {
        return new CongestionControl(
                new GoogleCongestionControl(GoogleCongestionControl.START_RATE), new LeakyBucketPacer());
    }
}
