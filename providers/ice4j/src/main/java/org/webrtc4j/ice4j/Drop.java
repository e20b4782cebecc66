package org.webrtc4j.ice4j;

/** Why something was dropped; the text stands in the statistics, as that of the default agent where both drop it. */
enum Drop {
    /** A check without USERNAME or integrity, or an answer whose integrity is missing or wrong. */
    UNAUTHENTICATED("stun-unauthenticated"),
    /** A check from one address more than are remembered. */
    PEER_REFLEXIVE_LIMIT("peer-reflexive-limit"),
    /** More remote candidates than the limit. */
    CANDIDATE_LIMIT("candidate-limit"),
    /** A candidate that ice4j cannot use: TCP, a name, no port. */
    CANDIDATE_UNUSABLE("candidate-unusable"),
    /** A candidate whose address the filter does not allow. */
    CANDIDATE_FILTERED("candidate-filtered"),
    /** Data from an address that has not proved itself. */
    UNVERIFIED_DATA("data-unverified"),
    /** Data before the reader, more than is kept. */
    EARLY_DATA_LIMIT("data-early-limit"),
    /** Data that came faster than the loop took it. */
    INBOX_FULL("data-inbox-full"),
    /** Data to send, but no pair with consent. */
    NO_PATH("send-no-path"),
    /** Data to send, larger than the path carries. */
    TOO_LARGE("send-too-large"),
    /** Data to send that the socket did not take. */
    SOCKET_REFUSED("send-refused");

    private final String text;

    Drop(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
