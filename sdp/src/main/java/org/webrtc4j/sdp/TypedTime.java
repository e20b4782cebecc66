package org.webrtc4j.sdp;

/**
 * A span of time as r= and z= lines write it: a number with an optional unit (RFC 8866 section 5.10).
 *
 * @param amount the number, may be negative
 * @param unit {@code d}, {@code h}, {@code m}, {@code s}, or a blank for seconds without a unit
 */
public record TypedTime(long amount, char unit) {

    /** The largest number; its seconds still fit a long. */
    private static final long MAX = Long.MAX_VALUE / 86_400;

    /**
     * Checks the unit and the range.
     *
     * @param amount the number, may be negative
     * @param unit {@code d}, {@code h}, {@code m}, {@code s}, or a blank for seconds without a unit
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public TypedTime {
        Grammar.require("dhms ".indexOf(unit) >= 0, "unit of time", "is none of d, h, m and s");
        Grammar.range(amount, -MAX, MAX, "time");
    }

    /**
     * The span in seconds.
     *
     * @return seconds, may be negative
     */
    public long seconds() {
        return switch (unit) {
            case 'd' -> amount * 86_400;
            case 'h' -> amount * 3_600;
            case 'm' -> amount * 60;
            default -> amount;
        };
    }

    static TypedTime parse(Cursor cursor) {
        cursor.skipBlanks();
        boolean negative = cursor.accept('-');
        long amount = cursor.number("the time", MAX);
        char unit = ' ';
        for (int i = 0; i < 4; i++) {
            if (unit == ' ' && cursor.accept("dhms".charAt(i))) {
                unit = "dhms".charAt(i);
            }
        }
        if (!cursor.atEnd()) {
            cursor.expect(' ', "the time is followed by something that is no unit");
        }
        return new TypedTime(negative ? -amount : amount, unit);
    }

    void appendTo(StringBuilder out) {
        out.append(amount);
        if (unit != ' ') {
            out.append(unit);
        }
    }
}
