package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.OutputStream;

/** Where a container is written. What is open stays its owner's: nothing here closes it. */
@FunctionalInterface
public interface FileOutput {

    /**
     * Writes at the end. Nothing is kept back: a file is only as good as what is written when its process dies.
     *
     * @param bytes borrowed for the call
     * @param offset the first
     * @param length how many
     * @throws IOException when writing fails
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Writes over what is there already.
     *
     * @param position where, counted from the first byte ever written
     * @param bytes borrowed for the call; all of them lie before the end
     * @return false when this output cannot go back, which is the default: a pipe, a socket
     * @throws IOException when writing fails
     */
    default boolean rewrite(long position, byte[] bytes) throws IOException {
        return false;
    }

    /**
     * Writes to a stream, which cannot go back.
     *
     * @param stream flushed after each write
     * @return an output
     */
    static FileOutput of(OutputStream stream) {
        return (bytes, offset, length) -> {
            stream.write(bytes, offset, length);
            stream.flush();
        };
    }
}
