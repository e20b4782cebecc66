package org.webrtc4j.media.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.webrtc4j.media.g711.G711;

/** The sound of a WAV file: linear of 16 bits, mu-law or A-law. */
public final class WavReader {

    private static final int LINEAR = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;

    /** With more than two channels or bits, writers put the real format behind 24 bytes. */
    private static final int EXTENSIBLE = 0xfffe;

    /** Chunks before the sound; a file has a handful. */
    private static final int MAX_CHUNKS = 1_000;

    private final InputStream in;
    private final WavFormat format;
    private final int encoding;
    private long left;
    private final byte[] scratch = new byte[4_096];

    /**
     * Reads the beginning of a file up to its sound.
     *
     * @param in the file; buffered by the caller
     * @throws IOException when it is no WAV file, of another encoding, or reading fails
     */
    public WavReader(InputStream in) throws IOException {
        this.in = in;
        if (!text(in.readNBytes(4), 0).equals("RIFF") || in.readNBytes(4).length < 4) {
            throw new IOException("Not a WAV file");
        }
        if (!text(in.readNBytes(4), 0).equals("WAVE")) {
            throw new IOException("Not a WAV file");
        }
        byte[] found = new byte[0];
        for (int i = 0; i < MAX_CHUNKS; i++) {
            byte[] header = in.readNBytes(8);
            if (header.length < 8) {
                break;
            }
            String name = text(header, 0);
            long size = LittleEndian.u32(header, 4);
            if (name.equals("data") && found.length >= 16) {
                left = size;
                encoding = encoding(found);
                format = format(found, encoding);
                return;
            }
            if (name.equals("fmt ")) {
                found = in.readNBytes((int) Math.min(size, 40));
                skip(size - found.length + (size & 1));
            } else {
                skip(size + (size & 1));
            }
        }
        throw new IOException("No sound in this WAV file");
    }

    private void skip(long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException e) {
            throw new IOException("No sound in this WAV file", e);
        }
    }

    private static int encoding(byte[] chunk) throws IOException {
        int tag = LittleEndian.u16(chunk, 0);
        int encoding = tag == EXTENSIBLE && chunk.length >= 26 ? LittleEndian.u16(chunk, 24) : tag;
        int bits = LittleEndian.u16(chunk, 14);
        boolean known = (encoding == LINEAR && bits == 16) || ((encoding == A_LAW || encoding == MU_LAW) && bits == 8);
        if (!known) {
            throw new IOException("Encoding " + encoding + " with " + bits + " bits");
        }
        return encoding;
    }

    private static WavFormat format(byte[] chunk, int encoding) throws IOException {
        int channels = LittleEndian.u16(chunk, 2);
        long rate = LittleEndian.u32(chunk, 4);
        int block = LittleEndian.u16(chunk, 12);
        if (channels < 1 || channels > 8 || rate < 1 || rate > 384_000 || block != channels * width(encoding)) {
            throw new IOException(rate + " Hz, " + channels + " channels, " + block + " bytes");
        }
        return new WavFormat((int) rate, channels);
    }

    /**
     * Returns the sound of the file.
     *
     * @return its rate and channels
     */
    public WavFormat format() {
        return format;
    }

    /**
     * Reads samples.
     *
     * @param samples where they go, interleaved
     * @param offset the first
     * @param count how many of all channels at most
     * @return how many of all channels, whole moments only; 0 at the end
     * @throws IOException when reading fails
     */
    public int read(short[] samples, int offset, int count) throws IOException {
        int width = width(encoding);
        int block = width * format.channels();
        long wanted = (long) count / format.channels() * block;
        // Of a length that says "to the end", as of one that is wrong, there is as much as there is.
        int size = (int) Math.min(Math.min(wanted, left / block * block), (long) scratch.length / block * block);
        int read = in.readNBytes(scratch, 0, size) / block * block;
        left = read < size ? 0 : left - read;
        for (int i = 0; i < read / width; i++) {
            samples[offset + i] = switch (encoding) {
                case A_LAW -> G711.fromALaw(scratch[i]);
                case MU_LAW -> G711.fromMuLaw(scratch[i]);
                default -> (short) LittleEndian.u16(scratch, 2 * i);
            };
        }
        return read / width;
    }

    private static int width(int encoding) {
        return encoding == LINEAR ? 2 : 1;
    }

    private static String text(byte[] bytes, int offset) {
        return bytes.length < offset + 4 ? "" : new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
    }
}
