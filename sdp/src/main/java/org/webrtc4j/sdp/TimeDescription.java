package org.webrtc4j.sdp;

import java.util.List;

/**
 * A t= line and the r= lines that follow it (RFC 8866 section 5.9).
 *
 * @param start seconds since 1900, 0 for always
 * @param stop seconds since 1900, 0 for without end
 * @param repeats when it comes again
 */
public record TimeDescription(long start, long stop, List<RepeatTimes> repeats) {

    /** {@code t=0 0}, which WebRTC writes. */
    public static final TimeDescription ALWAYS = new TimeDescription(0, 0, List.of());

    /**
     * Checks the ranges.
     *
     * @param start seconds since 1900, 0 for always
     * @param stop seconds since 1900, 0 for without end
     * @param repeats when it comes again
     * @throws IllegalArgumentException when a value could not be written or read back
     */
    public TimeDescription {
        Grammar.range(start, 0, Long.MAX_VALUE, "start time");
        Grammar.range(stop, 0, Long.MAX_VALUE, "stop time");
        repeats = List.copyOf(repeats);
    }

    static TimeDescription parse(Cursor cursor) {
        long start = cursor.numberWord("the start time", Long.MAX_VALUE);
        long stop = cursor.numberWord("the stop time", Long.MAX_VALUE);
        return start == 0 && stop == 0 ? ALWAYS : new TimeDescription(start, stop, List.of());
    }
}
