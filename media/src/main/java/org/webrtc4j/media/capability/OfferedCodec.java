package org.webrtc4j.media.capability;

import java.util.List;
import org.webrtc4j.media.CodecDescription;

/**
 * One payload type of the other side's description: its rtpmap, fmtp and rtcp-fb lines together.
 *
 * @param payloadType its number
 * @param codec the codec with its parameters; also rtx, red, ulpfec
 * @param feedback what it would like; unmodifiable
 */
public record OfferedCodec(int payloadType, CodecDescription codec, List<RtcpFeedback> feedback) {

    /**
     * Copies.
     *
     * @param payloadType its number
     * @param codec the codec with its parameters; also rtx, red, ulpfec
     * @param feedback what it would like; unmodifiable
     */
    public OfferedCodec {
        feedback = List.copyOf(feedback);
    }
}
