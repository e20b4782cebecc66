package org.webrtc4j.rtp.send;

/**
 * How much may be sent again: a share of what is sent, saved up to a bound, so that a receiver that asks for everything
 * again does not multiply what is sent.
 */
public final class RetransmissionBudget {

    private final double share;
    private final double bound;
    private double bytes;

    /**
     * Creates a full budget.
     *
     * @param share of the media's bytes, 0.15 for 15 %
     * @param bound how many bytes are saved up
     */
    public RetransmissionBudget(double share, int bound) {
        this.share = share;
        this.bound = bound;
        bytes = bound;
    }

    /**
     * Counts what is sent.
     *
     * @param size bytes of a packet of media
     */
    public void onSent(int size) {
        bytes = Math.min(bound, bytes + size * share);
    }

    /**
     * Takes from the budget.
     *
     * @param size bytes of a packet to be sent again
     * @return false, with nothing taken, when there is not so much
     */
    public boolean take(int size) {
        if (bytes < size) {
            return false;
        }
        bytes -= size;
        return true;
    }
}
