package org.webrtc4j;

/**
 * A header extension that was negotiated.
 *
 * @param uri its name
 * @param id its identifier in packets
 * @param encrypted whether it is encrypted (RFC 6904); always false here
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpheaderextensionparameters">the specification</a>
 */
public record RTCRtpHeaderExtensionParameters(String uri, int id, boolean encrypted) {}
