package org.webrtc4j.rtp.congestion;

/**
 * Packets that left within 5 ms, or that the path delivered in one burst, are one group: its change of delay against the group
 * before says more than that of each packet (draft-ietf-rmcat-gcc-02 section 5.2).
 */
final class ArrivalGroups {

    private static final long GROUP_NANOS = 5_000_000L;
    private static final long BURST_GAP_NANOS = 5_000_000L;
    private static final long MAX_BURST_NANOS = 100_000_000L;
    /** A receiver whose clock jumped by more is measured anew. */
    private static final long JUMP_NANOS = 3_000_000_000L;

    private static final int MAX_REORDERED = 3;

    private boolean begun;
    private boolean hasPrevious;
    private long firstSent;
    private long lastSent;
    private long firstArrival;
    private long lastArrival;
    private long previousSent;
    private long previousArrival;
    private int reordered;

    /** Of the last group that was completed. */
    long sendDelta;

    long arrivalDelta;

    /** Takes a packet that arrived; tells whether it completed a group that can be compared with one before. */
    boolean add(long sentNanos, long arrivalNanos) {
        if (!begun) {
            begin(sentNanos, arrivalNanos);
            return false;
        }
        if (sentNanos < firstSent) {
            return false;
        }
        boolean completed = false;
        if (isNewGroup(sentNanos, arrivalNanos)) {
            if (hasPrevious) {
                sendDelta = lastSent - previousSent;
                arrivalDelta = lastArrival - previousArrival;
                if (Math.abs(arrivalDelta - sendDelta) > JUMP_NANOS) {
                    reset();
                    return false;
                }
                if (arrivalDelta < 0) {
                    if (++reordered >= MAX_REORDERED) {
                        reset();
                    }
                    return false;
                }
                reordered = 0;
                completed = true;
            }
            previousSent = lastSent;
            previousArrival = lastArrival;
            hasPrevious = true;
            begin(sentNanos, arrivalNanos);
            return completed;
        }
        lastSent = Math.max(lastSent, sentNanos);
        lastArrival = Math.max(lastArrival, arrivalNanos);
        return false;
    }

    private void begin(long sentNanos, long arrivalNanos) {
        begun = true;
        firstSent = sentNanos;
        lastSent = sentNanos;
        firstArrival = arrivalNanos;
        lastArrival = arrivalNanos;
    }

    private void reset() {
        begun = false;
        hasPrevious = false;
        reordered = 0;
    }

    private boolean isNewGroup(long sentNanos, long arrivalNanos) {
        if (isBurst(sentNanos, arrivalNanos)) {
            return false;
        }
        return sentNanos - firstSent > GROUP_NANOS;
    }

    /** What the path held back and let go at once. */
    private boolean isBurst(long sentNanos, long arrivalNanos) {
        long sinceLast = arrivalNanos - lastArrival;
        long slower = sinceLast - (sentNanos - lastSent);
        return sentNanos == lastSent
                || (slower < 0 && sinceLast <= BURST_GAP_NANOS && arrivalNanos - firstArrival < MAX_BURST_NANOS);
    }
}
