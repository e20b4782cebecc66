package org.webrtc4j;

import java.time.Duration;

/**
 * The limits of a recorder.
 *
 * @param maxQueuedBytes how much may wait for the disk; pictures have seven eighths of it. Beyond, frames are dropped
 * @param alignWait how long a file of several tracks waits for sender reports before it goes by arrival
 * @param startWait how long it waits for the first key frame of each track of pictures before it goes without
 */
public record RecorderOptions(long maxQueuedBytes, Duration alignWait, Duration startWait) {

    /** 16 MiB, two seconds, ten seconds. */
    public static final RecorderOptions DEFAULTS =
            new RecorderOptions(16 << 20, Duration.ofSeconds(2), Duration.ofSeconds(10));

    /**
     * Checks.
     *
     * @param maxQueuedBytes 64 KiB or more
     * @param alignWait not negative
     * @param startWait not shorter than {@code alignWait}
     * @throws IllegalArgumentException when a number is out of its range
     */
    public RecorderOptions {
        if (maxQueuedBytes < 1 << 16 || alignWait.isNegative() || startWait.compareTo(alignWait) < 0) {
            throw new IllegalArgumentException(maxQueuedBytes + " bytes, " + alignWait + ", " + startWait);
        }
    }
}
