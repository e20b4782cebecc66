package org.webrtc4j.ice.port;

/** What the ports of a loop count. */
enum PortCounter {
    PACKETS_RECEIVED("packetsReceived"),
    BYTES_RECEIVED("bytesReceived"),
    PACKETS_SENT("packetsSent"),
    BYTES_SENT("bytesSent"),
    SEGMENTED_SENDS("segmentedSends"),
    HANDED_OFF("handedOff"),
    SOCKETS_OPENED("socketsOpened"),
    TCP_ACCEPTED("tcpAccepted"),
    TCP_CONNECTED("tcpConnected"),

    DROPPED_TRUNCATED("truncated"),
    DROPPED_EMPTY("empty"),
    DROPPED_UNKNOWN_UFRAG("unknownUfrag"),
    /** Its address has a request waiting for the hook already. */
    DROPPED_UFRAG_WAITING("unknownUfragWaiting"),
    /** As many requests wait for the hook as may. */
    DROPPED_UFRAG_LIMIT("unknownUfragLimit"),
    /** The hook does not know the ufrag. */
    DROPPED_UFRAG_REFUSED("unknownUfragRefused"),
    /** The hook, or who was to make the agent, has failed. */
    DROPPED_UFRAG_FAILED("unknownUfragFailed"),
    /** The request was not made with the password that the hook gave. */
    DROPPED_UFRAG_FORGED("unknownUfragForged"),
    /** Its time was over before the hook had answered, or before there was an agent. */
    DROPPED_UFRAG_LATE("unknownUfragLate"),
    DROPPED_MALFORMED_STUN("malformedStun"),
    DROPPED_UNKNOWN_TRANSACTION("unknownTransaction"),
    DROPPED_UNKNOWN_REMOTE("unknownRemote"),
    DROPPED_HAND_OFF_FULL("handOffFull"),
    DROPPED_SEND_QUEUE_FULL("sendQueueFull"),
    DROPPED_TOO_LARGE("tooLarge"),
    DROPPED_WRONG_FAMILY("wrongAddressFamily"),
    DROPPED_SEND_ERROR("sendError"),
    DROPPED_CLOSED("portClosed"),
    DROPPED_OWNER_FAILED("ownerFailed"),

    /** A TCP connection that did not begin with a check in time. */
    REFUSED_TCP_SILENT("tcpSilent"),
    /** A TCP connection that began with something else than a check. */
    REFUSED_TCP_NO_CHECK("tcpNoCheck"),
    /** A TCP connection that began with a check for nobody here. */
    REFUSED_TCP_UNKNOWN_UFRAG("tcpUnknownUfrag"),
    /** A TCP connection whose first check nobody answered, because its integrity was wrong. */
    REFUSED_TCP_UNVERIFIED("tcpUnverified"),
    /** The oldest TCP connection that had not said whom it is for, when there were too many of them. */
    REFUSED_TCP_UNCLAIMED_LIMIT("tcpUnclaimedLimit"),
    /** A TCP connection to an agent that had too many already. */
    REFUSED_TCP_LIMIT("tcpLimit"),

    /** Another port has this ufrag, or the table is full: checks for it will not arrive. */
    REFUSED_UFRAG("refusedUfrag");

    private final String text;

    PortCounter(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    boolean isDrop() {
        return ordinal() >= DROPPED_TRUNCATED.ordinal();
    }
}
