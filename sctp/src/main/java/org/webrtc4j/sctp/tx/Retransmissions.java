package org.webrtc4j.sctp.tx;

/**
 * What the last recovery, or the last timeout, sent again: when all of it turns out to have arrived before, reported as
 * duplicates (as RFC 3708 uses them) or acknowledged too soon (as RFC 3522 does), there was no loss.
 */
final class Retransmissions {

    /** So much is not sent again by mistake; no undoing then. */
    static final int MAX_TRACKED = 128;

    private int[] tsns = {};
    private int count;
    private boolean watching;
    private boolean byTimeout;
    private boolean some;

    /** A recovery begins, or a timeout has come: what was sent again before is forgotten. */
    void begin(boolean byTimeout) {
        watching = true;
        this.byTimeout = byTimeout;
        some = false;
        count = 0;
    }

    void end() {
        watching = false;
        count = 0;
    }

    boolean isByTimeout() {
        return byTimeout;
    }

    void onSentAgain(long tsn) {
        if (!watching) {
            return;
        }
        if (count == MAX_TRACKED) {
            end();
            return;
        }
        if (tsns.length == 0) {
            tsns = new int[MAX_TRACKED];
        }
        tsns[count++] = (int) tsn;
        some = true;
    }

    /** An earlier transmission of a chunk has arrived; tells whether it was sent again in this recovery. */
    boolean onNeedless(int tsn) {
        for (int i = 0; i < count; i++) {
            if (tsns[i] == tsn) {
                tsns[i] = tsns[--count];
                return true;
            }
        }
        return false;
    }

    /** Whether something was sent again, and all of it for nothing. */
    boolean wereAllNeedless() {
        return watching && some && count == 0;
    }
}
