package org.webrtc4j.jsep;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.webrtc4j.sdp.Fmtp;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.Rtpmap;

/** Compares codecs by their parsed parameters, never as text, and says what an answer writes of them. */
public final class CodecMatch {

    private static final String H264_DEFAULT_PROFILE = "42000a";
    private static final int LEVEL_1B_FLAG = 0x10;

    private CodecMatch() {}

    /**
     * Tells whether a format of a description is one of our codecs.
     *
     * @param ours the codec
     * @param format the format, not a retransmission
     * @return true when packets of one can be those of the other
     */
    public static boolean matches(CodecSpec ours, RtpFormat format) {
        Rtpmap map = new Rtpmap(0, ours.name(), ours.clockRate(), ours.channels());
        return matches(map, parameters(ours), format.rtpmap(), parameters(format));
    }

    /**
     * Tells whether the formats of two descriptions are one codec.
     *
     * @param a one format, not a retransmission
     * @param b the other
     * @return true when packets of one can be those of the other
     */
    public static boolean matches(RtpFormat a, RtpFormat b) {
        return !a.isRetransmission()
                && !b.isRetransmission()
                && matches(a.rtpmap(), parameters(a), b.rtpmap(), parameters(b));
    }

    private static boolean matches(Rtpmap a, Map<String, String> ours, Rtpmap b, Map<String, String> theirs) {
        if (!a.encoding().equalsIgnoreCase(b.encoding())
                || a.clockRate() != b.clockRate()
                || a.channels() != b.channels()) {
            return false;
        }
        return switch (a.encoding().toUpperCase(Locale.ROOT)) {
            case "H264" ->
                same(ours, theirs, "packetization-mode", "0")
                        && profile(ours).equals(profile(theirs)) // RFC 6184 section 8.2.2
                        && !profile(ours).isEmpty();
            case "VP9" -> same(ours, theirs, "profile-id", "0");
            case "AV1" -> same(ours, theirs, "profile", "0");
            default -> true;
        };
    }

    /**
     * Says what an answer writes after a=fmtp.
     *
     * @param ours the codec
     * @param offered the format of the offer, which matches
     * @return the parameters, empty for none
     */
    public static String answer(CodecSpec ours, RtpFormat offered) {
        if (!ours.name().equalsIgnoreCase("H264")) {
            return ours.fmtp();
        }
        Map<String, String> a = parameters(ours);
        Map<String, String> b = parameters(offered);
        String own = a.getOrDefault("profile-level-id", H264_DEFAULT_PROFILE);
        String theirs = b.getOrDefault("profile-level-id", H264_DEFAULT_PROFILE);
        boolean asymmetric = a.getOrDefault("level-asymmetry-allowed", "0").equals("1")
                && b.getOrDefault("level-asymmetry-allowed", "0").equals("1");
        // Without asymmetry the level of the answer rules both directions (RFC 6184 section 8.2.2): the lower one.
        String level = asymmetric || level(own) <= level(theirs) ? own : theirs;
        return ours.fmtp().replace("profile-level-id=" + own, "profile-level-id=" + level.toLowerCase(Locale.ROOT));
    }

    private static boolean same(Map<String, String> a, Map<String, String> b, String name, String otherwise) {
        return a.getOrDefault(name, otherwise).equals(b.getOrDefault(name, otherwise));
    }

    /** profile_idc with the constraint bits that name the profile; empty where the text is no profile-level-id. */
    private static String profile(Map<String, String> parameters) {
        String id = parameters.getOrDefault("profile-level-id", H264_DEFAULT_PROFILE);
        int value = hex(id);
        if (value < 0) {
            return "";
        }
        // The bit that tells level 1b from level 11 names no profile.
        return Integer.toHexString((value >> 8) & ~LEVEL_1B_FLAG);
    }

    private static int level(String id) {
        int value = hex(id);
        return value < 0 ? 0 : value & 0xff;
    }

    private static int hex(String id) {
        if (id.length() != 6) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < 6; i++) {
            int digit = Character.digit(id.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static Map<String, String> parameters(CodecSpec codec) {
        return new Fmtp("0", codec.fmtp()).asMap();
    }

    private static Map<String, String> parameters(RtpFormat format) {
        return Optional.ofNullable(format.fmtp()).map(Fmtp::asMap).orElse(Map.of());
    }
}
