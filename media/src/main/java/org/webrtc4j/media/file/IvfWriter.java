package org.webrtc4j.media.file;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;

/**
 * Writes the frames of one video stream as IVF, with a clock of 90 kHz that begins with the first frame. The number of frames
 * is left 0 in the header: players count.
 */
public final class IvfWriter {

    private final OutputStream out;
    private final CodecDescription codec;
    private final byte[] frameHeader = new byte[12];
    private long first = -1;

    /**
     * Writes the beginning of a file.
     *
     * @param out the file
     * @param codec VP8, VP9, AV1 or H264
     * @param width pixels, up to 65535
     * @param height pixels, up to 65535
     * @throws IOException when writing fails
     * @throws IllegalArgumentException for another codec
     */
    public IvfWriter(OutputStream out, CodecDescription codec, int width, int height) throws IOException {
        this.out = out;
        this.codec = codec;
        String fourcc =
                switch (codec.name().toUpperCase(Locale.ROOT)) {
                    case "VP8" -> "VP80";
                    case "VP9" -> "VP90";
                    case "AV1" -> "AV01";
                    case "H264" -> "H264";
                    default -> throw new IllegalArgumentException("No IVF of " + codec.mimeType());
                };
        byte[] header = new byte[32];
        header[0] = 'D';
        header[1] = 'K';
        header[2] = 'I';
        header[3] = 'F';
        LittleEndian.put16(header, 6, header.length);
        for (int i = 0; i < 4; i++) {
            header[8 + i] = (byte) fourcc.charAt(i);
        }
        LittleEndian.put16(header, 12, width);
        LittleEndian.put16(header, 14, height);
        LittleEndian.put32(header, 16, codec.clockRate());
        LittleEndian.put32(header, 20, 1);
        out.write(header);
    }

    /**
     * Writes one frame.
     *
     * @param frame of the codec, with a timestamp not before the first one's
     * @throws IOException when writing fails
     * @throws IllegalArgumentException when it is of another codec
     */
    public void write(EncodedFrame frame) throws IOException {
        if (!frame.codec().is(codec.mimeType())) {
            throw new IllegalArgumentException(frame + " into a file of " + codec.mimeType());
        }
        if (first < 0) {
            first = frame.timestamp();
        }
        LittleEndian.put32(frameHeader, 0, frame.bytes().length);
        LittleEndian.put64(frameHeader, 4, Math.max(0, frame.timestamp() - first));
        out.write(frameHeader);
        out.write(frame.bytes());
        out.flush();
    }
}
