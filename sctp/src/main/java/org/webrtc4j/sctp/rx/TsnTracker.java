package org.webrtc4j.sctp.rx;

import java.util.Arrays;
import org.webrtc4j.common.ByteWriter;

/**
 * Which TSNs have arrived: a cumulative TSN, and beyond it a ring of bits whose runs are the gap blocks of a SACK (RFC 9260
 * section 3.3.4).
 */
public final class TsnTracker {

    /** Gap blocks cannot name what is further ahead. */
    public static final int MAX_AHEAD = 65_535;

    /** What a TSN is to the tracker. */
    public enum Verdict {
        NEW,
        DUPLICATE,
        TOO_FAR
    }

    private static final int INITIAL_WORDS = 8;
    private static final int MAX_DUPLICATES = 20;

    private long[] words = new long[INITIAL_WORDS];
    private long cumulative;
    private long highest;
    private final int[] duplicates = new int[MAX_DUPLICATES];
    private int duplicateCount;

    /** Begins before the first TSN of the peer. */
    public void start(int initialTsn) {
        Arrays.fill(words, 0);
        cumulative = (initialTsn & 0xffff_ffffL) - 1;
        highest = cumulative;
        duplicateCount = 0;
    }

    /** Nearest unwrapped TSN to the cumulative one. */
    public long unwrap(int tsn) {
        return cumulative + (tsn - (int) cumulative);
    }

    public long cumulative() {
        return cumulative;
    }

    public long highest() {
        return highest;
    }

    public boolean hasGaps() {
        return highest > cumulative;
    }

    public boolean hasDuplicates() {
        return duplicateCount > 0;
    }

    /** Says what a TSN is without taking it. */
    public Verdict classify(long tsn) {
        if (tsn <= cumulative) {
            return Verdict.DUPLICATE;
        }
        if (tsn - cumulative > MAX_AHEAD) {
            return Verdict.TOO_FAR;
        }
        return tsn <= highest && isSet(tsn) ? Verdict.DUPLICATE : Verdict.NEW;
    }

    /** Notes a duplicate for the next SACK. */
    public void noteDuplicate(long tsn) {
        if (duplicateCount < MAX_DUPLICATES) {
            duplicates[duplicateCount++] = (int) tsn;
        }
    }

    /** Takes a TSN that {@link #classify} called new. */
    public void add(long tsn) {
        if (tsn == cumulative + 1) {
            cumulative = tsn;
            if (highest <= cumulative) {
                highest = cumulative;
            } else {
                clear(tsn);
                swallowRun();
            }
            return;
        }
        while (tsn - cumulative >= (long) words.length << 6) {
            grow();
        }
        words[word(tsn)] |= 1L << tsn;
        highest = Math.max(highest, tsn);
    }

    /** Skips to a TSN ahead (RFC 3758 section 3.6). */
    public void skipTo(long tsn) {
        if (tsn >= highest) {
            Arrays.fill(words, 0);
            cumulative = tsn;
            highest = tsn;
            return;
        }
        while (cumulative < tsn) {
            cumulative++;
            clear(cumulative);
        }
        swallowRun();
    }

    /** The run right after the cumulative TSN joins it, a word at a time. */
    private void swallowRun() {
        while (cumulative < highest) {
            long first = cumulative + 1;
            int bit = (int) first & 63;
            long word = words[word(first)] >>> bit;
            int run = Math.min(Long.numberOfTrailingZeros(~word), 64 - bit);
            if (run == 0) {
                return;
            }
            long mask = run == 64 ? -1L : ((1L << run) - 1) << bit;
            words[word(first)] &= ~mask;
            cumulative += run;
        }
    }

    private boolean isSet(long tsn) {
        return (words[word(tsn)] & 1L << tsn) != 0;
    }

    private void clear(long tsn) {
        words[word(tsn)] &= ~(1L << tsn);
    }

    private int word(long tsn) {
        return (int) (tsn >>> 6) & (words.length - 1);
    }

    private void grow() {
        long[] old = words;
        words = new long[old.length * 2];
        for (long tsn = cumulative + 1; tsn <= highest; tsn++) {
            if ((old[(int) (tsn >>> 6) & (old.length - 1)] & 1L << tsn) != 0) {
                words[word(tsn)] |= 1L << tsn;
            }
        }
    }

    /** The first TSN at or after this one, up to the highest, that has arrived (or not); highest + 1 when none. */
    private long next(long from, boolean arrived) {
        long tsn = from;
        while (tsn <= highest) {
            long word = words[word(tsn)];
            long rest = (arrived ? word : ~word) >>> tsn;
            if (rest != 0) {
                return Math.min(tsn + Long.numberOfTrailingZeros(rest), highest + 1);
            }
            tsn = (tsn | 63) + 1;
        }
        return highest + 1;
    }

    /**
     * Writes the counts, gap blocks and duplicates of a SACK into the room there is, and forgets the duplicates.
     *
     * @param room bytes for all of it; at least 4
     */
    public void writeReports(ByteWriter writer, int room) {
        int counts = writer.size();
        writer.u16(0).u16(0);
        int left = room - 4;
        int gaps = 0;
        long start = next(cumulative + 1, true);
        while (start <= highest && left >= 4) {
            long end = next(start, false) - 1;
            writer.u16((int) (start - cumulative)).u16((int) (end - cumulative));
            gaps++;
            left -= 4;
            start = next(end + 1, true);
        }
        int reported = Math.min(duplicateCount, left / 4);
        for (int i = 0; i < reported; i++) {
            writer.i32(duplicates[i]);
        }
        writer.setU16(counts, gaps);
        writer.setU16(counts + 2, reported);
        duplicateCount = 0;
    }
}
