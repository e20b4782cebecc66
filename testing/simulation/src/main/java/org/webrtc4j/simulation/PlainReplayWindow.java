package org.webrtc4j.simulation;

/** The anti-replay window of RFC 6347 section 4.1.2.6, 64 records wide. */
final class PlainReplayWindow {

    private static final int WIDTH = 64;

    private long highest = -1;
    private long seen;

    /** Notes a record; false when it came before or is too old to know. */
    boolean accept(long sequence) {
        if (sequence > highest) {
            long step = sequence - highest;
            seen = step >= WIDTH ? 1 : (seen << step) | 1;
            highest = sequence;
            return true;
        }
        long age = highest - sequence;
        if (age >= WIDTH || (seen & (1L << age)) != 0) {
            return false;
        }
        seen |= 1L << age;
        return true;
    }
}
