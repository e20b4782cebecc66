package org.webrtc4j.media.capability;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The {@code profile-level-id} of H.264 (RFC 6184 section 8.1): profile_idc, profile-iop and level_idc, read for what they
 * mean. Several values mean one profile: 42e0, 4d80 and 58c0 are all Constrained Baseline (table 5).
 *
 * @param profile what a decoder must know
 * @param level how much it must manage: ten times the number of the level, and {@link #LEVEL_1B} between 10 and 11
 */
public record H264ProfileLevelId(Profile profile, int level) {

    /** Level 1b stands for itself: it is above 1 and below 1.1. */
    public static final int LEVEL_1B = 9;

    /** What is meant when the parameter is absent: Baseline at level 1 (RFC 6184 section 8.1). */
    public static final H264ProfileLevelId ABSENT = new H264ProfileLevelId(Profile.BASELINE, 10);

    /** Profiles that are told apart in negotiation. */
    public enum Profile {
        /** What every WebRTC endpoint with H.264 knows (RFC 7742 section 6.2). */
        CONSTRAINED_BASELINE(0x42, 0xe0),
        /** With flexible macroblock order and redundant slices. */
        BASELINE(0x42, 0x00),
        /** With B slices and CABAC. */
        MAIN(0x4d, 0x00),
        /** With both, for fields and frames. */
        EXTENDED(0x58, 0x00),
        /** High without fields and B slices. */
        CONSTRAINED_HIGH(0x64, 0x0c),
        /** With the 8x8 transform. */
        HIGH(0x64, 0x00),
        /** Without subsampling of colour. */
        PREDICTIVE_HIGH_444(0xf4, 0x00);

        private final int idc;
        private final int iop;

        Profile(int idc, int iop) {
            this.idc = idc;
            this.iop = iop;
        }

        /** Whether level 1b is written as level 1.1 with constraint_set3_flag (H.264 section 7.4.2.1.1). */
        private boolean hasFlagFor1b() {
            return idc == 0x42 || idc == 0x4d || idc == 0x58;
        }
    }

    /** profile_idc, the bits of profile-iop that count, what they are, the profile: RFC 6184 table 5. */
    private record Pattern(int idc, int mask, int bits, Profile profile) {}

    private static final Pattern[] PATTERNS = {
        new Pattern(0x42, 0b0100_1111, 0b0100_0000, Profile.CONSTRAINED_BASELINE),
        new Pattern(0x4d, 0b1000_1111, 0b1000_0000, Profile.CONSTRAINED_BASELINE),
        new Pattern(0x58, 0b1100_1111, 0b1100_0000, Profile.CONSTRAINED_BASELINE),
        new Pattern(0x42, 0b0100_1111, 0b0000_0000, Profile.BASELINE),
        new Pattern(0x58, 0b1100_1111, 0b1000_0000, Profile.BASELINE),
        new Pattern(0x4d, 0b1010_1111, 0b0000_0000, Profile.MAIN),
        new Pattern(0x58, 0b1000_1111, 0b0000_0000, Profile.EXTENDED),
        new Pattern(0x64, 0b1111_1111, 0b0000_0000, Profile.HIGH),
        new Pattern(0x64, 0b1111_1111, 0b0000_1100, Profile.CONSTRAINED_HIGH),
        new Pattern(0xf4, 0b1111_1111, 0b0000_0000, Profile.PREDICTIVE_HIGH_444)
    };

    private static final int CONSTRAINT_SET3 = 0x10;
    private static final int[] LEVELS = {9, 10, 11, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52, 60, 61, 62};

    /**
     * Reads the value of the parameter.
     *
     * @param text six hexadecimal digits, or null when the parameter is absent
     * @return what it means, or null when it is no profile or level that is known
     */
    public static @Nullable H264ProfileLevelId parse(@Nullable String text) {
        if (text == null) {
            return ABSENT;
        }
        if (text.length() != 6) {
            return null;
        }
        int value = 0;
        for (int i = 0; i < 6; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return null;
            }
            value = value << 4 | digit;
        }
        int idc = value >> 16;
        int iop = value >> 8 & 0xff;
        for (Pattern pattern : PATTERNS) {
            // constraint_set3_flag tells level 1b from 1.1 and says nothing of the profile, but in High.
            int without = pattern.profile.hasFlagFor1b() ? iop & ~CONSTRAINT_SET3 : iop;
            if (pattern.idc == idc && (without & pattern.mask) == pattern.bits) {
                int level = level(pattern.profile, iop, value & 0xff);
                return level < 0 ? null : new H264ProfileLevelId(pattern.profile, level);
            }
        }
        return null;
    }

    private static int level(Profile profile, int iop, int idc) {
        if (idc == 11 && profile.hasFlagFor1b() && (iop & CONSTRAINT_SET3) != 0) {
            return LEVEL_1B;
        }
        for (int known : LEVELS) {
            if (known == idc && (idc != LEVEL_1B || !profile.hasFlagFor1b())) {
                return idc;
            }
        }
        return -1;
    }

    /**
     * Compares levels.
     *
     * @param other another value
     * @return true when this one asks less of a decoder
     */
    public boolean isLevelBelow(H264ProfileLevelId other) {
        return rank(level) < rank(other.level);
    }

    private static int rank(int level) {
        return level == LEVEL_1B ? 21 : level * 2;
    }

    /**
     * Writes the value of the parameter.
     *
     * @return six hexadecimal digits in lower case
     */
    @Override
    public String toString() {
        boolean flagged = level == LEVEL_1B && profile.hasFlagFor1b();
        int iop = profile.iop | (flagged ? CONSTRAINT_SET3 : 0);
        return String.format(Locale.ROOT, "%02x%02x%02x", profile.idc, iop, flagged ? 11 : level);
    }
}
