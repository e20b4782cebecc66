package org.webrtc4j.ice;

/**
 * The bounds of one agent. What goes beyond is dropped and counted in {@link IceStats#drops}; nothing grows with what a
 * stranger sends.
 *
 * @param remoteCandidates signalled candidates of one generation; further ones are dropped
 * @param peerReflexiveCandidates remote candidates learned from checks in one generation; checks from further addresses
 *     are dropped
 * @param pairs candidate pairs of one generation; the least likely one gives way
 * @param triggeredChecks checks waiting because the peer asked; further ones wait as ordinary checks
 * @param earlyChecks checks of the peer kept until its parameters are known; further ones are answered and forgotten
 * @param earlyCandidates remote candidates kept until the parameters of their generation are known; further ones are
 *     dropped
 * @param answersPerSecond answers to checks of the peer in a second; further checks are dropped
 */
public record IceLimits(
        int remoteCandidates,
        int peerReflexiveCandidates,
        int pairs,
        int triggeredChecks,
        int earlyChecks,
        int earlyCandidates,
        int answersPerSecond) {

    /**
     * Checks that every bound is at least one.
     *
     * @param remoteCandidates signalled candidates
     * @param peerReflexiveCandidates candidates learned from checks
     * @param pairs candidate pairs
     * @param triggeredChecks checks waiting because the peer asked
     * @param earlyChecks checks kept until the remote parameters are known
     * @param earlyCandidates candidates kept until their parameters are known
     * @param answersPerSecond answers to checks in a second
     */
    public IceLimits {
        int least = Math.min(Math.min(remoteCandidates, peerReflexiveCandidates), Math.min(pairs, triggeredChecks));
        if (Math.min(least, Math.min(Math.min(earlyChecks, earlyCandidates), answersPerSecond)) < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /**
     * Returns the default limits.
     *
     * @return 100 remote candidates, 50 peer-reflexive ones, 200 pairs, 50 triggered checks, 50 early checks, 100 early
     *     candidates, 100 answers a second
     */
    public static IceLimits defaults() {
        return new IceLimits(100, 50, 200, 50, 50, 100, 100);
    }
}
