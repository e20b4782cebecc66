package org.webrtc4j.media.playout;

import java.util.List;

/**
 * Brings what was taken at one moment to be heard and seen at one moment: streams of one sender, whose sender reports say
 * what its clock showed at which timestamp (RFC 3550 section 6.4.1). Whoever would be early waits for the latest.
 */
public final class PlayoutSync {

    /** Streams that are further apart have no clock in common, or nobody would wait for the other so long. */
    public static final long MAX_DIFFERENCE_NANOS = 2_000_000_000L;

    /** {@link Member#lagNanos} of a stream that cannot tell. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    /** A stream that is played. */
    public interface Member {

        /**
         * Tells how much later than it was taken on the sender's clock something would be played if nothing were kept back.
         * The clocks differ, so it says nothing by itself; all streams of one sender have the same difference.
         *
         * @return nanoseconds, or {@link #UNKNOWN} before a sender report has come
         */
        long lagNanos();

        /**
         * Tells how long it is kept back for reasons of its own.
         *
         * @return nanoseconds
         */
        long ownDelayNanos();

        /**
         * Keeps it back at least so long.
         *
         * @param nanos at most {@link #MAX_DIFFERENCE_NANOS} above its own delay; 0 when nobody is to be waited for
         */
        void delayAtLeast(long nanos);
    }

    private PlayoutSync() {}

    /**
     * Aligns streams that belong together. To be called again and again, as delays change.
     *
     * @param members of one sender; those that cannot tell, or are too far from the first that can, go on as they are
     */
    public static void align(List<? extends Member> members) {
        long reference = UNKNOWN;
        long latest = UNKNOWN;
        for (Member each : members) {
            long played = played(each);
            if (played != UNKNOWN && (reference == UNKNOWN || isNear(played, reference))) {
                reference = reference == UNKNOWN ? played : reference;
                latest = Math.max(latest, played);
            }
        }
        for (Member each : members) {
            long played = played(each);
            boolean waits = played != UNKNOWN && isNear(played, reference) && latest - played <= MAX_DIFFERENCE_NANOS;
            each.delayAtLeast(waits ? latest - each.lagNanos() : 0);
        }
    }

    private static long played(Member member) {
        long lag = member.lagNanos();
        return lag == UNKNOWN ? UNKNOWN : lag + member.ownDelayNanos();
    }

    private static boolean isNear(long played, long reference) {
        return Math.abs(played - reference) <= MAX_DIFFERENCE_NANOS;
    }
}
