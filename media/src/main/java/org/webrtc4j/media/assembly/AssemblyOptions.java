package org.webrtc4j.media.assembly;

/**
 * Limits of a {@link FrameAssembler}.
 *
 * @param maxPackets how far packets may be ahead of a missing one, a power of two; when one is further, the missing one is
 *     given up
 * @param maxBytes how many bytes may wait for a missing packet; when there are more, it is given up
 * @param deadlineNanos how long a missing packet is waited for, from the arrival of the packet after it: as long as asking
 *     for it again makes sense
 * @param waitForKeyFrame whether frames after a dropped one are dropped as well until a key frame comes; for video only
 * @param keyFrameIntervalNanos how often a key frame is asked for while none comes
 */
public record AssemblyOptions(
        int maxPackets, int maxBytes, long deadlineNanos, boolean waitForKeyFrame, long keyFrameIntervalNanos) {

    private static final long MILLISECOND = 1_000_000;

    /**
     * Checks.
     *
     * @param maxPackets how far packets may be ahead of a missing one, a power of two; when one is further, the
     *     missing one is given up
     * @param maxBytes how many bytes may wait for a missing packet; when there are more, it is given up
     * @param deadlineNanos how long a missing packet is waited for, from the arrival of the packet after it: as
     *     long as asking for it again makes sense
     * @param waitForKeyFrame whether frames after a dropped one are dropped as well until a key frame comes; for
     *     video only
     * @param keyFrameIntervalNanos how often a key frame is asked for while none comes
     * @throws IllegalArgumentException when a limit is not positive, or the packets are no power of two
     */
    public AssemblyOptions {
        if (maxPackets <= 0 || Integer.bitCount(maxPackets) != 1 || maxBytes <= 0) {
            throw new IllegalArgumentException("maxPackets " + maxPackets + ", maxBytes " + maxBytes);
        }
        if (deadlineNanos < 0 || keyFrameIntervalNanos <= 0) {
            throw new IllegalArgumentException(
                    "deadlineNanos " + deadlineNanos + ", keyFrameIntervalNanos " + keyFrameIntervalNanos);
        }
    }

    /**
     * Returns what suits video: 2,048 packets, 4 MiB, 500 ms, frames only after a key frame, asked for each 500 ms.
     *
     * @return the options
     */
    public static AssemblyOptions video() {
        return new AssemblyOptions(2_048, 4 << 20, 500 * MILLISECOND, true, 500 * MILLISECOND);
    }

    /**
     * Returns what suits audio: 256 packets, 256 KiB, 100 ms.
     *
     * @return the options
     */
    public static AssemblyOptions audio() {
        return new AssemblyOptions(256, 256 << 10, 100 * MILLISECOND, false, 500 * MILLISECOND);
    }

    /**
     * Returns the same options with another deadline.
     *
     * @param nanos how long a missing packet is waited for
     * @return the options
     */
    public AssemblyOptions withDeadlineNanos(long nanos) {
        return new AssemblyOptions(maxPackets, maxBytes, nanos, waitForKeyFrame, keyFrameIntervalNanos);
    }

    /**
     * Returns the same options with another answer to a loss.
     *
     * @param wait whether frames are dropped until a key frame comes
     * @return the options
     */
    public AssemblyOptions withWaitForKeyFrame(boolean wait) {
        return new AssemblyOptions(maxPackets, maxBytes, deadlineNanos, wait, keyFrameIntervalNanos);
    }
}
