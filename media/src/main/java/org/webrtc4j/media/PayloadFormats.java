package org.webrtc4j.media;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.bytes.SinglePayloadDepacketizer;
import org.webrtc4j.media.bytes.SinglePayloadPacketizer;
import org.webrtc4j.media.h264.H264Depacketizer;
import org.webrtc4j.media.h264.H264Packetizer;
import org.webrtc4j.media.opus.OpusToc;
import org.webrtc4j.media.vp8.Vp8Depacketizer;
import org.webrtc4j.media.vp8.Vp8Packetizer;

/** Finds the payload format of a codec. */
public final class PayloadFormats {

    private PayloadFormats() {}

    /**
     * Makes the packetizer of an outgoing stream.
     *
     * @param codec what the other side agreed to receive
     * @param random for the numbers that begin anywhere, such as picture ids
     * @return a new packetizer, or null when the codec has no payload format here (rtx, ulpfec: not codecs of frames)
     */
    public static @Nullable Packetizer packetizer(CodecDescription codec, RandomGenerator random) {
        return switch (codec.mimeType().toLowerCase(Locale.ROOT)) {
            case "audio/opus" ->
                new SinglePayloadPacketizer(frame -> OpusToc.samples(frame.bytes(), 0, frame.bytes().length));
            case "video/vp8" -> new Vp8Packetizer(random.nextInt(), random.nextInt());
            case "video/h264" -> new H264Packetizer(codec.number("packetization-mode", 0) == 1 ? 1 : 0);
            default -> null;
        };
    }

    /**
     * Makes the depacketizer of one payload type of an incoming stream.
     *
     * @param codec what was agreed
     * @return a new depacketizer, or null when the codec has no payload format here
     */
    public static @Nullable Depacketizer depacketizer(CodecDescription codec) {
        return switch (codec.mimeType().toLowerCase(Locale.ROOT)) {
            case "audio/opus" -> new SinglePayloadDepacketizer(codec, OpusToc::check);
            case "video/vp8" -> new Vp8Depacketizer(codec);
            case "video/h264" -> new H264Depacketizer(codec);
            default -> null;
        };
    }

    /**
     * Tells whether frames of a codec can be carried.
     *
     * @param codec any
     * @return true when it has a payload format here
     */
    public static boolean supports(CodecDescription codec) {
        return depacketizer(codec) != null;
    }
}
