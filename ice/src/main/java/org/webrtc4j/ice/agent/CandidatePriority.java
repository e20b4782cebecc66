package org.webrtc4j.ice.agent;

import org.webrtc4j.ice.IceCandidateType;
import org.webrtc4j.ice.IceProtocol;
import org.webrtc4j.ice.IceTcpType;

/** Priorities of candidates and pairs (RFC 8445 sections 5.1.2 and 6.1.2.3). */
public final class CandidatePriority {

    /** 256 less the component, which is always 1. */
    private static final long COMPONENT_TERM = 255;

    /** The bits of a local preference below the direction of a TCP candidate (RFC 6544 section 4.2). */
    private static final int DIRECTION_SHIFT = 13;

    private static final int HIGHEST_OTHER_PREFERENCE = (1 << DIRECTION_SHIFT) - 1;

    private CandidatePriority() {}

    /**
     * Returns the priority of a UDP candidate.
     *
     * @param type its type
     * @param localPreference 0 to 65535, unique among the bases of an agent
     * @return 1 to 2^31 - 1
     */
    public static long of(IceCandidateType type, int localPreference) {
        return of(type, IceProtocol.UDP, localPreference);
    }

    /**
     * Returns the priority of a candidate.
     *
     * @param type its type
     * @param protocol UDP comes before TCP (RFC 6544 section 4.2)
     * @param localPreference 0 to 65535, unique among the bases of an agent
     * @return 1 to 2^31 - 1
     */
    public static long of(IceCandidateType type, IceProtocol protocol, int localPreference) {
        long preference = protocol == IceProtocol.UDP ? preference(type) : tcpPreference(type);
        return (preference << 24) | ((long) localPreference << 8) | COMPONENT_TERM;
    }

    /**
     * Returns the local preference of a TCP candidate (RFC 6544 section 4.2): who opens connections comes before who accepts
     * them, since it more likely gets through.
     *
     * @param tcpType its role
     * @param order of its address, 0 for the preferred one
     * @return 0 to 65535
     */
    public static int tcpLocalPreference(IceTcpType tcpType, int order) {
        int direction =
                switch (tcpType) {
                    case ACTIVE -> 6;
                    case PASSIVE -> 4;
                    case SO -> 2;
                };
        return direction << DIRECTION_SHIFT | Math.max(0, HIGHEST_OTHER_PREFERENCE - order);
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

    /** Below every direct way by UDP, and above the relayed ones: where datagrams get through, they carry the data. */
    private static long tcpPreference(IceCandidateType type) {
        return switch (type) {
            case HOST -> 90;
            case PEER_REFLEXIVE -> 80;
            case SERVER_REFLEXIVE -> 70;
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
