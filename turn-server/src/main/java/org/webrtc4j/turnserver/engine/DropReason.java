package org.webrtc4j.turnserver.engine;

/** Why a packet led to nothing. */
enum DropReason {
    MALFORMED("malformed"),
    UNSUPPORTED("unsupported"),
    ANSWER_LIMIT("answerLimit"),
    NO_ALLOCATION("noAllocation"),
    NO_PERMISSION("noPermission"),
    UNBOUND_CHANNEL("unboundChannel"),
    CANNOT_KEEP_WHOLE("dontFragment"),
    TOO_LARGE("tooLarge");

    private final String text;

    DropReason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
