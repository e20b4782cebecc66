package org.webrtc4j.rtp.extension;

import org.jspecify.annotations.Nullable;

/** The header extensions known here, by the URI that stands in {@code a=extmap}. */
public enum HeaderExtensionType {
    /** Audio level of the packet, one byte (RFC 6464). */
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level", true),
    /** Audio level of each contributing source (RFC 6465). */
    CSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:csrc-audio-level", true),
    /** Identification of the media description (RFC 8843 section 15). */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid", false),
    /** Identification of a stream of a simulcast (RFC 8852). */
    RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", false),
    /** Identification of the stream that a retransmission repairs (RFC 8852). */
    REPAIRED_RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id", false),
    /** When the packet left, 24 bits of 6.18 seconds. */
    ABSOLUTE_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time", false),
    /** Sequence number over all streams of a transport. */
    TRANSPORT_SEQUENCE_NUMBER("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", false),
    /** Sequence number over all streams of a transport, which may ask for feedback. */
    TRANSPORT_SEQUENCE_NUMBER_02("http://www.webrtc.org/experiments/rtp-hdrext/transport-wide-cc-02", false),
    /** Time between sampling and sending (RFC 5450). */
    TRANSMISSION_OFFSET("urn:ietf:params:rtp-hdrext:toffset", false),
    /** Rotation of the picture (3GPP TS 26.114 section 7.4.5). */
    VIDEO_ORIENTATION("urn:3gpp:video-orientation", true),
    /** Least and largest delay until the picture is shown. */
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay", true),
    /** Whether the picture is a screen. */
    VIDEO_CONTENT_TYPE("http://www.webrtc.org/experiments/rtp-hdrext/video-content-type", true),
    /** What time the parts of sending took. */
    VIDEO_TIMING("http://www.webrtc.org/experiments/rtp-hdrext/video-timing", true),
    /** Colour space of the picture. */
    COLOR_SPACE("http://www.webrtc.org/experiments/rtp-hdrext/color-space", true),
    /** When the first sample was taken, in NTP time. */
    ABSOLUTE_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time", true),
    /** What a frame depends on (AV1 RTP payload format, appendix A). */
    DEPENDENCY_DESCRIPTOR(
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension", true),
    /** Bit rates and sizes of the layers that are sent. Of the sender's streams, so that it is not forwarded. */
    VIDEO_LAYERS_ALLOCATION("http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00", false),
    /** Samples of the picture, to find corruption. */
    CORRUPTION_DETECTION("http://www.webrtc.org/experiments/rtp-hdrext/corruption-detection", true),
    /** The forerunner of the dependency descriptor; carried, not read. */
    GENERIC_FRAME_DESCRIPTOR("http://www.webrtc.org/experiments/rtp-hdrext/generic-frame-descriptor-00", true);

    private static final HeaderExtensionType[] ALL = values();

    private final String uri;
    private final boolean forwarded;

    HeaderExtensionType(String uri, boolean forwarded) {
        this.uri = uri;
        this.forwarded = forwarded;
    }

    /**
     * Returns the URI.
     *
     * @return as in {@code a=extmap}
     */
    public String uri() {
        return uri;
    }

    /**
     * Tells whether it describes the media, and so holds for whoever the packet is forwarded to; the others are written
     * anew by each sender.
     *
     * @return true when copied in forwarding
     */
    public boolean isForwarded() {
        return forwarded;
    }

    /**
     * Finds a type.
     *
     * @param uri as in {@code a=extmap}
     * @return null when it is not known here
     */
    public static @Nullable HeaderExtensionType ofUri(String uri) {
        for (HeaderExtensionType type : ALL) {
            if (type.uri.equals(uri)) {
                return type;
            }
        }
        return null;
    }
}
