package org.webrtc4j.sdp;

/**
 * A line whose letter RFC 8866 does not know; kept, and written behind the attributes of its section.
 *
 * @param type the letter
 * @param value everything behind the equals sign
 */
public record UnknownLine(char type, String value) {

    static final String KNOWN = "vosiuepcbtrzkam";

    /**
     * Checks the letter and the text.
     *
     * @param type the letter
     * @param value everything behind the equals sign
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public UnknownLine {
        boolean letter = Grammar.isAlphanumeric(type) && !Grammar.isDigit(type);
        Grammar.require(letter && KNOWN.indexOf(type) < 0, "line type", "is known or no letter");
        Grammar.text(value, "line");
    }
}
