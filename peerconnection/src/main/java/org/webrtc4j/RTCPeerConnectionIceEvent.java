package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A local candidate may be signalled.
 *
 * @param type icecandidate
 * @param target the connection
 * @param candidate the candidate; one with empty text when its generation is complete; null when all gathering is over
 * @param url always null: the server is {@link RTCIceCandidate#url()} (this member is deprecated in the specification)
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcpeerconnectioniceevent">the specification</a>
 */
public record RTCPeerConnectionIceEvent(
        String type,
        EventTarget target,
        @Nullable RTCIceCandidate candidate,
        @Nullable String url) implements Event {}
