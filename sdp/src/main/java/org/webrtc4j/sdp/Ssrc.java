package org.webrtc4j.sdp;

import org.jspecify.annotations.Nullable;

/**
 * A synchronisation source and something about it (RFC 5576 section 4.1).
 *
 * @param ssrc the source, 0 to 2<sup>32</sup>-1
 * @param attribute e.g. {@code cname}
 * @param attributeValue what follows its colon, null when there is none
 */
public record Ssrc(long ssrc, String attribute, @Nullable String attributeValue) implements Attribute {

    static final String NAME = "ssrc";

    static final long MAX = 0xffff_ffffL;

    /**
     * Checks the range and the texts.
     *
     * @param ssrc the source, 0 to 2<sup>32</sup>-1
     * @param attribute e.g. {@code cname}
     * @param attributeValue what follows its colon, null when there is none
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Ssrc {
        Grammar.range(ssrc, 0, MAX, "ssrc");
        Grammar.word(attribute, "source attribute", ':');
        if (attributeValue != null && !attributeValue.isEmpty()) {
            Grammar.text(attributeValue, "source attribute value");
            Grammar.require(
                    attributeValue.charAt(attributeValue.length() - 1) != ' ',
                    "source attribute value",
                    "ends in a blank");
        }
    }

    static Ssrc parse(Cursor cursor) {
        long ssrc = cursor.numberWord("the source", MAX);
        cursor.skipBlanks();
        String attribute = cursor.until(':', ' ', "the source attribute");
        return new Ssrc(ssrc, attribute, cursor.accept(':') ? UnknownAttribute.strip(cursor.rest()) : null);
    }

    @Override
    public String attributeName() {
        return NAME;
    }

    @Override
    public void appendValue(StringBuilder out) {
        out.append(ssrc).append(' ').append(attribute);
        if (attributeValue != null) {
            out.append(':').append(attributeValue);
        }
    }
}
