package org.webrtc4j.picture;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;

/** Reads the frames of a file. */
public interface FrameReader extends Closeable {

    /** Opens the file at its beginning. */
    @FunctionalInterface
    interface Opener {

        /**
         * Opens it.
         *
         * @return a new reader
         * @throws IOException when it cannot be read, or is no such file
         */
        FrameReader open() throws IOException;
    }

    /**
     * Returns what is in the file.
     *
     * @return the codec of the frames
     */
    CodecDescription codec();

    /**
     * Reads on.
     *
     * @return the next frame, or null at the end
     * @throws IOException when reading fails
     */
    @Nullable
    EncodedFrame next() throws IOException;
}
