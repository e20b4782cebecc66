package org.webrtc4j.media.audio;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.opus.OpusToc;

/** Silence in place of sound, of the same codec and as long: what a track that is switched off gives. No encoder is needed. */
public final class SilentFrames {

    private static final byte MU_LAW_ZERO = (byte) 0xff;
    private static final byte A_LAW_ZERO = (byte) 0xd5;

    /** CELT for the full band; the size of its frames stands in the bits below (RFC 6716 table 2). */
    private static final int FULL_BAND_CELT = 28;

    private static final int LARGEST_CELT = 960;
    private static final int STEREO = 4;

    /** The smallest steps of both bands, up and down in turn, of which the lower band's adapt nothing: all dies away. */
    private static final byte G722_UP = (byte) 0xfd;

    private static final byte G722_DOWN = 0x7f;

    private SilentFrames() {}

    /**
     * Makes the silence that takes the place of a frame.
     *
     * @param frame a packet of sound
     * @return silence with its timestamp and its length; null of a codec of which no silence is known
     */
    public static @Nullable EncodedFrame inPlaceOf(EncodedFrame frame) {
        byte[] bytes =
                switch (frame.codec().mimeType().toLowerCase(Locale.ROOT)) {
                    case "audio/opus" -> opus(frame.bytes());
                    case "audio/pcmu" -> filled(frame.bytes().length, MU_LAW_ZERO);
                    case "audio/pcma" -> filled(frame.bytes().length, A_LAW_ZERO);
                    case "audio/g722" -> g722(frame.bytes().length);
                    case "audio/l16" -> filled(frame.bytes().length, (byte) 0);
                    default -> null;
                };
        return bytes == null ? null : EncodedFrame.audio(frame.codec(), frame.timestamp(), bytes);
    }

    /**
     * CELT frames of two bytes that hold nothing but the flag for silence (RFC 6716 section 4.3): 1 in the range coder is a
     * first byte of ones. A frame of one byte would be taken for a lost one.
     */
    private static byte @Nullable [] opus(byte[] packet) {
        int samples = OpusToc.samples(packet, 0, packet.length);
        if (samples == 0) {
            return null;
        }
        int size = LARGEST_CELT;
        int config = FULL_BAND_CELT + 3;
        while (samples % size != 0) {
            size /= 2;
            config--;
        }
        int frames = samples / size;
        int toc = config << 3 | (OpusToc.channels(packet[0]) == 2 ? STEREO : 0);
        byte[] silence = new byte[frames == 1 ? 3 : 2 + 2 * frames];
        int at = 0;
        if (frames == 1) {
            silence[at++] = (byte) toc;
        } else {
            // Code 3: any number of frames of the same size (section 3.2.5).
            silence[at++] = (byte) (toc | 3);
            silence[at++] = (byte) frames;
        }
        while (at < silence.length) {
            silence[at++] = (byte) 0xff;
            silence[at++] = (byte) 0xfe;
        }
        return silence;
    }

    private static byte[] g722(int length) {
        byte[] bytes = filled(length, G722_UP);
        for (int i = 1; i < length; i += 2) {
            bytes[i] = G722_DOWN;
        }
        return bytes;
    }

    private static byte[] filled(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
