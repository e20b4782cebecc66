package org.webrtc4j.media.capability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.media.CodecDescription;
import org.webrtc4j.media.MediaKind;

/** Compares codecs of two sides by what their parameters mean, never as text. */
public final class CodecMatching {

    /** The two do not work together. */
    public static final int NO_MATCH = 0;

    /** Nothing that matters differs. */
    public static final int EXACT = 100;

    private CodecMatching() {}

    /**
     * Tells how well two codecs go together.
     *
     * <p>Name, clock rate and channels are equal always. Of parameters there matter: H264 packetization-mode and the profile
     * that profile-level-id means (RFC 6184 section 8.2.2), its level only for the score; of H265 profile-space,
     * profile-id, tier-flag and tx-mode (RFC 7798 section 7.2.2), likewise; VP9 profile-id (RFC 9628 section 6.1); AV1 profile, its level and tier only for the score. All others describe what a receiver likes.
     *
     * @param offered of the other side
     * @param ours of this side
     * @return {@link #NO_MATCH}, or up to {@link #EXACT}: the higher, the closer
     */
    public static int score(CodecDescription offered, CodecDescription ours) {
        if (!offered.is(ours.mimeType()) || offered.clockRate() != ours.clockRate()) {
            return NO_MATCH;
        }
        if (ours.kind() == MediaKind.AUDIO && offered.channels() != ours.channels()) {
            return NO_MATCH;
        }
        return switch (ours.mimeType().toLowerCase(Locale.ROOT)) {
            case "video/h264" -> scoreH264(offered, ours);
            case "video/h265" -> H265Parameters.score(offered, ours);
            case "video/vp9" -> scoreIf(offered.number("profile-id", 0) == ours.number("profile-id", 0));
            case "video/av1" -> scoreAv1(offered, ours);
            default -> EXACT;
        };
    }

    private static int scoreIf(boolean equal) {
        return equal ? EXACT : NO_MATCH;
    }

    private static int scoreH264(CodecDescription offered, CodecDescription ours) {
        H264ProfileLevelId theirs = H264ProfileLevelId.parse(offered.parameter("profile-level-id"));
        H264ProfileLevelId own = H264ProfileLevelId.parse(ours.parameter("profile-level-id"));
        if (theirs == null
                || own == null
                || theirs.profile() != own.profile()
                || offered.number("packetization-mode", 0) != ours.number("packetization-mode", 0)) {
            return NO_MATCH;
        }
        return theirs.level() == own.level() ? EXACT : EXACT - 10;
    }

    /** AV1 RTP specification section 7.2: absent are profile 0, level-idx 5, tier 0. */
    private static int scoreAv1(CodecDescription offered, CodecDescription ours) {
        if (offered.number("profile", 0) != ours.number("profile", 0)) {
            return NO_MATCH;
        }
        boolean sameLevel = offered.number("level-idx", 5) == ours.number("level-idx", 5);
        boolean sameTier = offered.number("tier", 0) == ours.number("tier", 0);
        return EXACT - (sameLevel ? 0 : 10) - (sameTier ? 0 : 10);
    }

    /**
     * Finds the closest of our codecs.
     *
     * @param offered of the other side
     * @param ours those of this side, the preferred first, which wins among equals
     * @return the closest, or null when none goes with it
     */
    public static @Nullable CodecCapability best(CodecDescription offered, List<CodecCapability> ours) {
        CodecCapability best = null;
        int bestScore = NO_MATCH;
        for (CodecCapability candidate : ours) {
            int score = score(offered, candidate.codec());
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best;
    }

    /**
     * Says with which parameters a codec is accepted: ours, but that those of H264 follow the offer's level unless both
     * sides allow levels to differ by direction (RFC 6184 section 8.2.2), and those of H265 always (RFC 7798 section 7.2.2).
     *
     * @param offered of the other side; matches ours
     * @param ours of this side
     * @return what an answer holds
     */
    public static CodecDescription accepted(CodecDescription offered, CodecDescription ours) {
        if (!ours.is("video/H264")) {
            return ours.is("video/H265") ? H265Parameters.accepted(offered, ours) : ours;
        }
        H264ProfileLevelId theirs = H264ProfileLevelId.parse(offered.parameter("profile-level-id"));
        H264ProfileLevelId own = H264ProfileLevelId.parse(ours.parameter("profile-level-id"));
        boolean asymmetry =
                offered.number("level-asymmetry-allowed", 0) == 1 && ours.number("level-asymmetry-allowed", 0) == 1;
        if (theirs == null || own == null || asymmetry || !theirs.isLevelBelow(own)) {
            return ours;
        }
        Map<String, String> parameters = new LinkedHashMap<>(ours.parameters());
        parameters.put("profile-level-id", new H264ProfileLevelId(own.profile(), theirs.level()).toString());
        return ours.withParameters(parameters);
    }

    /**
     * Matches all payload types of a media section.
     *
     * <p>Retransmissions (rtx) come with the codec that their apt parameter names, when we have them too. RED is accepted
     * when what it carries is: each number of its parameter, {@code 111/111}, or any when it has none.
     *
     * @param offered the payload types of the other side in its order, rtx and red among them
     * @param ours our codecs, the preferred first
     * @return what both can do, in the order of the offer; empty when there is nothing
     */
    public static List<NegotiatedCodec> match(List<OfferedCodec> offered, List<CodecCapability> ours) {
        Map<Integer, Integer> rtx = new LinkedHashMap<>();
        for (OfferedCodec codec : offered) {
            int apt = codec.codec().number("apt", -1);
            if (codec.codec().name().equalsIgnoreCase("rtx") && apt >= 0) {
                rtx.putIfAbsent(apt, codec.payloadType());
            }
        }
        List<NegotiatedCodec> matched = new ArrayList<>();
        for (OfferedCodec codec : offered) {
            CodecCapability own = codec.codec().name().equalsIgnoreCase("rtx") ? null : best(codec.codec(), ours);
            if (own != null) {
                matched.add(negotiated(codec, own, rtx.get(codec.payloadType())));
            }
        }
        matched.removeIf(codec -> codec.send().is("audio/red") && !carriesMatched(codec.send(), matched));
        return matched;
    }

    private static NegotiatedCodec negotiated(OfferedCodec offered, CodecCapability own, @Nullable Integer rtx) {
        List<RtcpFeedback> feedback = new ArrayList<>(offered.feedback());
        // Arrivals can be told stream by stream whatever the codec is (RFC 8888 section 6), and are not told twice.
        feedback.removeIf(each -> !own.feedback().contains(each) && !each.equals(RtcpFeedback.CCFB));
        if (feedback.contains(RtcpFeedback.CCFB)) {
            feedback.remove(RtcpFeedback.TRANSPORT_CC);
        }
        CodecDescription receive = accepted(offered.codec(), own.codec());
        if (receive.is("audio/red")) {
            // Its parameter holds payload types, and those are the other side's.
            receive = receive.withParameters(offered.codec().parameters());
        }
        return new NegotiatedCodec(
                offered.payloadType(),
                own.hasRtx() && rtx != null ? rtx : CodecCapability.NO_RTX,
                receive,
                offered.codec(),
                feedback,
                own);
    }

    private static boolean carriesMatched(CodecDescription red, List<NegotiatedCodec> matched) {
        String carried = red.parameter("");
        if (carried == null) {
            return true;
        }
        for (String number : carried.split("/", -1)) {
            if (matched.stream()
                    .noneMatch(codec -> Integer.toString(codec.payloadType()).equals(number.strip())
                            && !codec.send().is("audio/red"))) {
                return false;
            }
        }
        return true;
    }
}
