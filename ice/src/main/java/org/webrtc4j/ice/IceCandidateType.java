package org.webrtc4j.ice;

/** How a candidate was obtained (RFC 8445 section 5.1.1). */
public enum IceCandidateType {
    /** From an interface. */
    HOST("host"),

    /** As a STUN server saw us. */
    SERVER_REFLEXIVE("srflx"),

    /** As the peer saw us, or we saw the peer. */
    PEER_REFLEXIVE("prflx"),

    /** Allocated on a TURN server. */
    RELAYED("relay");

    private final String text;

    IceCandidateType(String text) {
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
