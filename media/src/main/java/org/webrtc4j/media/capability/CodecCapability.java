package org.webrtc4j.media.capability;

import java.util.List;
import org.webrtc4j.media.CodecDescription;

/**
 * A codec that one side can take part in.
 *
 * @param codec the codec with the parameters of a receiver
 * @param payloadType the number suggested in an offer
 * @param rtxPayloadType the number suggested for its retransmissions (RFC 4588), or {@link #NO_RTX}
 * @param feedback the RTCP feedback it is used with; unmodifiable
 */
public record CodecCapability(
        CodecDescription codec, int payloadType, int rtxPayloadType, List<RtcpFeedback> feedback) {

    /** There are no retransmissions of this codec in a stream of their own. */
    public static final int NO_RTX = -1;

    /**
     * Checks and copies.
     *
     * @param codec the codec with the parameters of a receiver
     * @param payloadType the number suggested in an offer
     * @param rtxPayloadType the number suggested for its retransmissions (RFC 4588), or {@link #NO_RTX}
     * @param feedback the RTCP feedback it is used with; unmodifiable
     * @throws IllegalArgumentException when a payload type is not within 0 to 127
     */
    public CodecCapability {
        if (payloadType < 0 || payloadType > 127 || rtxPayloadType < NO_RTX || rtxPayloadType > 127) {
            throw new IllegalArgumentException("Payload types " + payloadType + ", " + rtxPayloadType);
        }
        feedback = List.copyOf(feedback);
    }

    /**
     * Tells whether retransmissions have a stream of their own.
     *
     * @return true when there is a payload type for them
     */
    public boolean hasRtx() {
        return rtxPayloadType != NO_RTX;
    }
}
