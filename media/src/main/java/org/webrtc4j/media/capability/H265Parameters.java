package org.webrtc4j.media.capability;

import java.util.LinkedHashMap;
import java.util.Map;
import org.webrtc4j.media.CodecDescription;

/** The format parameters of H.265 (RFC 7798 section 7.1) as far as they decide. */
final class H265Parameters {

    private static final String LEVEL = "level-id";

    /** Level 3.1. */
    private static final int ABSENT_LEVEL = 93;

    private H265Parameters() {}

    /**
     * Profile and tier are those of both directions; a level never refuses, since a sender stays below it. Other transmission
     * modes than SRST need several streams, and decoding order numbers (sprop-max-don-diff) are not read here.
     */
    static int score(CodecDescription offered, CodecDescription ours) {
        boolean same = number(offered, "profile-space", 0) == number(ours, "profile-space", 0)
                && number(offered, "profile-id", 1) == number(ours, "profile-id", 1)
                && number(offered, "tier-flag", 0) == number(ours, "tier-flag", 0)
                && mode(offered).equalsIgnoreCase(mode(ours))
                && number(offered, "sprop-max-don-diff", 0) == 0;
        if (!same || number(offered, "profile-id", 1) < 0) {
            return CodecMatching.NO_MATCH;
        }
        boolean sameLevel = offered.number(LEVEL, ABSENT_LEVEL) == ours.number(LEVEL, ABSENT_LEVEL);
        return sameLevel ? CodecMatching.EXACT : CodecMatching.EXACT - 10;
    }

    /** Ours with the lower level. */
    static CodecDescription accepted(CodecDescription offered, CodecDescription ours) {
        int level = offered.number(LEVEL, ABSENT_LEVEL);
        if (level <= 0 || level >= ours.number(LEVEL, ABSENT_LEVEL)) {
            return ours;
        }
        Map<String, String> parameters = new LinkedHashMap<>(ours.parameters());
        parameters.put(LEVEL, Integer.toString(level));
        return ours.withParameters(parameters);
    }

    /** A parameter that is no number is like no other. */
    private static int number(CodecDescription codec, String name, int absent) {
        return codec.parameter(name) == null ? absent : codec.number(name, -1);
    }

    private static String mode(CodecDescription codec) {
        String mode = codec.parameter("tx-mode");
        return mode == null ? "SRST" : mode;
    }
}
