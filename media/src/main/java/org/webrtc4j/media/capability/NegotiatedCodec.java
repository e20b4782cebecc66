package org.webrtc4j.media.capability;

import java.util.List;
import org.webrtc4j.media.CodecDescription;

/**
 * A codec both sides can take part in.
 *
 * @param payloadType the other side's number, which the answer keeps (RFC 8829 section 5.3.1)
 * @param rtxPayloadType the other side's number for its retransmissions, or {@link CodecCapability#NO_RTX}
 * @param receive what we say we receive: what an answer holds
 * @param send what the other side says it receives: what we send is made by
 * @param feedback what both want, in the other side's order; unmodifiable
 * @param capability our own codec that was matched
 */
public record NegotiatedCodec(
        int payloadType,
        int rtxPayloadType,
        CodecDescription receive,
        CodecDescription send,
        List<RtcpFeedback> feedback,
        CodecCapability capability) {

    /**
     * Copies.
     *
     * @param payloadType the other side's number, which the answer keeps (RFC 8829 section 5.3.1)
     * @param rtxPayloadType the other side's number for its retransmissions, or {@link CodecCapability#NO_RTX}
     * @param receive what we say we receive: what an answer holds
     * @param send what the other side says it receives: what we send is made by
     * @param feedback what both want, in the other side's order; unmodifiable
     * @param capability our own codec that was matched
     */
    public NegotiatedCodec {
        feedback = List.copyOf(feedback);
    }
}
