package org.webrtc4j.media;

import org.jspecify.annotations.Nullable;

/**
 * Finds key frames in payloads without putting frames together: what a forwarding server asks before it switches a receiver
 * to another stream. Not thread-safe; nothing is allocated by {@link #detect}.
 */
public final class KeyFrame {

    private final @Nullable Depacketizer format;
    private final boolean audio;

    private KeyFrame(@Nullable Depacketizer format, boolean audio) {
        this.format = format;
        this.audio = audio;
    }

    /**
     * Makes the detector of a codec.
     *
     * @param codec what the payloads carry
     * @return a detector; for video without a payload format here, one that finds nothing
     */
    public static KeyFrame of(CodecDescription codec) {
        return new KeyFrame(PayloadFormats.depacketizer(codec), codec.kind() == MediaKind.AUDIO);
    }

    /**
     * Tells whether a key frame begins with a payload: VP8, VP9 and AV1 by their descriptors (VP9: of the lowest spatial
     * layer), H264 by an SPS or by the first slice of an IDR picture, alone, in a STAP-A or in the first FU-A, H265
     * likewise by a VPS, an SPS or the first slice of an intra random access point. With separate packets for parameter sets
     * and slices it is true for the first and again for the slice.
     *
     * @param bytes the array, borrowed for the call
     * @param offset the first byte of the payload
     * @param length how many bytes
     * @return true when a decoder may begin here; always for audio
     */
    public boolean detect(byte[] bytes, int offset, int length) {
        return audio || (format != null && (format.inspect(bytes, offset, length) & Depacketizer.KEY) != 0);
    }
}
