package org.webrtc4j.ice;

/** The role of a TCP candidate (RFC 6544 section 4.5). */
public enum IceTcpType {
    /** Opens connections. */
    ACTIVE("active"),

    /** Accepts connections. */
    PASSIVE("passive"),

    /** Opens simultaneously. */
    SO("so");

    private final String text;

    IceTcpType(String text) {
        this.text = text;
    }

    /**
     * Returns the text used on the wire and by the W3C API.
     *
     * @return the text
     */
    public String text() {
        return text;
    }
}
