package org.webrtc4j.sdp;

/**
 * Tells one DTLS association from the next (RFC 8842 section 4).
 *
 * @param id at least 20 characters
 */
public record TlsId(String id) implements Attribute {

    static final String NAME = "tls-id";

    /**
     * Checks length and word; RFC 8842 has 20 characters and more, up to 255.
     *
     * @param id at least 20 characters
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public TlsId {
        Grammar.range(id.length(), 20, 255, "length of the tls-id");
        Grammar.word(id, "tls-id");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(id);
    }
}
