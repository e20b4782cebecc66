package org.webrtc4j;

/**
 * The RTCP of a sender or receiver.
 *
 * @param cname of the sources
 * @param reducedSize whether RTCP may come without a report (RFC 5506)
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtcpparameters">the specification</a>
 */
public record RTCRtcpParameters(String cname, boolean reducedSize) {}
