package org.webrtc4j.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.ForwardSource;

/**
 * What is forwarded of one receiver, by SSRC: few enough to look through. Where there is no room for another stream, the one
 * heard longest ago goes. Confined to the loop.
 */
final class ForwardStreams {

    /** Streams of a receiver that are kept apart. */
    static final int MAX = 8;

    private final int[] ssrcs = new int[MAX];
    private final @Nullable ForwardSource[] sources = new ForwardSource[MAX];
    private final long[] heardNanos = new long[MAX];
    private int size;

    /** Finds the source of a packet that arrived now; null when it is none of those kept. */
    @Nullable
    ForwardSource find(int ssrc, long nowNanos) {
        for (int i = 0; i < size; i++) {
            if (ssrcs[i] == ssrc) {
                heardNanos[i] = nowNanos;
                return sources[i];
            }
        }
        return null;
    }

    /** Adds what was not found. */
    void add(int ssrc, ForwardSource source, long nowNanos) {
        int place = size < MAX ? size++ : longestSilent();
        ssrcs[place] = ssrc;
        sources[place] = source;
        heardNanos[place] = nowNanos;
    }

    private int longestSilent() {
        int oldest = 0;
        for (int i = 1; i < MAX; i++) {
            if (heardNanos[i] - heardNanos[oldest] < 0) {
                oldest = i;
            }
        }
        return oldest;
    }

    void clear() {
        Arrays.fill(sources, null);
        size = 0;
    }
}
