package org.webrtc4j.rtp;

/** The share of packets that will be lost, guessed from the reports of what was. */
final class ExpectedLoss {

    private double share;
    private int told;

    /** Takes what one report says: a rise is believed at once, a fall by half at most. */
    void onReport(double fractionLost) {
        share = Math.max(fractionLost, share / 2);
    }

    int percent() {
        return (int) (share * 100);
    }

    /** Tells, once for each change, that there is another percentage. */
    boolean takeChange() {
        int before = told;
        told = percent();
        return told != before;
    }
}
