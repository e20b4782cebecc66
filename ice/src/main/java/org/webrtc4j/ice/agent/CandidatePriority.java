package org.webrtc4j.ice.agent;

import org.webrtc4j.ice.IceCandidateType;

/** Priorities of candidates and pairs (RFC 8445 sections 5.1.2 and 6.1.2.3). */
public final class CandidatePriority {

    /** 256 less the component, which is always 1. */
    private static final long COMPONENT_TERM = 255;

    private CandidatePriority() {}

    /**
     * Returns the priority of a candidate.
     *
     * @param type its type
     * @param localPreference 0 to 65535, unique among the bases of an agent
     * @return 1 to 2^31 - 1
     */
    public static long of(IceCandidateType type, int localPreference) {
        return (preference(type) << 24) | ((long) localPreference << 8) | COMPONENT_TERM;
    }

    /** The recommended type preferences (RFC 8445 section 5.1.2.2). */
    private static long preference(IceCandidateType type) {
        return switch (type) {
            case HOST -> 126;
            case PEER_REFLEXIVE -> 110;
            case SERVER_REFLEXIVE -> 100;
            case RELAYED -> 0;
        };
    }

    /**
     * Returns the priority of a pair; both agents compute the same.
     *
     * @param controlling the priority of the controlling side's candidate
     * @param controlled the priority of the controlled side's candidate
     * @return 64 bits; positive as both are below 2^31
     */
    static long ofPair(long controlling, long controlled) {
        return (Math.min(controlling, controlled) << 32)
                + 2 * Math.max(controlling, controlled)
                + (controlling > controlled ? 1 : 0);
    }
}
