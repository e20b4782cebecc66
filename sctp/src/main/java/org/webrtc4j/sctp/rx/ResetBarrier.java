package org.webrtc4j.sctp.rx;

/**
 * A stream reset that waits for the data before it (RFC 6525 section 5.2.2): messages behind the barrier on its streams are
 * not delivered until everything up to it has been taken.
 */
public final class ResetBarrier {

    /** Told when everything up to the barrier has been taken; resets the streams. */
    @FunctionalInterface
    public interface Listener {
        void onBarrierReached();
    }

    private static final long NONE = Long.MAX_VALUE;

    private long tsn = NONE;
    private int[] streamIds = new int[0];
    private Listener listener = () -> {};

    /** Puts up a barrier behind a TSN; no stream named means all. */
    void set(long lastTsn, int[] ids, Listener onReached) {
        tsn = lastTsn;
        streamIds = ids;
        listener = onReached;
    }

    void clear() {
        tsn = NONE;
    }

    boolean isOpen() {
        return tsn == NONE;
    }

    void reached(long taken) {
        if (taken >= tsn) {
            clear();
            listener.onBarrierReached();
        }
    }

    /** Whether a message that begins at a TSN has to wait. */
    boolean holdsBack(long first, int streamId) {
        if (first <= tsn || tsn == NONE) {
            return false;
        }
        for (int id : streamIds) {
            if (id == streamId) {
                return true;
            }
        }
        return streamIds.length == 0;
    }
}
