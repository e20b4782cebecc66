package org.webrtc4j;

import java.time.Duration;

/**
 * What a recorder has done.
 *
 * @param framesWritten frames in the file
 * @param framesDropped frames that are not: before the first key frame, while the disk was too slow, after a change of the
 *     codec
 * @param gaps how often the disk was too slow
 * @param bytes written
 * @param duration from the beginning of the file to its last frame
 */
public record RecorderStats(long framesWritten, long framesDropped, long gaps, long bytes, Duration duration) {

    /** Nothing yet. */
    public static final RecorderStats NONE = new RecorderStats(0, 0, 0, 0, Duration.ZERO);
}
