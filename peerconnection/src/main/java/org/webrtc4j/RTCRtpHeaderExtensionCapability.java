package org.webrtc4j;

/**
 * A header extension that can be negotiated.
 *
 * @param uri its name
 * @param direction in which it is offered; stopped when it is not
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpheaderextensioncapability">the specification</a>
 */
public record RTCRtpHeaderExtensionCapability(String uri, RTCRtpTransceiverDirection direction) {}
