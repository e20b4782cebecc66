package org.webrtc4j.jsep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.webrtc4j.media.capability.CodecCapability;
import org.webrtc4j.media.capability.CodecMatching;
import org.webrtc4j.media.capability.NegotiatedCodec;
import org.webrtc4j.media.capability.OfferedCodec;
import org.webrtc4j.sdp.MediaDescription;
import org.webrtc4j.sdp.RtpFormat;

/** Finds the formats of an answer: those of the offer that this side has too, with the offer's payload types. */
final class CodecAnswer {

    private CodecAnswer() {}

    /**
     * Intersects (RFC 9429 section 5.3.1).
     *
     * @param preferred whether to keep the order of our codecs rather than that of the offer
     * @return no format when nothing in common carries media
     */
    static List<RtpFormat> of(List<CodecCapability> codecs, boolean preferred, MediaDescription offered) {
        List<OfferedCodec> theirs = new ArrayList<>();
        for (RtpFormat each : offered.rtpFormats()) {
            theirs.add(new OfferedCodec(
                    each.payloadType(), SdpCodecs.codec(offered.media(), each), SdpCodecs.feedback(each)));
        }
        List<NegotiatedCodec> common = new ArrayList<>(CodecMatching.match(theirs, codecs));
        if (common.stream().noneMatch(each -> SdpCodecs.carriesMedia(each.receive()))) {
            return List.of();
        }
        if (preferred) {
            common.sort(Comparator.comparingInt(each -> codecs.indexOf(each.capability())));
        }
        List<RtpFormat> answered = new ArrayList<>();
        for (NegotiatedCodec each : common) {
            answered.add(SdpCodecs.format(each.payloadType(), each.receive(), each.feedback()));
            if (each.rtxPayloadType() >= 0) {
                answered.add(SdpCodecs.retransmission(
                        each.receive().clockRate(), each.rtxPayloadType(), each.payloadType()));
            }
        }
        return answered;
    }
}
