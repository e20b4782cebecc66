package org.webrtc4j.voice;

import org.webrtc4j.common.TimeSource;

/** Gives the sound that a {@link SoundPacer} paces. */
public interface SoundSupply {

    /** A sender is there, and the clock runs. */
    default void onBegun() {}

    /** The connection of the last sender was closed: nobody will hear anything more, unless {@link #onBegun} follows. */
    default void onEnded() {}

    /**
     * Gives the next block. The one before has been played out by now.
     *
     * @param block interleaved samples, all zero: where the sound goes
     * @param startNanos when it begins to play
     * @param clock the clock of that time
     */
    void next(short[] block, long startNanos, TimeSource clock);

    /**
     * Tells whether the clock may stand still while there is no sender.
     *
     * @return true when nothing is to be played
     */
    default boolean isIdle() {
        return true;
    }
}
