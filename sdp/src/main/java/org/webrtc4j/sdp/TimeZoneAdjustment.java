package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * One pair of the z= line: from a time on, repeats are moved by an offset (RFC 8866 section 5.11).
 *
 * @param time seconds since 1900
 * @param offset how far they are moved, may be negative
 */
public record TimeZoneAdjustment(long time, TypedTime offset) {

    /**
     * Checks the range.
     *
     * @param time seconds since 1900
     * @param offset how far they are moved, may be negative
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public TimeZoneAdjustment {
        Grammar.range(time, 0, Long.MAX_VALUE, "adjustment time");
    }

    static List<TimeZoneAdjustment> parse(Cursor cursor) {
        List<TimeZoneAdjustment> adjustments = new ArrayList<>();
        do {
            long time = cursor.numberWord("the adjustment time", Long.MAX_VALUE);
            adjustments.add(new TimeZoneAdjustment(time, TypedTime.parse(cursor)));
        } while (cursor.moreWords());
        return adjustments;
    }

    void appendTo(StringBuilder out) {
        offset.appendTo(out.append(time).append(' '));
    }
}
