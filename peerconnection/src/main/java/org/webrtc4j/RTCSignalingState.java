package org.webrtc4j;

/**
 * Where the exchange of descriptions stands.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcsignalingstate-enum">the specification</a>
 */
public enum RTCSignalingState {
    /** No exchange is under way. */
    STABLE("stable"),

    /** A local offer waits for its answer. */
    HAVE_LOCAL_OFFER("have-local-offer"),

    /** A remote offer waits for its answer. */
    HAVE_REMOTE_OFFER("have-remote-offer"),

    /** A remote offer has a provisional local answer. */
    HAVE_LOCAL_PRANSWER("have-local-pranswer"),

    /** A local offer has a provisional remote answer. */
    HAVE_REMOTE_PRANSWER("have-remote-pranswer"),

    /** The connection is closed. */
    CLOSED("closed");

    private final String wireName;

    RTCSignalingState(String wireName) {
        this.wireName = wireName;
    }

    /**
     * Returns the value as the W3C text has it.
     *
     * @return the text
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds the value of a W3C text.
     *
     * @param text the text, in lower case
     * @return the value
     * @throws DOMException TypeError when there is none
     */
    public static RTCSignalingState fromWireName(String text) {
        for (RTCSignalingState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCSignalingState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
