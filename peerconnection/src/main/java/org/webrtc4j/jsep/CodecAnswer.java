package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.webrtc4j.sdp.Fmtp;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtcpFeedback;
import org.webrtc4j.sdp.RtpFormat;

/** Finds the formats of an answer: those of the offer that this side has too, with the offer's payload types. */
final class CodecAnswer {

    private CodecAnswer() {}

    /**
     * Intersects (RFC 9429 section 5.3.1). The order is the offer's unless preferences were set.
     */
    static List<RtpFormat> of(List<CodecSpec> codecs, boolean preferred, MediaDescription offered) {
        List<RtpFormat> theirs = offered.rtpFormats();
        List<RtpFormat> answered = new ArrayList<>();
        Set<CodecSpec> used = new HashSet<>();
        if (preferred) {
            for (CodecSpec codec : codecs) {
                theirs.stream()
                        .filter(each -> !each.isRetransmission() && CodecMatch.matches(codec, each))
                        .findFirst()
                        .ifPresent(each -> add(answered, codec, each, theirs));
            }
        } else {
            for (RtpFormat each : theirs) {
                CodecSpec codec = each.isRetransmission() ? null : find(codecs, each);
                if (codec != null && used.add(codec)) {
                    add(answered, codec, each, theirs);
                }
            }
        }
        boolean carriesMedia = answered.stream().anyMatch(each -> codecs.stream()
                .anyMatch(codec -> codec.carriesMedia() && CodecMatch.matches(codec, each)));
        return carriesMedia ? answered : List.of();
    }

    private static @Nullable CodecSpec find(List<CodecSpec> codecs, RtpFormat format) {
        for (CodecSpec codec : codecs) {
            if (CodecMatch.matches(codec, format)) {
                return codec;
            }
        }
        return null;
    }

    private static void add(List<RtpFormat> answered, CodecSpec codec, RtpFormat offered, List<RtpFormat> all) {
        if (answered.stream().anyMatch(each -> each.payloadType() == offered.payloadType())) {
            return;
        }
        String fmtp = CodecMatch.answer(codec, offered);
        answered.add(new RtpFormat(
                offered.rtpmap(),
                fmtp.isEmpty() ? null : new Fmtp(Integer.toString(offered.payloadType()), fmtp),
                feedback(codec, offered),
                -1));
        if (codec.retransmits()) {
            all.stream()
                    .filter(each -> each.isRetransmission() && each.associatedPayloadType() == offered.payloadType())
                    .findFirst()
                    .ifPresent(each -> answered.add(PayloadTypes.retransmission(
                            each.rtpmap().clockRate(), each.payloadType(), offered.payloadType())));
        }
    }

    private static List<RtcpFeedback> feedback(CodecSpec codec, RtpFormat offered) {
        List<RtcpFeedback> both = new ArrayList<>();
        for (RtcpFeedback each : PayloadTypes.feedback(codec, offered.payloadType())) {
            boolean theirs = offered.feedback().stream()
                    .anyMatch(other ->
                            other.type().equals(each.type()) && Objects.equals(other.parameter(), each.parameter()));
            if (theirs) {
                both.add(each);
            }
        }
        return both;
    }
}
