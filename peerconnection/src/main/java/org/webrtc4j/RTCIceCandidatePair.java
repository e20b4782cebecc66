package org.webrtc4j;

/**
 * A local and a remote candidate.
 *
 * @param local the local one
 * @param remote the remote one
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicecandidatepair">the specification</a>
 */
public record RTCIceCandidatePair(RTCIceCandidate local, RTCIceCandidate remote) {}
