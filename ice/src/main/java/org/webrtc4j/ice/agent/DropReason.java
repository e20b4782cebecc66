package org.webrtc4j.ice.agent;

/** Why a packet, a candidate or an answer was dropped; the text stands in the statistics. */
public enum DropReason {
    /** Not a well-formed STUN message. */
    MALFORMED("stun-malformed"),
    /** A request without USERNAME, integrity or fingerprint. */
    UNAUTHENTICATED("stun-unauthenticated"),
    /** A request for a ufrag that is not ours. */
    UNKNOWN_UFRAG("stun-unknown-ufrag"),
    /** The integrity was wrong. */
    WRONG_INTEGRITY("stun-wrong-integrity"),
    /** A response to no live transaction. */
    UNEXPECTED_RESPONSE("stun-unexpected-response"),
    /** A response from another address than the request went to. */
    ASYMMETRIC_RESPONSE("stun-asymmetric-response"),
    /** Another method or class than ICE uses. */
    UNSUPPORTED("stun-unsupported"),
    /** More checks from one address than are answered. */
    ANSWER_LIMIT("stun-answer-limit"),
    /** More remote candidates than the limit. */
    CANDIDATE_LIMIT("candidate-limit"),
    /** More peer-reflexive candidates than the limit. */
    PEER_REFLEXIVE_LIMIT("peer-reflexive-limit"),
    /** A candidate that cannot be used: its protocol, family or address. */
    CANDIDATE_UNUSABLE("candidate-unusable"),
    /** A candidate whose address the filter does not allow. */
    CANDIDATE_FILTERED("candidate-filtered"),
    /** A pair gave way to a better one. */
    PAIR_LIMIT("pair-limit"),
    /** Data from an address that has not proved itself. */
    UNVERIFIED_DATA("data-unverified"),
    /** Data before the reader, more than is kept. */
    EARLY_DATA_LIMIT("data-early-limit"),
    /** Data to send, but no pair with consent. */
    NO_PATH("send-no-path"),
    /** Data to send, larger than the path carries. */
    TOO_LARGE("send-too-large"),
    /** Data to send, but the port's run is full. */
    PORT_FULL("send-port-full");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    /**
     * Returns the name used in statistics.
     *
     * @return the name
     */
    public String text() {
        return text;
    }
}
