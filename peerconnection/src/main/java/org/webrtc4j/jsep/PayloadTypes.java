package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Fmtp;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtcpFeedback;
import org.webrtc4j.sdp.RtpFormat;
import org.webrtc4j.sdp.Rtpmap;
import org.webrtc4j.sdp.SessionDescription;

/**
 * Gives payload types to the codecs of an offer. Within a bundle a payload type means one codec only (RFC 9143 section
 * 10.1.2), and one that was negotiated keeps its meaning (RFC 9429 section 5.2.2).
 */
final class PayloadTypes {

    private static final int DYNAMIC_FIRST = 96;
    private static final int DYNAMIC_LAST = 127;
    /** Below come the static types, above those that RTCP takes (RFC 5761 section 4). */
    private static final int LOWER_FIRST = 35;

    private static final int LOWER_LAST = 63;

    private final Set<Integer> taken = new HashSet<>();
    private final List<MediaDescription> ours = new ArrayList<>();
    private final List<RtpFormat> given = new ArrayList<>();

    /** What both sides' descriptions of the last exchange say is taken. */
    PayloadTypes(@Nullable SessionDescription local, @Nullable SessionDescription remote) {
        if (local != null) {
            ours.addAll(local.media());
            local.media().forEach(each -> taken.addAll(each.payloadTypes()));
        }
        if (remote != null) {
            remote.media().forEach(each -> taken.addAll(each.payloadTypes()));
        }
    }

    /** The formats of one section: those it had keep their payload types. */
    List<RtpFormat> formats(List<CodecSpec> codecs, @Nullable MediaDescription before) {
        List<RtpFormat> formats = new ArrayList<>();
        for (CodecSpec codec : codecs) {
            RtpFormat known = known(codec, before);
            int payloadType = known == null ? free(codec.payloadType()) : known.payloadType();
            if (payloadType < 0 || isIn(formats, payloadType)) {
                continue;
            }
            RtpFormat primary = format(codec, payloadType);
            formats.add(primary);
            given.add(primary);
            if (codec.retransmits()) {
                int rtx = rtxOf(payloadType, codec.rtxPayloadType(), before);
                if (rtx >= 0) {
                    RtpFormat retransmission = retransmission(codec.clockRate(), rtx, payloadType);
                    formats.add(retransmission);
                    given.add(retransmission);
                }
            }
        }
        return formats;
    }

    static RtpFormat format(CodecSpec codec, int payloadType) {
        return new RtpFormat(
                new Rtpmap(payloadType, codec.name(), codec.clockRate(), codec.channels()),
                codec.fmtp().isEmpty() ? null : new Fmtp(Integer.toString(payloadType), codec.fmtp()),
                feedback(codec, payloadType),
                -1);
    }

    static RtpFormat retransmission(int clockRate, int payloadType, int associated) {
        return new RtpFormat(
                new Rtpmap(payloadType, "rtx", clockRate),
                new Fmtp(Integer.toString(payloadType), "apt=" + associated),
                List.of(),
                associated);
    }

    static List<RtcpFeedback> feedback(CodecSpec codec, int payloadType) {
        List<RtcpFeedback> feedback = new ArrayList<>();
        for (String each : codec.feedback()) {
            int blank = each.indexOf(' ');
            feedback.add(
                    blank < 0
                            ? new RtcpFeedback(payloadType, each, null)
                            : new RtcpFeedback(payloadType, each.substring(0, blank), each.substring(blank + 1)));
        }
        return feedback;
    }

    private @Nullable RtpFormat known(CodecSpec codec, @Nullable MediaDescription before) {
        if (before != null && before.media().equals(codec.kind())) {
            RtpFormat own = find(codec, before.rtpFormats());
            if (own != null) {
                return own;
            }
        }
        for (MediaDescription section : ours) {
            if (section.media().equals(codec.kind())) {
                RtpFormat other = find(codec, section.rtpFormats());
                if (other != null) {
                    return other;
                }
            }
        }
        for (RtpFormat each : given) {
            if (isSame(codec, each)) {
                return each;
            }
        }
        return null;
    }

    /** The very same codec before one that merely matches, so that variants of one codec keep apart. */
    private static @Nullable RtpFormat find(CodecSpec codec, List<RtpFormat> formats) {
        for (RtpFormat each : formats) {
            if (isSame(codec, each)) {
                return each;
            }
        }
        for (RtpFormat each : formats) {
            if (!each.isRetransmission() && CodecMatch.matches(codec, each)) {
                return each;
            }
        }
        return null;
    }

    private static boolean isSame(CodecSpec codec, RtpFormat format) {
        Fmtp fmtp = format.fmtp();
        return !format.isRetransmission()
                && CodecMatch.matches(codec, format)
                && (fmtp == null ? "" : fmtp.parameters())
                        .toLowerCase(Locale.ROOT)
                        .equals(codec.fmtp().toLowerCase(Locale.ROOT));
    }

    private int rtxOf(int payloadType, int wanted, @Nullable MediaDescription before) {
        List<RtpFormat> known = new ArrayList<>();
        if (before != null) {
            known.addAll(before.rtpFormats());
        }
        ours.forEach(section -> known.addAll(section.rtpFormats()));
        known.addAll(given);
        for (RtpFormat each : known) {
            if (each.isRetransmission() && each.associatedPayloadType() == payloadType) {
                return each.payloadType();
            }
        }
        return free(wanted);
    }

    /** The wanted payload type, or the next one nobody has; -1 when all are taken. */
    private int free(int wanted) {
        if (taken.add(wanted)) {
            return wanted;
        }
        for (int i = DYNAMIC_FIRST; i <= DYNAMIC_LAST; i++) {
            if (taken.add(i)) {
                return i;
            }
        }
        for (int i = LOWER_LAST; i >= LOWER_FIRST; i--) {
            if (taken.add(i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isIn(List<RtpFormat> formats, int payloadType) {
        return formats.stream().anyMatch(each -> each.payloadType() == payloadType);
    }
}
