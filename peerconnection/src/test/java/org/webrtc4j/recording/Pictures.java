package org.webrtc4j.recording;

import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.EncodedFrame;

/** Frames as containers look at them: pictures of VP8 with 64 x 36 pixels, silence of Opus with 20 ms. */
public final class Pictures {

    private static final CodecDescription VP8 = CodecDescription.video("VP8", "");
    private static final CodecDescription OPUS = CodecDescription.audio("opus", 48_000, 2, "");

    private Pictures() {}

    public static EncodedFrame picture(int number, boolean key, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) (key ? 0x10 : 0x11);
        bytes[3] = (byte) 0x9d;
        bytes[4] = 0x01;
        bytes[5] = 0x2a;
        bytes[6] = 64;
        bytes[8] = 36;
        bytes[12] = (byte) number;
        bytes[13] = (byte) (number >> 8);
        return EncodedFrame.video(VP8, key, number * 3_000L, bytes);
    }

    public static int number(EncodedFrame picture) {
        return (picture.bytes()[12] & 0xff) | (picture.bytes()[13] & 0xff) << 8;
    }

    public static EncodedFrame sound(long number) {
        return EncodedFrame.audio(OPUS, number * 960, new byte[] {(byte) 0xf8, (byte) 0xff, (byte) 0xfe});
    }
}
