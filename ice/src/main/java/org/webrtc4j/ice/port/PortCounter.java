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
