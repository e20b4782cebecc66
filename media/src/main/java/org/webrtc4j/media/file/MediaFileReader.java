package org.webrtc4j.media.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the encoded frames of a container in the order in which they lie there. Not thread-safe. */
public interface MediaFileReader extends Closeable {

    /** No frame is larger: 16 MiB. */
    int MAX_FRAME_BYTES = 16 << 20;

    /**
     * Returns the tracks that can be read.
     *
     * @return their formats; those of codecs that are not known here are left out
     */
    List<MediaTrackFormat> tracks();

    /**
     * Returns how long the file says that it is.
     *
     * @return microseconds, or -1 when it does not say: its writer did not come to the end
     */
    long durationMicros();

    /**
     * Reads the next frame.
     *
     * @return the frame; null at the end
     * @throws IOException when the file says something impossible, or reading fails
     */
    @Nullable
    TimedFrame next() throws IOException;

    /**
     * Tells whether the file ended within something.
     *
     * @return true when its writer did not come to an end
     */
    boolean truncated();

    /**
     * Goes to the last place from which decoding can begin and that is not after a time.
     *
     * @param timeMicros from the beginning of the file
     * @return false when this file cannot seek, or has no such place: nothing has changed
     * @throws IOException when reading fails
     */
    default boolean seek(long timeMicros) throws IOException {
        return false;
    }

    /** Closes the file if this reader has opened it. */
    @Override
    default void close() throws IOException {}
}
