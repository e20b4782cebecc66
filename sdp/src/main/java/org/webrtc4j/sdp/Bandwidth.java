package org.webrtc4j.sdp;

/**
 * A b= line (RFC 8866 section 5.8).
 *
 * @param type {@code AS} and {@code CT} in kilobits a second, {@code TIAS} (RFC 3890), {@code RS} and {@code RR} (RFC 3556) in bits
 * @param value the figure
 */
public record Bandwidth(String type, long value) {

    /**
     * Checks the token and the range.
     *
     * @param type {@code AS} and {@code CT} in kilobits a second, {@code TIAS} (RFC 3890), {@code RS} and {@code RR} (RFC 3556) in bits
     * @param value the figure
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public Bandwidth {
        Grammar.token(type, "bandwidth type");
        Grammar.range(value, 0, Long.MAX_VALUE, "bandwidth");
    }

    static Bandwidth parse(Cursor cursor) {
        String type = cursor.until(':', ' ', "the bandwidth type");
        cursor.expect(':', "the bandwidth is missing");
        return new Bandwidth(type, cursor.numberWord("the bandwidth", Long.MAX_VALUE));
    }

    void appendTo(StringBuilder out) {
        out.append(type).append(':').append(value);
    }
}
