package org.webrtc4j.pipeline;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.VideoBitstream;
import org.webrtc4j.media.playout.VideoPlayoutStats;

/** What is counted of the frames of one stream, while it is counted; {@link FrameStats} is what is shown. */
final class FrameCounts {

    private final FrameRate rate = new FrameRate();
    private long frames;
    private long encoded;
    private long keys;
    private int width;
    private int height;

    /** Frames dropped by those who are no longer asked. */
    long dropped;

    void onFrame(EncodedFrame frame, long nowNanos) {
        frames++;
        encoded++;
        rate.onFrame(nowNanos);
        if (frame.key() && frame.kind() == MediaKind.VIDEO) {
            keys++;
            VideoBitstream.Size size = VideoBitstream.size(frame.codec(), frame.bytes());
            if (size != null) {
                width = size.width();
                height = size.height();
            }
        }
    }

    /** The last packet of a frame was forwarded. */
    void onForwarded(long nowNanos) {
        frames++;
        rate.onFrame(nowNanos);
    }

    FrameStats snapshot(long droppedSince, long nowNanos, @Nullable VideoPlayoutStats playout) {
        return new FrameStats(
                frames, encoded, keys, dropped + droppedSince, rate.within(nowNanos), width, height, playout);
    }
}
