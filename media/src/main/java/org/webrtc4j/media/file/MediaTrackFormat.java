package org.webrtc4j.media.file;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.MediaKind;
import org.webrtc4j.media.VideoBitstream;

/** What a container says of one track before its first frame. Immutable. */
public final class MediaTrackFormat {

    private final CodecDescription codec;
    private final int width;
    private final int height;
    private final byte[] configuration;

    MediaTrackFormat(CodecDescription codec, int width, int height, byte[] configuration) {
        this.codec = codec;
        this.width = width;
        this.height = height;
        this.configuration = configuration;
    }

    /**
     * Describes sound.
     *
     * @param codec opus
     * @return the format of a track
     * @throws IllegalArgumentException for another codec
     */
    public static MediaTrackFormat audio(CodecDescription codec) {
        if (!codec.is("audio/opus")) {
            throw new IllegalArgumentException("No track of " + codec.mimeType());
        }
        return new MediaTrackFormat(codec, 0, 0, CodecSetup.opusHead(codec.channels() == 1 ? 1 : 2));
    }

    /**
     * Describes pictures by the first of them.
     *
     * @param first a key frame of VP8, VP9, AV1 or H264
     * @return the format of a track; null when the frame does not tell its size, so that no file can begin with it
     */
    public static @Nullable MediaTrackFormat video(EncodedFrame first) {
        VideoBitstream.Size size = VideoBitstream.size(first.codec(), first.bytes());
        byte[] configuration = size == null ? null : CodecSetup.of(first);
        return size == null || configuration == null
                ? null
                : new MediaTrackFormat(first.codec(), size.width(), size.height(), configuration);
    }

    /**
     * Returns the kind of the track.
     *
     * @return audio or video
     */
    public MediaKind kind() {
        return codec.kind();
    }

    /**
     * Returns the codec.
     *
     * @return with the parameters that the container tells
     */
    public CodecDescription codec() {
        return codec;
    }

    /**
     * Returns the width of the first pictures; later ones may have another.
     *
     * @return pixels; 0 for sound
     */
    public int width() {
        return width;
    }

    /**
     * Returns the height of the first pictures; later ones may have another.
     *
     * @return pixels; 0 for sound
     */
    public int height() {
        return height;
    }

    /** What a decoder is told beforehand, in the form that containers share: OpusHead, avcC, av1C; shared, not to be changed. */
    byte[] configuration() {
        return configuration;
    }

    /** Returns codec and size. */
    @Override
    public String toString() {
        return width == 0 ? codec.mimeType() : codec.mimeType() + " " + width + "x" + height;
    }
}
