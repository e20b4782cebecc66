package org.webrtc4j;

import java.util.List;

/**
 * What this side can send or receive of a kind.
 *
 * @param codecs in the order of preference
 * @param headerExtensions all that can be negotiated
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcapabilities">the specification</a>
 */
public record RTCRtpCapabilities(List<RTCRtpCodec> codecs, List<RTCRtpHeaderExtensionCapability> headerExtensions) {

    /**
     * Copies the lists.
     *
     * @param codecs in the order of preference
     * @param headerExtensions all that can be negotiated
     */
    public RTCRtpCapabilities {
        codecs = List.copyOf(codecs);
        headerExtensions = List.copyOf(headerExtensions);
    }
}
