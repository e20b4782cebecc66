package org.webrtc4j.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payloads kept for looking at, and short ways through packetizers and depacketizers. */
public final class Payloads implements PayloadSink {

    public static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");
    public static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    public static final CodecDescription H264 = CodecDescription.video("H264", "packetization-mode=1");

    public final List<byte[]> bytes = new ArrayList<>();
    public final List<Boolean> markers = new ArrayList<>();

    @Override
    public void payload(byte[] array, int offset, int length, boolean marker) {
        bytes.add(Arrays.copyOfRange(array, offset, offset + length));
        markers.add(marker);
    }

    public static Payloads of(Packetizer packetizer, EncodedFrame frame, int max) {
        Payloads payloads = new Payloads();
        if (!packetizer.packetize(frame, max, payloads)) {
            throw new AssertionError("Not sent: " + frame);
        }
        return payloads;
    }

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    public static int inspect(Depacketizer format, String payload) {
        // Within a larger array, so that no offset is forgotten.
        byte[] bytes = hex("ffff" + payload.replace(" ", "") + "ffff");
        return format.inspect(bytes, 2, bytes.length - 4);
    }

    public static @Nullable PayloadDrop add(Depacketizer format, String payload) {
        byte[] bytes = hex("ffff" + payload.replace(" ", "") + "ffff");
        return format.add(bytes, 2, bytes.length - 4);
    }

    public static boolean isKey(CodecDescription codec, String payload) {
        byte[] bytes = hex("ffff" + payload.replace(" ", "") + "ffff");
        return KeyFrame.of(codec).detect(bytes, 2, bytes.length - 4);
    }

    public static List<EncodedFrame> frames(Depacketizer format, List<byte[]> payloads, long timestamp) {
        format.begin();
        for (byte[] payload : payloads) {
            PayloadDrop bad = format.add(payload, 0, payload.length);
            if (bad != null) {
                throw new AssertionError(bad + " for " + HexFormat.of().formatHex(payload));
            }
        }
        List<EncodedFrame> frames = new ArrayList<>();
        PayloadDrop bad = format.end(timestamp, true, frames::add);
        if (bad != null) {
            throw new AssertionError(bad);
        }
        return frames;
    }

    public static EncodedFrame frame(Depacketizer format, String... payloads) {
        List<EncodedFrame> frames =
                frames(format, Arrays.stream(payloads).map(Payloads::hex).toList(), 0);
        if (frames.size() != 1) {
            throw new AssertionError(frames);
        }
        return frames.get(0);
    }
}
