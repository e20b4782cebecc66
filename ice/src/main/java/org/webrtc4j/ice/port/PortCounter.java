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
