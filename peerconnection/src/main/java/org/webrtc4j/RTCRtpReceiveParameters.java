package org.webrtc4j;

import java.util.List;

/**
 * What a receiver was negotiated with.
 *
 * @param headerExtensions those that were negotiated
 * @param rtcp the parameters of RTCP
 * @param codecs those that were negotiated, best first
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiveparameters">the specification</a>
 */
public record RTCRtpReceiveParameters(
        List<RTCRtpHeaderExtensionParameters> headerExtensions,
        RTCRtcpParameters rtcp,
        List<RTCRtpCodecParameters> codecs)
        implements RTCRtpParameters {

    /**
     * Copies the lists.
     *
     * @param headerExtensions those that were negotiated
     * @param rtcp the parameters of RTCP
     * @param codecs those that were negotiated, best first
     */
    public RTCRtpReceiveParameters {
        headerExtensions = List.copyOf(headerExtensions);
        codecs = List.copyOf(codecs);
    }
}
