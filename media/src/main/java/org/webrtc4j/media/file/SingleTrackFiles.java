package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.OutputStream;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.opus.OpusToc;

/** Ogg and IVF, which hold one track, as media files. */
final class SingleTrackFiles {

    private static final double MICROS_PER_SECOND = 1e6;
    private static final int SERIAL = 1;

    private SingleTrackFiles() {}

    private static OutputStream stream(FileOutput out) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                out.write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }
        };
    }

    private static EncodedFrame at(long timeMicros, EncodedFrame frame) {
        return frame.withTimestamp(
                Math.round(timeMicros / MICROS_PER_SECOND * frame.codec().clockRate()));
    }

    /** Sound whose times waver by less than a packet follows without a seam: Ogg has no times but lengths. */
    static final class OggFile implements MediaFileWriter {

        private static final int WAVER_SAMPLES = 960;

        private final OggOpusWriter writer;
        private long next = Long.MIN_VALUE;

        OggFile(FileOutput out, MediaTrackFormat format) throws IOException {
            writer = new OggOpusWriter(stream(out), format.configuration()[9], SERIAL);
        }

        @Override
        public boolean write(int track, long timeMicros, EncodedFrame frame) throws IOException {
            EncodedFrame timed = at(timeMicros, frame);
            if (next != Long.MIN_VALUE && Math.abs(timed.timestamp() - next) < WAVER_SAMPLES) {
                timed = frame.withTimestamp(next);
            }
            boolean written = timeMicros >= 0 && writer.write(timed);
            if (written) {
                next = timed.timestamp() + OpusToc.samples(frame.bytes(), 0, frame.bytes().length);
            }
            return written;
        }

        @Override
        public void finish() throws IOException {
            writer.finish();
        }
    }

    /** Pictures. */
    static final class IvfFile implements MediaFileWriter {

        private final IvfWriter writer;
        private long last = -1;
        private boolean finished;

        IvfFile(FileOutput out, MediaTrackFormat format) throws IOException {
            writer = new IvfWriter(stream(out), format.codec(), format.width(), format.height());
        }

        @Override
        public boolean write(int track, long timeMicros, EncodedFrame frame) throws IOException {
            boolean writes = !finished && timeMicros >= 0 && timeMicros > last && frame.bytes().length > 0;
            if (writes) {
                last = timeMicros;
                writer.write(at(timeMicros, frame));
            }
            return writes;
        }

        @Override
        public void finish() {
            finished = true;
        }
    }
}
