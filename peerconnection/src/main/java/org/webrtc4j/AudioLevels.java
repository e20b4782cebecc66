package org.webrtc4j;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.rtp.RtpSource;

/** Levels of sound as packets tell them, and as W3C has them. */
final class AudioLevels {

    private static final int SILENCE = 127;
    private static final double DECIBELS_PER_TENFOLD = 20;

    private AudioLevels() {}

    /**
     * Returns the amplitude of a level (webrtc-pc section 5.5, RFC 6464 section 3).
     *
     * @param level 0 to 127 in -dBov
     * @return 1 at 0 dBov, 0 at 127, which is silence
     */
    static double amplitude(int level) {
        return level >= SILENCE ? 0 : Math.pow(10, -level / DECIBELS_PER_TENFOLD);
    }

    /** Returns the amplitude of a source, null when it was not told. */
    static @Nullable Double amplitude(RtpSource source) {
        return source.audioLevel() < 0 ? null : Double.valueOf(amplitude(source.audioLevel()));
    }
}
