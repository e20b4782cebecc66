package org.webrtc4j.pipeline;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.playout.VideoPlayoutStats;

/**
 * The frames of one stream, a snapshot.
 *
 * @param frames given out or sent
 * @param encoded those of them that came as frames; forwarded packets make the others
 * @param keys key frames among the latter
 * @param dropped those that could not be given out
 * @param lastSecond frames of the last second
 * @param width of the latest key frame, in pixels; 0 when it is not known
 * @param height of the latest key frame, in pixels; 0 when it is not known
 * @param playout how they are kept back until they are shown; null where they are not
 */
public record FrameStats(
        long frames,
        long encoded,
        long keys,
        long dropped,
        int lastSecond,
        int width,
        int height,
        @Nullable VideoPlayoutStats playout) {

    /** Of a stream without frames. */
    public static final FrameStats NONE = new FrameStats(0, 0, 0, 0, 0, 0, 0, null);
}
