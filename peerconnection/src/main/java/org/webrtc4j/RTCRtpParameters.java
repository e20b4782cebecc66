package org.webrtc4j;

import java.util.List;

/**
 * What senders and receivers were negotiated with.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpparameters">the specification</a>
 */
public sealed interface RTCRtpParameters permits RTCRtpSendParameters, RTCRtpReceiveParameters {

    /**
     * Returns the header extensions.
     *
     * @return those that were negotiated
     */
    List<RTCRtpHeaderExtensionParameters> headerExtensions();

    /**
     * Returns the parameters of RTCP.
     *
     * @return the parameters
     */
    RTCRtcpParameters rtcp();

    /**
     * Returns the codecs.
     *
     * @return those that were negotiated, best first
     */
    List<RTCRtpCodecParameters> codecs();
}
