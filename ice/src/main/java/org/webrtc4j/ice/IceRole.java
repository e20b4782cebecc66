package org.webrtc4j.ice;

/** The role of an agent (RFC 8445 section 6.1.1). */
public enum IceRole {
    /** Not yet known. */
    UNKNOWN("unknown"),

    /** Nominates the pair. */
    CONTROLLING("controlling"),

    /** Follows the nomination. */
    CONTROLLED("controlled");

    private final String text;

    IceRole(String text) {
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
