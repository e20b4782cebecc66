package org.webrtc4j.media.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.opus.OpusToc;

/**
 * Writes Opus packets as Ogg (RFC 7845). Pages hold up to a second and are written when they are full, so that no more is
 * lost with the process. Where timestamps leave a gap (packets lost, muted), packets of 20 ms without content fill it, and
 * what follows stays in time.
 */
public final class OggOpusWriter {

    /** A longer gap is a new beginning and not filled: ten minutes. */
    public static final long MAX_GAP_SAMPLES = 600L * 48_000;

    /** What every decoder needs to settle (RFC 7845 section 5.1 recommends 80 ms for a cut stream). */
    private static final int PRE_SKIP = 3_840;

    private static final int SECOND = 48_000;
    private static final int FILL_SAMPLES = 960;
    private static final byte[] FILL = {(byte) 0xf8};

    private final OutputStream out;
    private final int serial;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final byte[] lengths = new byte[OggPage.MAX_SEGMENTS];
    private int segments;
    private int sequence;
    private long granule;
    private long pageSamples;
    private long next = Long.MIN_VALUE;
    private boolean closed;

    /**
     * Writes the beginning of a file.
     *
     * @param out the file
     * @param channels 1 or 2: what players prepare for
     * @param serial any number; tells streams of one file apart
     * @throws IOException when writing fails
     */
    public OggOpusWriter(OutputStream out, int channels, int serial) throws IOException {
        if (channels < 1 || channels > 2) {
            throw new IllegalArgumentException(channels + " channels");
        }
        this.out = out;
        this.serial = serial;
        byte[] head = new byte[19];
        put(head, "OpusHead");
        head[8] = 1;
        head[9] = (byte) channels;
        LittleEndian.put16(head, 10, PRE_SKIP);
        LittleEndian.put32(head, 12, SECOND);
        append(head);
        flush(OggPage.FIRST, 0);
        byte[] tags = new byte[8 + 4 + 8 + 4];
        put(tags, "OpusTags");
        LittleEndian.put32(tags, 8, 8);
        System.arraycopy("webrtc4j".getBytes(StandardCharsets.US_ASCII), 0, tags, 12, 8);
        append(tags);
        flush(0, 0);
    }

    /**
     * Writes one packet. One that is not well-formed, or before the end of the one before, is left out.
     *
     * @param frame of Opus, its timestamp in samples at 48 kHz
     * @return false when it was left out
     * @throws IOException when writing fails
     */
    public boolean write(EncodedFrame frame) throws IOException {
        byte[] bytes = frame.bytes();
        int samples = OpusToc.samples(bytes, 0, bytes.length);
        if (closed || samples == 0 || frame.timestamp() < next) {
            return false;
        }
        if (next != Long.MIN_VALUE && frame.timestamp() - next <= MAX_GAP_SAMPLES) {
            for (long gap = frame.timestamp() - next; gap >= FILL_SAMPLES; gap -= FILL_SAMPLES) {
                add(FILL, FILL_SAMPLES);
            }
        }
        next = frame.timestamp() + samples;
        add(bytes, samples);
        return true;
    }

    /**
     * Writes what is left and the end of the stream; not the file's end, which is its owner's.
     *
     * @throws IOException when writing fails
     */
    public void finish() throws IOException {
        if (!closed) {
            closed = true;
            flush(OggPage.LAST, granule);
        }
    }

    private void add(byte[] packet, int samples) throws IOException {
        int needed = packet.length / 255 + 1;
        if (segments > 0 && (segments + needed > OggPage.MAX_SEGMENTS || pageSamples + samples > SECOND)) {
            flush(0, granule);
        }
        append(packet);
        granule += samples;
        pageSamples += samples;
    }

    private void append(byte[] packet) {
        for (int rest = packet.length; rest >= 0; rest -= 255) {
            lengths[segments++] = (byte) Math.min(rest, 255);
        }
        content.writeBytes(packet);
    }

    private void flush(int flags, long position) throws IOException {
        byte[] header = new byte[OggPage.HEADER_BYTES + segments];
        put(header, "OggS");
        header[5] = (byte) flags;
        LittleEndian.put64(header, 6, position);
        LittleEndian.put32(header, 14, serial);
        LittleEndian.put32(header, 18, sequence++);
        header[26] = (byte) segments;
        System.arraycopy(lengths, 0, header, OggPage.HEADER_BYTES, segments);
        byte[] bytes = content.toByteArray();
        int crc = OggPage.crc(OggPage.crc(0, header, 0, header.length), bytes, 0, bytes.length);
        LittleEndian.put32(header, 22, crc);
        out.write(header);
        out.write(bytes);
        out.flush();
        content.reset();
        segments = 0;
        pageSamples = 0;
    }

    private static void put(byte[] bytes, String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[i] = (byte) text.charAt(i);
        }
    }
}
