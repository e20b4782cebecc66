package org.webrtc4j.picture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.file.IvfReader;
import org.webrtc4j.media.file.OggOpusReader;

/** Files as frames. */
public final class FrameFiles {

    private FrameFiles() {}

    /**
     * Opens an IVF file.
     *
     * @param file its place
     * @return its frames
     * @throws IOException when it is none
     */
    public static FrameReader ivf(Path file) throws IOException {
        InputStream in = open(file);
        try {
            IvfReader reader = new IvfReader(in);
            return new Open(in, reader.codec(), reader::next);
        } catch (IOException | RuntimeException none) {
            in.close();
            throw none;
        }
    }

    /**
     * Opens an Ogg file with Opus.
     *
     * @param file its place
     * @return its packets
     * @throws IOException when it is none
     */
    public static FrameReader oggOpus(Path file) throws IOException {
        InputStream in = open(file);
        try {
            OggOpusReader reader = new OggOpusReader(in);
            return new Open(in, reader.codec(), reader::next);
        } catch (IOException | RuntimeException none) {
            in.close();
            throw none;
        }
    }

    private static InputStream open(Path file) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private interface Next {
        @Nullable
        EncodedFrame read() throws IOException;
    }

    private record Open(InputStream in, CodecDescription codec, Next frames) implements FrameReader {

        @Override
        public @Nullable EncodedFrame next() throws IOException {
            return frames.read();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
