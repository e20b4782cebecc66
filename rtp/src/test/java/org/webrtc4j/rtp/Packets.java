package org.webrtc4j.rtp;

import java.util.HexFormat;
import org.webrtc4j.common.ByteWriter;

/** RTP packets put together by hand. */
public final class Packets {

    private Packets() {}

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    public static byte[] rtp(int payloadType, int sequence, long timestamp, long ssrc, int payload) {
        return rtp(payloadType, false, sequence, timestamp, ssrc, null, new byte[payload]);
    }

    /** With an extension block of any profile, whose length is a multiple of four. */
    public static byte[] rtp(
            int payloadType,
            boolean marker,
            int sequence,
            long timestamp,
            long ssrc,
            @org.jspecify.annotations.Nullable Extension extension,
            byte[] payload) {
        ByteWriter writer = new ByteWriter(70_000);
        writer.u8(extension == null ? 0x80 : 0x90);
        writer.u8(payloadType | (marker ? 0x80 : 0));
        writer.u16(sequence).i32((int) timestamp).i32((int) ssrc);
        if (extension != null) {
            writer.u16(extension.profile).u16(extension.bytes.length / 4).bytes(extension.bytes);
        }
        writer.bytes(payload);
        byte[] packet = new byte[writer.size()];
        writer.toByteBuffer().get(packet);
        return packet;
    }

    /** The bytes of a header extension. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Extension(int profile, byte[] bytes) {

        public static Extension oneByte(String hex) {
            return new Extension(0xbede, hex(hex));
        }

        public static Extension twoByte(String hex) {
            return new Extension(0x1000, hex(hex));
        }
    }
}
