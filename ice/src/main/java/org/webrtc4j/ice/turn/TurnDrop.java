package org.webrtc4j.ice.turn;

/** Why a packet of a relay was dropped. */
public enum TurnDrop {
    /** Neither STUN nor ChannelData, or broken. */
    MALFORMED("malformed"),
    /** A response to nothing under way. */
    UNEXPECTED_RESPONSE("unexpectedResponse"),
    /** A response whose integrity is missing or wrong. */
    WRONG_INTEGRITY("wrongIntegrity"),
    /** Data from a peer without permission. */
    NO_PERMISSION("noPermission"),
    /** ChannelData of a channel that is not bound. */
    UNBOUND_CHANNEL("unboundChannel"),
    /** There is no allocation, or no longer. */
    NOT_ALLOCATED("notAllocated"),
    /** The server does not relay to this peer. */
    PEER_REFUSED("peerRefused"),
    /** More peers than permissions, or more packets than wait for one. */
    LIMIT("limit"),
    /** Larger than a relay carries. */
    TOO_LARGE("tooLarge");

    private final String text;

    TurnDrop(String text) {
        this.text = text;
    }

    /**
     * Returns the name in statistics.
     *
     * @return lower camel case
     */
    public String text() {
        return text;
    }
}
