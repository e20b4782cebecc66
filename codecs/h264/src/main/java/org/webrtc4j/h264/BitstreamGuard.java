package org.webrtc4j.h264;

import java.nio.ByteBuffer;
import java.util.List;
import org.jcodec.codecs.h264.H264Utils;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.codec.VideoFrame;

/**
 * Reads the headers of a frame before JCodec does, which takes every number in them at its word: it makes room for as many
 * things as an identifier or a count says, and reads lists to an end that need not come. What ITU-T H.264 does not allow, or
 * JCodec does not decode, is refused.
 */
final class BitstreamGuard {

    private static final int SLICE = 1;
    private static final int IDR_SLICE = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;

    private static final int BASELINE = 66;
    private static final int MAIN = 77;
    private static final int HIGH = 100;

    /** Section 7.4.2.1. */
    private static final int MAX_SPS_ID = 31;

    private static final int MAX_PPS_ID = 255;
    private static final int MAX_FRAMES = 16;
    private static final int MAX_REFERENCES_MINUS_1 = 31;

    /** So many commands a picture of at most 32 reference fields can need. */
    private static final int MAX_LIST = 66;

    private static final int MAX_PICTURE_NUMBER = 1 << 17;

    /** Level 5.1 has no more macroblocks in a picture. */
    private static final int MAX_MACROBLOCKS = 36_864;

    private static final int MAX_SIDE_MACROBLOCKS = VideoFrame.MAX_SIDE / 16;

    /** What of an SPS is needed to read slices. */
    private record Sequence(
            int width, int height, int frameNumberBits, int orderType, int orderBits, boolean orderDeltaZero) {}

    /** What of a PPS is needed to read slices. */
    private record PictureRules(
            int sps,
            boolean orderPresent,
            int references0,
            int references1,
            boolean weighted,
            int weightedB,
            boolean redundant) {}

    private final @Nullable Sequence[] sequences = new Sequence[MAX_SPS_ID + 1];
    private final @Nullable PictureRules[] pictures = new PictureRules[MAX_PPS_ID + 1];
    private int macroblocks;

    /** Returns how many macroblocks the last frame had that was allowed. */
    int macroblocks() {
        return macroblocks;
    }

    /** Tells whether a frame may be decoded: it has slices, and nothing in its headers is out of bounds. */
    boolean allows(List<ByteBuffer> units) {
        boolean slices = false;
        for (ByteBuffer unit : units) {
            if (!unit.hasRemaining()) {
                return false; // JCodec reads its header byte
            }
            int header = unit.get(unit.position());
            RawBits bits = bits(unit);
            switch (header & 0x1f) {
                case SPS -> sequence(bits);
                case PPS -> picture(bits);
                case SLICE, IDR_SLICE -> {
                    slice(bits, (header & 0x1f) == IDR_SLICE, (header & 0x60) != 0);
                    slices = true;
                }
                default -> {}
            }
            if (bits.failed()) {
                return false;
            }
        }
        return slices;
    }

    private static RawBits bits(ByteBuffer unit) {
        byte[] copy = new byte[unit.remaining() - 1];
        unit.get(unit.position() + 1, copy);
        ByteBuffer raw = ByteBuffer.wrap(copy);
        H264Utils.unescapeNAL(raw);
        return new RawBits(copy, raw.limit());
    }

    /** Section 7.3.2.1.1. */
    private void sequence(RawBits bits) {
        int profile = bits.bits(8);
        bits.bits(16); // constraints, level
        int id = bits.unsigned(MAX_SPS_ID);
        if (profile == HIGH) {
            if (bits.unsigned(3) != 1 || bits.unsigned(6) != 0 || bits.unsigned(6) != 0) {
                bits.fail(); // 4:2:0 in 8 bits
            }
            bits.flag();
            if (bits.flag()) {
                scalingLists(bits, 8);
            }
        } else if (profile != BASELINE && profile != MAIN) {
            bits.fail();
        }
        int frameNumberBits = bits.unsigned(12) + 4;
        int orderType = bits.unsigned(2);
        int orderBits = 0;
        boolean orderDeltaZero = false;
        if (orderType == 0) {
            orderBits = bits.unsigned(12) + 4;
        } else if (orderType == 1) {
            orderDeltaZero = bits.flag();
            bits.signed();
            bits.signed();
            for (int left = bits.unsigned(255); left > 0; left--) {
                bits.signed();
            }
        }
        bits.unsigned(MAX_FRAMES);
        bits.flag();
        int width = bits.unsigned(MAX_SIDE_MACROBLOCKS - 1) + 1;
        int height = bits.unsigned(MAX_SIDE_MACROBLOCKS - 1) + 1;
        if (width * height > MAX_MACROBLOCKS || !bits.flag()) {
            bits.fail(); // frames only
        }
        bits.flag();
        if (bits.flag()) {
            crop(bits, width, height);
        }
        if (bits.flag()) {
            usability(bits);
        }
        if (!bits.failed()) {
            sequences[id] = new Sequence(width, height, frameNumberBits, orderType, orderBits, orderDeltaZero);
        }
    }

    /** In units of two samples: something is to be left. */
    private static void crop(RawBits bits, int width, int height) {
        int across = bits.unsigned(width * 8) + bits.unsigned(width * 8);
        int down = bits.unsigned(height * 8) + bits.unsigned(height * 8);
        if (across >= width * 8 || down >= height * 8) {
            bits.fail();
        }
    }

    /** Section 7.3.2.1.1.1. */
    private static void scalingLists(RawBits bits, int lists) {
        for (int i = 0; i < lists; i++) {
            if (bits.flag()) {
                int last = 8;
                int next = 8;
                for (int j = 0; j < (i < 6 ? 16 : 64) && next != 0; j++) {
                    next = (last + bits.signed()) & 0xff;
                    last = next == 0 ? last : next;
                }
            }
        }
    }

    /** Annex E.1.1, as far as something is counted in it. */
    private static void usability(RawBits bits) {
        if (bits.flag() && bits.bits(8) == 255) {
            bits.bits(32);
        }
        if (bits.flag()) {
            bits.flag();
        }
        if (bits.flag()) {
            bits.bits(4);
            if (bits.flag()) {
                bits.bits(24);
            }
        }
        if (bits.flag()) {
            bits.unsigned(5);
            bits.unsigned(5);
        }
        if (bits.flag()) {
            bits.bits(32);
            bits.bits(32);
            bits.flag();
        }
        for (int i = 0; i < 2; i++) {
            if (bits.flag()) {
                buffering(bits);
            }
        }
    }

    /** Annex E.1.2. */
    private static void buffering(RawBits bits) {
        int count = bits.unsigned(31) + 1;
        bits.bits(8);
        for (int i = 0; i < count; i++) {
            bits.unsigned(Integer.MAX_VALUE);
            bits.unsigned(Integer.MAX_VALUE);
            bits.flag();
        }
        bits.bits(20);
    }

    /** Section 7.3.2.2; its end, which begins with a guess whether there is more, has nothing that is counted. */
    private void picture(RawBits bits) {
        int id = bits.unsigned(MAX_PPS_ID);
        int sps = bits.unsigned(MAX_SPS_ID);
        bits.flag();
        boolean orderPresent = bits.flag();
        bits.unsigned(0); // slice groups
        int references0 = bits.unsigned(MAX_REFERENCES_MINUS_1);
        int references1 = bits.unsigned(MAX_REFERENCES_MINUS_1);
        boolean weighted = bits.flag();
        int weightedB = bits.bits(2);
        bits.signed();
        bits.signed();
        bits.signed();
        bits.bits(2);
        boolean redundant = bits.flag();
        if (!bits.failed()) {
            pictures[id] =
                    new PictureRules(sps, orderPresent, references0, references1, weighted, weightedB, redundant);
        }
    }

    /** Section 7.3.3. */
    private void slice(RawBits bits, boolean idr, boolean referred) {
        int first = bits.unsigned(MAX_MACROBLOCKS);
        int type = bits.unsigned(9) % 5;
        PictureRules rules = pictures[bits.unsigned(MAX_PPS_ID)];
        Sequence sequence = rules == null ? null : sequences[rules.sps()];
        if (rules == null || sequence == null || first >= sequence.width() * sequence.height()) {
            bits.fail();
            return;
        }
        boolean b = type == 1;
        boolean inter = type == 0 || type == 3 || b;
        bits.bits(sequence.frameNumberBits());
        if (idr) {
            bits.unsigned(65_535);
        }
        if (sequence.orderType() == 0) {
            bits.bits(sequence.orderBits());
        }
        boolean deltas = sequence.orderType() == 1 && !sequence.orderDeltaZero();
        if (deltas) {
            bits.signed();
        }
        if (rules.orderPresent() && (deltas || sequence.orderType() == 0)) {
            bits.signed();
        }
        if (rules.redundant()) {
            bits.unsigned(127);
        }
        if (b) {
            bits.flag();
        }
        int references0 = rules.references0();
        int references1 = rules.references1();
        if (inter && bits.flag()) {
            references0 = bits.unsigned(MAX_REFERENCES_MINUS_1);
            references1 = b ? bits.unsigned(MAX_REFERENCES_MINUS_1) : references1;
        }
        if (inter) {
            reordering(bits);
        }
        if (b) {
            reordering(bits);
        }
        if (b ? rules.weightedB() == 1 : inter && rules.weighted()) {
            bits.unsigned(7);
            bits.unsigned(7);
            weights(bits, references0);
            if (b) {
                weights(bits, references1);
            }
        }
        if (referred) {
            marking(bits, idr);
        }
        macroblocks = sequence.width() * sequence.height();
    }

    /** Section 7.3.3.1. */
    private static void reordering(RawBits bits) {
        if (!bits.flag()) {
            return;
        }
        int entries = 0;
        while (!bits.failed() && bits.unsigned(3) != 3) {
            bits.unsigned(MAX_PICTURE_NUMBER);
            count(bits, ++entries);
        }
    }

    /** Section 7.3.3.2. */
    private static void weights(RawBits bits, int lastReference) {
        for (int i = 0; i <= lastReference; i++) {
            if (bits.flag()) {
                bits.signed();
                bits.signed();
            }
            if (bits.flag()) {
                for (int j = 0; j < 4; j++) {
                    bits.signed();
                }
            }
        }
    }

    /** Section 7.3.3.3. */
    private static void marking(RawBits bits, boolean idr) {
        if (idr) {
            bits.bits(2);
            return;
        }
        if (!bits.flag()) {
            return;
        }
        int entries = 0;
        for (int command = bits.unsigned(6); command != 0; command = bits.unsigned(6)) {
            if (command == 1 || command == 3) {
                bits.unsigned(MAX_PICTURE_NUMBER);
            }
            if (command != 1 && command != 5) {
                bits.unsigned(MAX_FRAMES);
            }
            count(bits, ++entries);
        }
    }

    private static void count(RawBits bits, int entries) {
        if (entries > MAX_LIST) {
            bits.fail();
        }
    }
}
