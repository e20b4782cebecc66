package org.webrtc4j;

/**
 * The state of a data channel.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdatachannelstate">the specification</a>
 */
public enum RTCDataChannelState {
    /** Waits for the transport. */
    CONNECTING("connecting"),

    /** Carries messages. */
    OPEN("open"),

    /** The stream is being reset. */
    CLOSING("closing"),

    /** Over. */
    CLOSED("closed");

    private final String wireName;

    RTCDataChannelState(String wireName) {
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
    public static RTCDataChannelState fromWireName(String text) {
        for (RTCDataChannelState value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCDataChannelState is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
