package org.webrtc4j.media.file;

import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;

/**
 * A track as a Matroska file describes it (RFC 9559 section 5.1.4.1).
 *
 * @param number by which blocks name it
 * @param format what it holds
 * @param avc how the frames of H264 lie in it; null for other codecs
 * @param frameNanos how long a frame lasts where the file says so; else 0
 */
record MatroskaTrack(long number, MediaTrackFormat format, CodecSetup.@Nullable Avc avc, long frameNanos) {

    private static final int OPUS_HEAD_BYTES = 19;

    /** Reads a TrackEntry; null for what is not known here. */
    static @Nullable MatroskaTrack of(EbmlElements entry) {
        long number = 0;
        long frameNanos = 0;
        String codec = "";
        byte[] configuration = {};
        long width = 0;
        long height = 0;
        long channels = 1;
        while (entry.advance()) {
            switch (entry.id()) {
                case Ebml.TRACK_NUMBER -> number = entry.number();
                case Ebml.CODEC_ID -> codec = entry.text();
                case Ebml.CODEC_PRIVATE -> configuration = entry.content();
                case Ebml.DEFAULT_DURATION -> frameNanos = entry.number();
                case Ebml.CONTENT_ENCODINGS -> {
                    // Compressed or encrypted.
                    return null;
                }
                case Ebml.VIDEO -> {
                    EbmlElements video = entry.children();
                    while (video.advance()) {
                        width = video.id() == Ebml.PIXEL_WIDTH ? video.number() : width;
                        height = video.id() == Ebml.PIXEL_HEIGHT ? video.number() : height;
                    }
                }
                case Ebml.AUDIO -> {
                    EbmlElements audio = entry.children();
                    while (audio.advance()) {
                        channels = audio.id() == Ebml.CHANNELS ? audio.number() : channels;
                    }
                }
                default -> {
                    // Names, languages, colours.
                }
            }
        }
        CodecDescription description = codec(codec, channels);
        if (codec.equals("A_OPUS") && configuration.length < OPUS_HEAD_BYTES) {
            configuration = CodecSetup.opusHead(channels == 1 ? 1 : 2);
        }
        CodecSetup.Avc avc = codec.equals("V_MPEG4/ISO/AVC") ? CodecSetup.Avc.of(configuration) : null;
        if (description == null || (avc == null && description.is("video/H264"))) {
            return null;
        }
        if (number <= 0 || width < 0 || width > 0xffff || height < 0 || height > 0xffff) {
            return null;
        }
        return new MatroskaTrack(
                number,
                new MediaTrackFormat(description, (int) width, (int) height, configuration),
                avc,
                frameNanos < 0 || frameNanos > 10_000_000_000L ? 0 : frameNanos);
    }

    private static @Nullable CodecDescription codec(String id, long channels) {
        return switch (id) {
            case "V_VP8" -> CodecDescription.video("VP8", "");
            case "V_VP9" -> CodecDescription.video("VP9", "");
            case "V_AV1" -> CodecDescription.video("AV1", "");
            case "V_MPEG4/ISO/AVC" -> CodecDescription.video("H264", "packetization-mode=1");
            case "A_OPUS" ->
                channels == 1 || channels == 2
                        ? CodecDescription.audio("opus", 48_000, 2, channels == 2 ? "sprop-stereo=1" : "")
                        : null;
            default -> null;
        };
    }
}
