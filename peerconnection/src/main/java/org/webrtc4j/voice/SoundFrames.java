package org.webrtc4j.voice;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.Depacketizer;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.FrameSink;
import org.webrtc4j.media.PayloadFormats;
import org.webrtc4j.rtp.RtpPacket;

/**
 * The frames of packets of sound in whatever order they come: one of each, and of RED (RFC 2198) also those earlier ones that
 * have not come by themselves. Confined to the loop.
 */
final class SoundFrames {

    /** Frames that are remembered as taken; what RED repeats is from a few packets before. */
    private static final int REMEMBERED = 64;

    private final IntFunction<@Nullable CodecDescription> formats;
    private final long[] taken = new long[REMEMBERED];
    private int next;

    private @Nullable Depacketizer red;
    private @Nullable CodecDescription redCodec;
    private @Nullable CodecDescription carried;

    SoundFrames(IntFunction<@Nullable CodecDescription> formats) {
        this.formats = formats;
        Arrays.fill(taken, Long.MIN_VALUE);
    }

    /** Takes the frames out of a packet, the oldest first. */
    void take(RtpPacket packet, FrameSink out) {
        CodecDescription codec = formats.apply(packet.payloadType());
        if (codec == null || packet.payloadLength() == 0) {
            return;
        }
        int type = PayloadFormats.carriedBy(codec);
        CodecDescription blocks = type < 0 ? null : formats.apply(type);
        Depacketizer unpacking = blocks == null ? null : red(codec, blocks);
        int offset = packet.payloadOffset();
        int length = packet.payloadLength();
        long timestamp = packet.unwrappedTimestamp();
        if (unpacking == null) {
            byte[] bytes = Arrays.copyOfRange(packet.array(), offset, offset + length);
            takeOnce(EncodedFrame.audio(codec, timestamp, bytes), out);
            return;
        }
        unpacking.begin();
        if (unpacking.add(packet.array(), offset, length) == null) {
            unpacking.end(timestamp, true, frame -> takeOnce(frame, out));
        }
    }

    private @Nullable Depacketizer red(CodecDescription codec, CodecDescription blocks) {
        if (!codec.equals(redCodec) || !blocks.equals(carried)) {
            redCodec = codec;
            carried = blocks;
            red = PayloadFormats.depacketizer(codec, blocks);
        }
        return red;
    }

    private void takeOnce(EncodedFrame frame, FrameSink out) {
        for (long each : taken) {
            if (each == frame.timestamp()) {
                return;
            }
        }
        taken[next] = frame.timestamp();
        next = (next + 1) % REMEMBERED;
        out.frame(frame);
    }

    /** Another stream begins. */
    void clear() {
        Arrays.fill(taken, Long.MIN_VALUE);
    }
}
