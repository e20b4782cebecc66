package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.InputStream;

/** Opens a file at any place of it: what a reader needs to seek. */
@FunctionalInterface
public interface FileOpener {

    /**
     * Opens the file.
     *
     * @param position the first byte to be read; past the end there is nothing to read
     * @return a stream that the reader closes before it opens the next, and when it is closed; buffered by the reader
     * @throws IOException when it cannot be opened
     */
    InputStream open(long position) throws IOException;
}
