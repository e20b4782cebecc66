package org.webrtc4j.media.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.EncodedFrame;
import org.webrtc4j.media.av1.SequenceHeader;
import org.webrtc4j.media.h264.AnnexB;

/** What containers tell a decoder before the first frame, and the form that frames have in them. */
final class CodecSetup {

    private static final int OPUS_HEAD_BYTES = 19;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int ACCESS_UNIT_DELIMITER = 9;
    private static final int MAX_SETS = 31;
    private static final byte[] NOTHING = {};

    private CodecSetup() {}

    /** RFC 7845 section 5.1, without pre-skip: what comes live has no beginning to be skipped. */
    static byte[] opusHead(int channels) {
        byte[] head = new byte[OPUS_HEAD_BYTES];
        System.arraycopy("OpusHead".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 8);
        head[8] = 1;
        head[9] = (byte) channels;
        LittleEndian.put32(head, 12, 48_000);
        return head;
    }

    /** The configuration of a stream that begins with a key frame; null when it does not begin as it should. */
    static byte @Nullable [] of(EncodedFrame key) {
        return switch (key.codec().name().toUpperCase(java.util.Locale.ROOT)) {
            case "H264" -> avcC(key.bytes());
            case "AV1" -> av1C(key.bytes());
            case "VP8", "VP9" -> NOTHING;
            default -> null;
        };
    }

    /** AVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 5.3.3.1. */
    private static byte @Nullable [] avcC(byte[] bytes) {
        ByteArrayOutputStream sps = new ByteArrayOutputStream();
        ByteArrayOutputStream pps = new ByteArrayOutputStream();
        int spsCount = 0;
        int ppsCount = 0;
        int profile = -1;
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            if (units.type() == SPS && units.length() >= 4 && units.length() < 1 << 16 && spsCount < MAX_SETS) {
                if (profile < 0) {
                    profile = units.offset();
                }
                spsCount++;
                putSet(sps, bytes, units);
            } else if (units.type() == PPS && units.length() < 1 << 16 && ppsCount < MAX_SETS) {
                ppsCount++;
                putSet(pps, bytes, units);
            }
        }
        if (spsCount == 0 || ppsCount == 0) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(bytes, profile + 1, 3);
        out.write(0xff);
        out.write(0xe0 | spsCount);
        out.writeBytes(sps.toByteArray());
        out.write(ppsCount);
        out.writeBytes(pps.toByteArray());
        int idc = bytes[profile + 1] & 0xff;
        if (idc == 100 || idc == 110 || idc == 122 || idc == 144) {
            // chroma_format 4:2:0, eight bits each, no extensions: what WebRTC carries.
            out.writeBytes(new byte[] {(byte) 0xfd, (byte) 0xf8, (byte) 0xf8, 0});
        }
        return out.toByteArray();
    }

    private static void putSet(ByteArrayOutputStream out, byte[] bytes, AnnexB unit) {
        out.write(unit.length() >> 8);
        out.write(unit.length());
        out.write(bytes, unit.offset(), unit.length());
    }

    /** AV1CodecConfigurationRecord, "AV1 Codec ISO Media File Format Binding" section 2.3.3. */
    private static byte @Nullable [] av1C(byte[] bytes) {
        SequenceHeader header = SequenceHeader.find(bytes);
        if (header == null) {
            return null;
        }
        byte[] unit = header.unit();
        byte[] record = new byte[4 + unit.length];
        record[0] = (byte) 0x81;
        record[1] = (byte) (header.profile() << 5 | header.level());
        record[2] = (byte) (header.tier() << 7 | header.colourBits());
        System.arraycopy(unit, 0, record, 4, unit.length);
        return record;
    }

    /** Frames of H264 are NAL units behind their lengths in containers; others are as they are. */
    static byte[] toFile(EncodedFrame frame) {
        byte[] bytes = frame.bytes();
        if (!frame.codec().is("video/H264")) {
            return bytes;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 16);
        AnnexB units = new AnnexB(bytes);
        while (units.advance()) {
            int length = units.length();
            out.write(length >>> 24);
            out.write(length >>> 16);
            out.write(length >>> 8);
            out.write(length);
            out.write(bytes, units.offset(), length);
        }
        return out.toByteArray();
    }

    /** The parameter sets of an avcC behind start codes, and how long the lengths of its units are; null when it is none. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Avc(byte[] sets, int lengthBytes) {

        static @Nullable Avc of(byte[] record) {
            if (record.length < 7 || record[0] != 1) {
                return null;
            }
            ByteArrayOutputStream sets = new ByteArrayOutputStream();
            int at = 5;
            for (int pass = 0; pass < 2; pass++) {
                if (at >= record.length) {
                    return null;
                }
                int count = pass == 0 ? record[at++] & 0x1f : record[at++] & 0xff;
                for (int i = 0; i < count; i++) {
                    int length = at + 2 > record.length ? -1 : (record[at] & 0xff) << 8 | (record[at + 1] & 0xff);
                    if (length < 0 || length > record.length - at - 2) {
                        return null;
                    }
                    startCode(sets);
                    sets.write(record, at + 2, length);
                    at += 2 + length;
                }
            }
            return new Avc(sets.toByteArray(), (record[4] & 3) + 1);
        }

        /** The units behind start codes, before a key frame the parameter sets unless it has its own; null when cut off. */
        byte @Nullable [] toFrame(byte[] bytes, int offset, int end) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(end - offset + 64);
            boolean hasSets = false;
            boolean key = false;
            int at = offset;
            while (at < end) {
                if (end - at < lengthBytes) {
                    return null;
                }
                long length = 0;
                for (int i = 0; i < lengthBytes; i++) {
                    length = length << 8 | (bytes[at++] & 0xff);
                }
                if (length > end - at) {
                    return null;
                }
                int type = length == 0 ? ACCESS_UNIT_DELIMITER : bytes[at] & 0x1f;
                if (type != ACCESS_UNIT_DELIMITER) {
                    hasSets |= type == SPS;
                    key |= type == 5;
                    startCode(out);
                    out.write(bytes, at, (int) length);
                }
                at += (int) length;
            }
            if (!key || hasSets) {
                return out.toByteArray();
            }
            ByteArrayOutputStream whole = new ByteArrayOutputStream(sets.length + out.size());
            whole.writeBytes(sets);
            whole.writeBytes(out.toByteArray());
            return whole.toByteArray();
        }

        private static void startCode(ByteArrayOutputStream out) {
            out.write(0);
            out.write(0);
            out.write(0);
            out.write(1);
        }
    }
}
