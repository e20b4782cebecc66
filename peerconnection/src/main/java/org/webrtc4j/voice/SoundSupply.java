package org.webrtc4j.voice;

import org.webrtc4j.common.TimeSource;

/** Gives the sound that a {@link SoundPacer} paces. */
public interface SoundSupply {

    /**
     * When a block plays.
     *
     * @param index its number; some may be left out
     * @param startNanos when it begins
     * @param clock the clock of that time
     * @param encodedIndex the number of the last block that every encoder has done with
     */
    record Turn(long index, long startNanos, TimeSource clock, long encodedIndex) {}

    /** A sender is there, and the clock runs. */
    default void onBegun() {}

    /** The connection of the last sender was closed: nobody will hear anything more, unless {@link #onBegun} follows. */
    default void onEnded() {}

    /**
     * Gives the next block. The one before has been played out by now.
     *
     * @param block interleaved samples, all zero: where the sound goes
     * @param turn when it plays
     */
    void next(short[] block, Turn turn);

    /**
     * Tells whether the clock may stand still while there is no sender.
     *
     * @return true when nothing is to be played
     */
    default boolean isIdle() {
        return true;
    }
}
