package org.webrtc4j.sdp;

/**
 * The identification of a media section (RFC 5888 section 4).
 *
 * @param id a token, unique in the description
 */
public record Mid(String id) implements Attribute {

    static final String NAME = "mid";

    /**
     * Checks the token.
     *
     * @param id a token, unique in the description
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Mid {
        Grammar.token(id, "mid");
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
