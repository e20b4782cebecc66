package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;

/** Ogg and IVF, which hold one track, as media files. They cannot seek. */
final class SingleTrackReader implements MediaFileReader {

    private static final double MICROS_PER_SECOND = 1e6;

    @FunctionalInterface
    private interface Frames {
        @Nullable
        EncodedFrame next() throws IOException;
    }

    @FunctionalInterface
    private interface Kind {
        SingleTrackReader open(InputStream in) throws IOException;
    }

    private final InputStream in;
    private final MediaTrackFormat format;
    private final Frames frames;
    private final BooleanSupplier truncated;

    private SingleTrackReader(InputStream in, MediaTrackFormat format, Frames frames, BooleanSupplier truncated) {
        this.in = in;
        this.format = format;
        this.frames = frames;
        this.truncated = truncated;
    }

    static SingleTrackReader ogg(InputStream stream) throws IOException {
        return closing(stream, in -> {
            OggOpusReader reader = new OggOpusReader(in);
            MediaTrackFormat format =
                    new MediaTrackFormat(reader.codec(), 0, 0, CodecSetup.opusHead(reader.channels()));
            return new SingleTrackReader(in, format, reader::next, () -> false);
        });
    }

    static SingleTrackReader ivf(InputStream stream) throws IOException {
        return closing(stream, in -> {
            IvfReader reader = new IvfReader(in);
            IvfHeader header = reader.header();
            MediaTrackFormat format =
                    new MediaTrackFormat(reader.codec(), header.width(), header.height(), new byte[0]);
            return new SingleTrackReader(in, format, reader::next, reader::truncated);
        });
    }

    private static SingleTrackReader closing(InputStream in, Kind kind) throws IOException {
        try {
            return kind.open(in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public List<MediaTrackFormat> tracks() {
        return List.of(format);
    }

    @Override
    public long durationMicros() {
        return -1;
    }

    @Override
    public @Nullable TimedFrame next() throws IOException {
        EncodedFrame frame = frames.next();
        return frame == null
                ? null
                : new TimedFrame(
                        0,
                        (long) (frame.timestamp()
                                * MICROS_PER_SECOND
                                / format.codec().clockRate()),
                        frame);
    }

    @Override
    public boolean truncated() {
        return truncated.getAsBoolean();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
