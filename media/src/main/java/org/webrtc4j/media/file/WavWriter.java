package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes linear sound of 16 bits as WAV. The lengths in the header say "to the end of the file", which players understand;
 * whoever can go back in the file writes {@link #header} over its beginning at the end.
 */
public final class WavWriter {

    /** The length that stands for: as much as there is. */
    public static final long UNKNOWN = 0xffff_ffffL;

    /** Bytes of the header. */
    public static final int HEADER_BYTES = 44;

    private final OutputStream out;
    private byte[] scratch = new byte[4_096];
    private long dataBytes;

    /**
     * Writes the beginning of a file.
     *
     * @param out the file
     * @param format its sound
     * @throws IOException when writing fails
     */
    public WavWriter(OutputStream out, WavFormat format) throws IOException {
        this.out = out;
        out.write(header(format, UNKNOWN));
    }

    /**
     * Returns the first bytes of a file.
     *
     * @param format its sound
     * @param dataBytes how many bytes of sound follow, or {@link #UNKNOWN}
     * @return {@link #HEADER_BYTES} bytes
     */
    public static byte[] header(WavFormat format, long dataBytes) {
        byte[] bytes = new byte[HEADER_BYTES];
        long size = Math.min(UNKNOWN, dataBytes);
        put(bytes, 0, "RIFF");
        LittleEndian.put32(bytes, 4, Math.min(UNKNOWN, size + HEADER_BYTES - 8));
        put(bytes, 8, "WAVEfmt ");
        LittleEndian.put32(bytes, 16, 16);
        LittleEndian.put16(bytes, 20, 1);
        LittleEndian.put16(bytes, 22, format.channels());
        LittleEndian.put32(bytes, 24, format.sampleRate());
        LittleEndian.put32(bytes, 28, (long) format.sampleRate() * format.channels() * 2);
        LittleEndian.put16(bytes, 32, format.channels() * 2);
        LittleEndian.put16(bytes, 34, 16);
        put(bytes, 36, "data");
        LittleEndian.put32(bytes, 40, size);
        return bytes;
    }

    /**
     * Writes samples.
     *
     * @param samples interleaved
     * @param offset the first
     * @param count how many of all channels
     * @throws IOException when writing fails
     */
    public void write(short[] samples, int offset, int count) throws IOException {
        if (scratch.length < count * 2) {
            scratch = new byte[count * 2];
        }
        for (int i = 0; i < count; i++) {
            LittleEndian.put16(scratch, i * 2, samples[offset + i]);
        }
        out.write(scratch, 0, count * 2);
        dataBytes += count * 2L;
    }

    /**
     * Returns how much sound has been written, for {@link #header}.
     *
     * @return bytes after the header
     */
    public long dataBytes() {
        return dataBytes;
    }

    private static void put(byte[] bytes, int offset, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, bytes, offset, ascii.length);
    }
}
