package org.webrtc4j;

import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server could not be used.
 *
 * @param type icecandidateerror
 * @param target the connection
 * @param address the local address, or null when none could be used
 * @param port the local port, or null
 * @param url the server
 * @param errorCode the STUN error code, or 701 when the server cannot be reached or used
 * @param errorText the reason phrase
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcpeerconnectioniceerrorevent">the specification</a>
 */
public record RTCPeerConnectionIceErrorEvent(
        String type,
        EventTarget target,
        @Nullable String address,
        @Nullable Integer port,
        String url,
        int errorCode,
        String errorText)
        implements Event {}
