package org.webrtc4j.rtp.receive;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.RtpDrop;

/**
 * Unwraps the sequence numbers of one stream, finds duplicates among the latest, and takes a jump only when the next packet
 * confirms it (RFC 3550 appendix A.1).
 */
public final class SequenceWindow {

    /** How many packets back are remembered. */
    public static final int SIZE = 4096;

    /** How far ahead a packet may be at once. */
    public static final int MAX_DROPOUT = 3000;

    /** So that no number of a stream is negative, whatever comes before its first. */
    private static final long FIRST_CYCLE = 1L << 16;

    private static final int NONE = -1;

    private final long[] received = new long[SIZE / Long.SIZE];
    private boolean started;
    private long highest;
    private long sequence;
    private int expectedAfterJump = NONE;
    private long skipped;

    /** Creates a window before the first packet. */
    public SequenceWindow() {}

    /**
     * Takes a packet.
     *
     * @param wire its sequence number on the wire
     * @param repaired whether it came as a retransmission, which starts nothing and confirms nothing
     * @return null when it is new, else why not
     */
    public @Nullable RtpDrop accept(int wire, boolean repaired) {
        skipped = 0;
        if (!started) {
            if (repaired) {
                return RtpDrop.RTX_OUT_OF_WINDOW;
            }
            started = true;
            highest = FIRST_CYCLE + (wire & 0xffff);
            return take(highest);
        }
        int distance = (short) (wire - (int) highest);
        if (distance > 0 && distance <= MAX_DROPOUT) {
            advance(distance);
            return take(highest);
        }
        if (distance <= 0 && distance > -SIZE) {
            long value = highest + distance;
            return isReceived(value) ? RtpDrop.DUPLICATE : take(value);
        }
        if (repaired) {
            return RtpDrop.RTX_OUT_OF_WINDOW;
        }
        if ((wire & 0xffff) != expectedAfterJump) {
            expectedAfterJump = (wire + 1) & 0xffff;
            return distance < 0 && distance > -2 * SIZE ? RtpDrop.TOO_OLD : RtpDrop.SEQUENCE_JUMP;
        }
        long ahead = (wire - highest) & 0xffff;
        skipped = ahead - 1;
        highest += ahead;
        Arrays.fill(received, 0);
        return take(highest);
    }

    private void advance(int distance) {
        for (int i = 1; i <= distance; i++) {
            long cleared = highest + i;
            received[word(cleared)] &= ~(1L << cleared);
        }
        highest += distance;
    }

    private @Nullable RtpDrop take(long value) {
        received[word(value)] |= 1L << value;
        sequence = value;
        expectedAfterJump = NONE;
        return null;
    }

    private static int word(long value) {
        return (int) (value & (SIZE - 1)) >>> 6;
    }

    private boolean isReceived(long value) {
        return (received[word(value)] & 1L << value) != 0;
    }

    /**
     * Returns the unwrapped number of the packet taken last.
     *
     * @return never negative
     */
    public long sequence() {
        return sequence;
    }

    /**
     * Returns the highest unwrapped number taken.
     *
     * @return 0 before the first
     */
    public long highest() {
        return highest;
    }

    /**
     * Returns how many numbers the packet taken last jumped over, which are not held lost.
     *
     * @return 0 but after a confirmed jump
     */
    public long skipped() {
        return skipped;
    }

    /**
     * Tells whether a packet came.
     *
     * @return false before the first
     */
    public boolean isStarted() {
        return started;
    }
}
