package org.webrtc4j;

/**
 * The state of an SCTP transport.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcsctptransportstate-enum">the specification</a>
 */
public enum RTCSctpTransportState {
    /** The association is being set up. */
    CONNECTING("connecting"),

    /** Data channels can carry messages. */
    CONNECTED("connected"),

    /** The association has ended. */
    CLOSED("closed");

    private final String wireName;

    RTCSctpTransportState(String wireName) {
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
    public static RTCSctpTransportState fromWireName(String text) {
        for (RTCSctpTransportState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCSctpTransportState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
