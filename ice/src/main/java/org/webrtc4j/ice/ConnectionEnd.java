package org.webrtc4j.ice;

/** Why a TCP connection of a pair is not there (RFC 6544): what a connection that failed says of it. */
public enum ConnectionEnd {
    /** Nobody listens at the address. */
    REFUSED("refused"),
    /** The network answered that there is no way. */
    UNREACHABLE("unreachable"),
    /** Nothing answered in time. */
    TIMED_OUT("not answered"),
    /** The peer, or the system, closed it. */
    CLOSED("closed"),
    /** One more than an agent may have at a time. */
    LIMIT("one too many"),
    /** Nothing has come for so long that it counts as dead. */
    SILENT("silent for too long");

    private final String text;

    ConnectionEnd(String text) {
        this.text = text;
    }

    /**
     * Returns how a sentence names it.
     *
     * @return words without addresses
     */
    public String text() {
        return text;
    }
}
