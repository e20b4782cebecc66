package org.webrtc4j;

/**
 * The role in the DTLS handshake.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#dom-rtcdtlsrole">the specification</a>
 */
public enum RTCDtlsRole {
    /** Sends the first flight. */
    CLIENT("client"),

    /** Waits for it. */
    SERVER("server"),

    /** Not yet known. */
    UNKNOWN("unknown");

    private final String wireName;

    RTCDtlsRole(String wireName) {
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
    public static RTCDtlsRole fromWireName(String text) {
        for (RTCDtlsRole value : values()) {
            if (value.wireName.equals(text)) {
                return value;
            }
        }
        throw DOMException.typeError("No RTCDtlsRole is called " + text);
    }

    /** Returns {@link #wireName()}. */
    @Override
    public String toString() {
        return wireName;
    }
}
