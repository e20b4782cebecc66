package org.webrtc4j.sdp;

import java.util.Base64;

/**
 * A complete SCTP INIT chunk in the description, which spares the INIT exchange (draft-hancke-tsvwg-snap).
 *
 * @param base64 the chunk in base64
 */
public record SctpInit(String base64) implements Attribute {

    static final String NAME = "sctp-init";

    /**
     * Checks the alphabet and the length.
     *
     * @param base64 the chunk in base64
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public SctpInit {
        int end = base64.length();
        while (end > 0 && end > base64.length() - 2 && base64.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = base64.charAt(i);
            Grammar.require(Grammar.isAlphanumeric(c) || c == '+' || c == '/', "INIT chunk", "is not base64");
        }
        boolean padded = end < base64.length();
        Grammar.require(
                end > 0 && end % 4 != 1 && (!padded || base64.length() % 4 == 0),
                "INIT chunk",
                "has no length of base64");
    }

    /**
     * The attribute of a chunk.
     *
     * @param chunk the INIT chunk with its header, copied
     * @return the attribute
     */
    public static SctpInit of(byte[] chunk) {
        return new SctpInit(Base64.getEncoder().encodeToString(chunk));
    }

    /**
     * The bytes of the chunk; whether they are one is for SCTP to say.
     *
     * @return a new array
     */
    public byte[] chunk() {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(base64);
    }
}
