package org.webrtc4j;

/**
 * The kind of a session description.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcsdptype">the specification</a>
 */
public enum RTCSdpType {
    /** An offer (RFC 3264). */
    OFFER("offer"),

    /** A provisional answer: another answer may follow. */
    PRANSWER("pranswer"),

    /** The final answer. */
    ANSWER("answer"),

    /** Not a description: returns to the last stable state. */
    ROLLBACK("rollback");

    private final String wireName;

    RTCSdpType(String wireName) {
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
    public static RTCSdpType fromWireName(String text) {
        for (RTCSdpType value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCSdpType is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
