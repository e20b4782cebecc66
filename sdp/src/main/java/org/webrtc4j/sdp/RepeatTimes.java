package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * An r= line: a session that comes again and again (RFC 8866 section 5.10).
 *
 * @param interval from one time to the next
 * @param duration how long each lasts
 * @param offsets from the start time of the t= line
 */
public record RepeatTimes(TypedTime interval, TypedTime duration, List<TypedTime> offsets) {

    /**
     * Checks that there is an offset.
     *
     * @param interval from one time to the next
     * @param duration how long each lasts
     * @param offsets from the start time of the t= line
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public RepeatTimes {
        offsets = List.copyOf(offsets);
        Grammar.require(!offsets.isEmpty(), "repeat times", "have no offset");
    }

    static RepeatTimes parse(Cursor cursor) {
        TypedTime interval = TypedTime.parse(cursor);
        TypedTime duration = TypedTime.parse(cursor);
        List<TypedTime> offsets = new ArrayList<>();
        do {
            offsets.add(TypedTime.parse(cursor));
        } while (cursor.moreWords());
        return new RepeatTimes(interval, duration, offsets);
    }

    void appendTo(StringBuilder out) {
        interval.appendTo(out);
        duration.appendTo(out.append(' '));
        for (TypedTime offset : offsets) {
            offset.appendTo(out.append(' '));
        }
    }
}
