package org.webrtc4j.sdp;

/**
 * An identity assertion (RFC 8827 section 7); kept as text, not checked.
 *
 * @param assertion the base64 assertion and its extensions
 */
public record Identity(String assertion) implements Attribute {

    static final String NAME = "identity";

    /**
     * Checks the text.
     *
     * @param assertion the base64 assertion and its extensions
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Identity {
        Grammar.trimmed(assertion, "assertion");
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(assertion);
    }
}
