package org.webrtc4j.ice.agent;

/** Bounds how many checks are answered in a second: a peer that knows the password is still a stranger. */
final class AnswerLimiter {

    private static final long SECOND = 1_000_000_000L;

    private final int perSecond;
    private long windowStartNanos;
    private int answers;
    private boolean used;

    AnswerLimiter(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean tryAnswer(long nowNanos) {
        if (!used || nowNanos - windowStartNanos >= SECOND) {
            used = true;
            windowStartNanos = nowNanos;
            answers = 0;
        }
        return answers++ < perSecond;
    }
}
