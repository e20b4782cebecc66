package org.webrtc4j.ice.contract;

/** What not every implementation of ICE can have, as members of the contract name it. */
public enum IceCapability {
    /** To answer checks only (RFC 8445 section 2.5). */
    LITE,
    /** To let the peer change the pair while it is controlling. */
    RENOMINATION,
    /** Round-trip times of pairs in the statistics. */
    ROUND_TRIP_TIMES,
    /** To stay alive without a candidate that can be reached until the patience of RFC 8863 is over. */
    LATE_CANDIDATES
}
