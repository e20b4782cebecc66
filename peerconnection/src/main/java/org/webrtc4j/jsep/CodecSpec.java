package org.webrtc4j.jsep;

import java.util.List;
import java.util.Locale;

/**
 * A codec that this side can negotiate, as descriptions speak of it.
 *
 * @param kind audio or video
 * @param name the encoding name of a=rtpmap
 * @param clockRate in hertz
 * @param channels 1 or more; counts for audio
 * @param fmtp the parameters of a=fmtp, empty for none
 * @param feedback the kinds of a=rtcp-fb, such as {@code nack pli}
 * @param payloadType the payload type to take where it is free
 * @param rtxPayloadType the payload type of its retransmissions to take where it is free; -1 where it has none
 */
public record CodecSpec(
        String kind,
        String name,
        int clockRate,
        int channels,
        String fmtp,
        List<String> feedback,
        int payloadType,
        int rtxPayloadType) {

    /**
     * Copies the list.
     *
     * @param kind audio or video
     * @param name the encoding name
     * @param clockRate in hertz
     * @param channels 1 or more
     * @param fmtp the parameters, empty for none
     * @param feedback the kinds of feedback
     * @param payloadType the payload type to take where it is free
     * @param rtxPayloadType that of its retransmissions, or -1
     */
    public CodecSpec {
        feedback = List.copyOf(feedback);
    }

    /**
     * Returns the media type.
     *
     * @return such as video/VP8
     */
    public String mimeType() {
        return kind + "/" + name;
    }

    /**
     * Tells whether its payload is retransmitted in a stream of its own (RFC 4588).
     *
     * @return true when it has a payload type for that
     */
    public boolean retransmits() {
        return rtxPayloadType >= 0;
    }

    /**
     * Tells whether it carries media by itself; events and comfort noise only accompany another codec.
     *
     * @return false for telephone-event, CN, red and the like
     */
    public boolean carriesMedia() {
        return !List.of("telephone-event", "cn", "red", "ulpfec", "flexfec-03").contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * This codec without retransmission.
     *
     * @return the changed codec
     */
    public CodecSpec withoutRetransmission() {
        return new CodecSpec(kind, name, clockRate, channels, fmtp, feedback, payloadType, -1);
    }
}
