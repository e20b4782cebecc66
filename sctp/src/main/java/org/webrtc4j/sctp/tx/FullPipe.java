package org.webrtc4j.sctp.tx;

/** Tells that the path is full: the delivery rate has not grown by a quarter for three rounds. */
final class FullPipe {

    private static final double GROWTH = 1.25;
    private static final int ROUNDS = 3;

    private long rate;
    private int rounds;

    /** Begins to look, from this rate on. */
    void restart(long fromRate) {
        rate = fromRate;
        rounds = 0;
    }

    void onAcked(AckSample sample, boolean roundBegins) {
        if (isFull() || sample.appLimited) {
            return;
        }
        if (sample.deliveryRate >= rate * GROWTH) {
            restart(sample.deliveryRate);
        } else if (roundBegins) {
            rounds++;
        }
    }

    boolean isFull() {
        return rounds >= ROUNDS;
    }
}
