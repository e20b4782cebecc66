package org.webrtc4j.media;

import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.av1.Av1Depacketizer;
import org.webrtc4j.media.av1.Av1Packetizer;
import org.webrtc4j.media.bytes.SinglePayloadDepacketizer;
import org.webrtc4j.media.bytes.SinglePayloadPacketizer;
import org.webrtc4j.media.dtmf.TelephoneEvent;
import org.webrtc4j.media.h264.H264Depacketizer;
import org.webrtc4j.media.h264.H264Packetizer;
import org.webrtc4j.media.h265.H265Depacketizer;
import org.webrtc4j.media.h265.H265Packetizer;
import org.webrtc4j.media.opus.OpusToc;
import org.webrtc4j.media.red.RedDepacketizer;
import org.webrtc4j.media.red.RedPacketizer;
import org.webrtc4j.media.vp8.Vp8Depacketizer;
import org.webrtc4j.media.vp8.Vp8Packetizer;
import org.webrtc4j.media.vp9.Vp9Depacketizer;
import org.webrtc4j.media.vp9.Vp9Packetizer;

/** Finds the payload format of a codec. */
public final class PayloadFormats {

    /** What RED of 48 kHz carries between browsers. */
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");

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
            case "audio/pcmu", "audio/pcma", "audio/g722" -> new SinglePayloadPacketizer(frame -> frame.bytes().length);
            case "audio/l16" ->
                new SinglePayloadPacketizer(
                        frame -> frame.bytes().length / (2 * frame.codec().channels()));
            case "audio/cn", "audio/telephone-event" -> new SinglePayloadPacketizer(frame -> 0);
            case "audio/red" -> red(codec);
            case "video/vp9" -> new Vp9Packetizer(random.nextInt());
            case "video/av1" -> new Av1Packetizer();
            case "video/vp8" -> new Vp8Packetizer(random.nextInt(), random.nextInt());
            case "video/h264" -> new H264Packetizer(codec.number("packetization-mode", 0) == 1 ? 1 : 0);
            case "video/h265" -> new H265Packetizer();
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
            case "audio/pcmu", "audio/pcma", "audio/g722", "audio/cn" ->
                new SinglePayloadDepacketizer(codec, (bytes, offset, length) -> null);
            case "audio/l16" ->
                new SinglePayloadDepacketizer(
                        codec,
                        (bytes, offset, length) ->
                                length % (2 * codec.channels()) == 0 ? null : PayloadDrop.BAD_LENGTH);
            case "audio/telephone-event" ->
                new SinglePayloadDepacketizer(
                        codec,
                        (bytes, offset, length) -> length >= TelephoneEvent.BYTES ? null : PayloadDrop.TRUNCATED);
            case "audio/red" ->
                codec.clockRate() == OPUS.clockRate() ? new RedDepacketizer(OPUS, carriedBy(codec)) : null;
            case "video/vp9" -> new Vp9Depacketizer(codec);
            case "video/av1" -> new Av1Depacketizer(codec);
            case "video/vp8" -> new Vp8Depacketizer(codec);
            case "video/h264" -> new H264Depacketizer(codec);
            case "video/h265" -> new H265Depacketizer(codec);
            default -> null;
        };
    }

    /**
     * Makes the depacketizer of RED (RFC 2198), whose blocks are of another codec of the same stream.
     *
     * @param red what was agreed
     * @param carried the codec of the payload type that {@link #carriedBy} names
     * @return a new depacketizer, or null when it is no RED or the clocks differ
     */
    public static @Nullable Depacketizer depacketizer(CodecDescription red, CodecDescription carried) {
        boolean fits = red.is("audio/red") && red.clockRate() == carried.clockRate();
        return fits && !carried.is("audio/red") ? new RedDepacketizer(carried, carriedBy(red)) : null;
    }

    /**
     * Tells what RED carries.
     *
     * @param red with its parameter, {@code 111/111}
     * @return the first payload type that it names; -1 when it names none, or is no RED
     */
    public static int carriedBy(CodecDescription red) {
        return red.is("audio/red") ? redPrimary(red) : -1;
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

    /** As many blocks as its parameter has numbers, {@code 111/111}: each frame and one before it. */
    private static @Nullable Packetizer red(CodecDescription codec) {
        int primary = redPrimary(codec);
        if (primary < 0) {
            return null;
        }
        String carried = Objects.requireNonNull(codec.parameter(""));
        long slashes = carried.chars().filter(c -> c == '/').count();
        return new RedPacketizer(primary, (int) Math.max(1, Math.min(slashes, 8)));
    }

    private static int redPrimary(CodecDescription codec) {
        String carried = codec.parameter("");
        if (carried == null || carried.isEmpty() || carried.charAt(0) == '/') {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < carried.length() && carried.charAt(i) != '/'; i++) {
            int digit = carried.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > 127) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number <= 127 ? number : -1;
    }
}
