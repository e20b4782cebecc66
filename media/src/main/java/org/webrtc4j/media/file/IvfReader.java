package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.VideoBitstream;

/** Frames of an IVF file. */
public final class IvfReader {

    /** No frame is larger: 16 MiB. */
    public static final int MAX_FRAME_BYTES = 16 << 20;

    private static final int HEADER_BYTES = 32;
    private static final int CLOCK = 90_000;

    private final InputStream in;
    private final IvfHeader header;
    private final CodecDescription codec;
    private final byte[] frameHeader = new byte[12];
    private boolean truncated;

    /**
     * Reads the beginning of a file.
     *
     * @param in the file; buffered by the caller
     * @throws IOException when it is no IVF file, of a codec that is not known, or reading fails
     */
    public IvfReader(InputStream in) throws IOException {
        this.in = in;
        byte[] bytes = in.readNBytes(HEADER_BYTES);
        if (bytes.length < HEADER_BYTES || bytes[0] != 'D' || bytes[1] != 'K' || bytes[2] != 'I' || bytes[3] != 'F') {
            throw new IOException("Not an IVF file");
        }
        header = new IvfHeader(
                new String(bytes, 8, 4, StandardCharsets.ISO_8859_1),
                LittleEndian.u16(bytes, 12),
                LittleEndian.u16(bytes, 14),
                LittleEndian.u32(bytes, 16),
                LittleEndian.u32(bytes, 20),
                LittleEndian.u32(bytes, 24));
        String name =
                switch (header.fourcc()) {
                    case "VP80" -> "VP8";
                    case "VP90" -> "VP9";
                    case "AV01" -> "AV1";
                    case "H264" -> "H264";
                    default -> throw new IOException("No codec is known for " + header.fourcc());
                };
        codec = CodecDescription.video(name, "");
        int length = LittleEndian.u16(bytes, 6);
        if (header.ticksPerSecond() == 0 || header.scale() == 0 || length < HEADER_BYTES) {
            throw new IOException("Not an IVF header");
        }
        if (in.readNBytes(length - HEADER_BYTES).length < length - HEADER_BYTES) {
            throw new IOException("The file ends within its header");
        }
    }

    /**
     * Returns what stands at the beginning.
     *
     * @return the header
     */
    public IvfHeader header() {
        return header;
    }

    /**
     * Returns the codec of the frames.
     *
     * @return the codec without parameters
     */
    public CodecDescription codec() {
        return codec;
    }

    /**
     * Tells whether the file ended within a frame.
     *
     * @return true when its writer did not come to an end
     */
    public boolean truncated() {
        return truncated;
    }

    /**
     * Reads the next frame.
     *
     * @return the frame, its timestamp in ticks of 90 kHz; null at the end
     * @throws IOException when a frame is larger than {@link #MAX_FRAME_BYTES}, or reading fails
     */
    public @Nullable EncodedFrame next() throws IOException {
        int read = in.readNBytes(frameHeader, 0, frameHeader.length);
        if (read < frameHeader.length) {
            truncated = read > 0;
            return null;
        }
        long size = LittleEndian.u32(frameHeader, 0);
        if (size > MAX_FRAME_BYTES) {
            throw new IOException("A frame of " + size + " bytes");
        }
        // Grows as it reads: nothing is allocated by the size claimed.
        byte[] bytes = in.readNBytes((int) size);
        if (bytes.length < size) {
            truncated = true;
            return null;
        }
        long timestamp = toClock(LittleEndian.i64(frameHeader, 4));
        return EncodedFrame.video(codec, VideoBitstream.isKey(codec, bytes), timestamp, bytes);
    }

    /** Exact and without overflow whatever the file says; times beyond 2^62 are cut. */
    private long toClock(long ticks) {
        return BigInteger.valueOf(ticks)
                .multiply(BigInteger.valueOf(CLOCK * header.scale()))
                .divide(BigInteger.valueOf(header.ticksPerSecond()))
                .min(BigInteger.ONE.shiftLeft(62))
                .max(BigInteger.ZERO)
                .longValue();
    }
}
