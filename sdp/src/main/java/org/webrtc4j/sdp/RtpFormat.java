package org.webrtc4j.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything an RTP section says about one payload type.
 *
 * <p>A payload type without a=rtpmap has its static meaning, and is left out where it has none. A retransmission format
 * ({@code rtx}) is left out when its {@code apt} names no format of the section that is itself no retransmission: cycles and
 * references into nothing never reach the caller.
 *
 * @param rtpmap the name, clock rate and channels, also where they follow from the number alone
 * @param fmtp the parameters, null when absent
 * @param feedback the feedback messages for this format, those of {@code *} included
 * @param associatedPayloadType the format that an {@code rtx} format repeats, -1 for all other formats
 */
public record RtpFormat(Rtpmap rtpmap, @Nullable Fmtp fmtp, List<RtcpFeedback> feedback, int associatedPayloadType) {

    /**
     * Copies the list.
     *
     * @param rtpmap the name, clock rate and channels, also where they follow from the number alone
     * @param fmtp the parameters, null when absent
     * @param feedback the feedback messages for this format, those of {@code *} included
     * @param associatedPayloadType the format that an {@code rtx} format repeats, -1 for all other formats
     */
    public RtpFormat {
        feedback = List.copyOf(feedback);
    }

    /**
     * The payload type.
     *
     * @return 0 to 127
     */
    public int payloadType() {
        return rtpmap.payloadType();
    }

    /**
     * Tells whether this format repeats packets of another (RFC 4588).
     *
     * @return true for {@code rtx}
     */
    public boolean isRetransmission() {
        return isRetransmission(rtpmap);
    }

    static List<RtpFormat> of(MediaDescription section) {
        Map<Integer, Rtpmap> rtpmaps = new HashMap<>();
        Map<String, Fmtp> fmtps = new HashMap<>();
        for (Attribute attribute : section.attributes()) {
            if (attribute instanceof Rtpmap rtpmap) {
                rtpmaps.putIfAbsent(rtpmap.payloadType(), rtpmap);
            } else if (attribute instanceof Fmtp fmtp) {
                fmtps.putIfAbsent(fmtp.format(), fmtp);
            }
        }
        List<Rtpmap> named = new ArrayList<>();
        Map<Integer, Rtpmap> primaries = new HashMap<>();
        boolean[] seen = new boolean[128];
        for (int payloadType : section.payloadTypes()) {
            Rtpmap rtpmap = rtpmaps.get(payloadType);
            Rtpmap meaning = rtpmap != null
                    ? rtpmap
                    : StaticPayloadTypes.rtpmap(payloadType).orElse(null);
            if (meaning != null && !seen[payloadType]) {
                seen[payloadType] = true;
                named.add(meaning);
                if (!isRetransmission(meaning)) {
                    primaries.put(payloadType, meaning);
                }
            }
        }
        List<RtcpFeedback> feedback = section.attributes().all(RtcpFeedback.class);
        List<RtpFormat> formats = new ArrayList<>();
        for (Rtpmap rtpmap : named) {
            Fmtp fmtp = fmtps.get(Integer.toString(rtpmap.payloadType()));
            int associated = isRetransmission(rtpmap) ? associated(fmtp, primaries) : -1;
            if (associated >= 0 || !isRetransmission(rtpmap)) {
                formats.add(new RtpFormat(rtpmap, fmtp, feedbackOf(rtpmap.payloadType(), feedback), associated));
            }
        }
        return formats;
    }

    private static List<RtcpFeedback> feedbackOf(int payloadType, List<RtcpFeedback> all) {
        List<RtcpFeedback> own = new ArrayList<>(all);
        own.removeIf(feedback -> !feedback.appliesTo(payloadType));
        return own;
    }

    private static int associated(@Nullable Fmtp fmtp, Map<Integer, Rtpmap> primaries) {
        String apt = fmtp == null ? "" : fmtp.parameter("apt").orElse("");
        for (int payloadType : primaries.keySet()) {
            if (apt.equals(Integer.toString(payloadType))) {
                return payloadType;
            }
        }
        return -1;
    }

    private static boolean isRetransmission(Rtpmap rtpmap) {
        return rtpmap.encoding().equalsIgnoreCase("rtx");
    }
}
