package org.webrtc4j.media.file;

import java.io.IOException;
import org.webrtc4j.media.EncodedFrame;

/**
 * Writes tracks of encoded frames into a container. Everything is written through, so that the file can be played up to
 * there whenever its process ends. Not thread-safe.
 */
public interface MediaFileWriter {

    /**
     * Writes one frame.
     *
     * @param track the index of its track, as given at the beginning
     * @param timeMicros when it is played, from the beginning of the file; within a track not before the last one
     * @param frame of the codec of the track
     * @return false when it was left out: before the beginning or the frame before, or not well-formed
     * @throws IOException when writing fails
     * @throws IllegalArgumentException when there is no such track, or the frame is of another codec
     */
    boolean write(int track, long timeMicros, EncodedFrame frame) throws IOException;

    /**
     * Writes what makes the file whole: the duration, an index. Later frames are left out. What is open stays its owner's.
     *
     * @throws IOException when writing fails
     */
    void finish() throws IOException;
}
