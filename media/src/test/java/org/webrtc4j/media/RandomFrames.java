package org.webrtc4j.media;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Frames that are well-formed as far as payload formats look, of random content and size. */
public final class RandomFrames {

    private final CodecDescription codec;
    private final Random random;
    private final boolean delimited;
    private long timestamp;
    private boolean first = true;

    public RandomFrames(CodecDescription codec, Random random) {
        this.codec = codec;
        this.random = random;
        delimited = random.nextBoolean();
    }

    /** A codec as browsers negotiate it. */
    public static CodecDescription codec(String type) {
        return switch (type) {
            case "audio/opus" -> Payloads.OPUS;
            case "video/H264" -> Payloads.H264;
            case "audio/PCMU", "audio/PCMA" -> CodecDescription.audio(type.substring(6), 8_000, 1, "");
            case "audio/G722" -> CodecDescription.audio("G722", 8_000, 1, "");
            case "audio/L16" -> CodecDescription.audio("L16", 16_000, 2, "");
            default -> CodecDescription.video(type.substring(6), "");
        };
    }

    public EncodedFrame next() {
        boolean key = codec.kind() == MediaKind.AUDIO || first || random.nextInt(10) == 0;
        timestamp += codec.kind() == MediaKind.AUDIO ? 960 : 3_000;
        FrameLayers layers = FrameLayers.NONE;
        byte[] bytes;
        switch (codec.name()) {
            case "opus" -> {
                bytes = content(1 + random.nextInt(200));
                bytes[0] = (byte) (random.nextInt(32) << 3);
            }
            case "VP8" -> {
                bytes = content(1 + size());
                bytes[0] = (byte) ((bytes[0] & 0xfe) | (key ? 0 : 1));
                if (random.nextBoolean()) {
                    boolean top = !key && random.nextBoolean();
                    layers = new FrameLayers(0, top ? 1 + random.nextInt(3) : 0, top, random.nextBoolean(), true);
                }
            }
            case "H264" -> bytes = accessUnit(key);
            case "H265" -> bytes = pictureOfH265(key);
            case "VP9" -> bytes = content(1 + size());
            case "AV1" -> bytes = temporalUnit(key);
            case "PCMU", "PCMA", "G722", "L16" -> bytes = content(4 * (1 + random.nextInt(200)));
            default -> throw new IllegalArgumentException(codec.mimeType());
        }
        first = false;
        return new EncodedFrame(codec, key, timestamp, bytes, layers);
    }

    private byte[] accessUnit(boolean key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (delimited) {
            unit(out, 0x09, 0x10, 0);
        }
        if (key) {
            unit(out, 0x67, 0x42, 4 + random.nextInt(20));
            unit(out, 0x68, 0xce, random.nextInt(5));
        }
        int slices = 1 + random.nextInt(4);
        for (int i = 0; i < slices; i++) {
            unit(out, key ? 0x65 : 0x41, i == 0 ? 0x88 : 0x08, size());
        }
        return out.toByteArray();
    }

    private byte[] pictureOfH265(boolean key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (delimited) {
            out.writeBytes(new byte[] {0, 0, 0, 1, 0x46});
            out.writeBytes(new byte[] {0x01, 0x50});
        }
        if (key) {
            unit(out, 0x40, 0x01, 2 + random.nextInt(20));
            unit(out, 0x42, 0x01, 4 + random.nextInt(30));
            unit(out, 0x44, 0x01, 1 + random.nextInt(5));
        }
        int slices = 1 + random.nextInt(4);
        int type = key ? 16 + random.nextInt(6) : random.nextInt(10);
        int temporalId = key ? 1 : 1 + random.nextInt(3);
        for (int i = 0; i < slices; i++) {
            byte[] content = content(1 + size());
            for (int k = 0; k < content.length; k++) {
                content[k] |= 1;
            }
            content[0] = (byte) (i == 0 ? content[0] | 0x80 : content[0] & 0x7f);
            out.writeBytes(new byte[] {0, 0, 0, 1, (byte) (type << 1), (byte) temporalId});
            out.writeBytes(content);
        }
        return out.toByteArray();
    }

    private byte[] temporalUnit(boolean key) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (key) {
            obu(out, 0x0a, 5 + random.nextInt(10));
        }
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            obu(out, 0x32, random.nextInt(3) == 0 ? random.nextInt(4) : size());
        }
        return out.toByteArray();
    }

    private void obu(ByteArrayOutputStream out, int header, int length) {
        out.write(header);
        int rest = length;
        while (rest >= 0x80) {
            out.write(rest | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        out.writeBytes(content(length));
    }

    /** No zeros within, so that no start code is made by chance: encoders see to that by emulation prevention. */
    private void unit(ByteArrayOutputStream out, int header, int second, int length) {
        out.writeBytes(new byte[] {0, 0, 0, 1, (byte) header, (byte) second});
        byte[] content = content(length);
        for (int i = 0; i < length; i++) {
            content[i] |= 1;
        }
        out.writeBytes(content);
    }

    private int size() {
        return random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(1_500);
    }

    private byte[] content(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
