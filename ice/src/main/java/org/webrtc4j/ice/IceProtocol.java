package org.webrtc4j.ice;

/** The transport protocol of a candidate. */
public enum IceProtocol {
    /** Datagrams. */
    UDP("udp"),

    /** TCP with RFC 4571 framing (RFC 6544). */
    TCP("tcp");

    private final String text;

    IceProtocol(String text) {
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
