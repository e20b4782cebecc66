package org.webrtc4j.ice;

import org.jspecify.annotations.Nullable;

/**
 * A server that could not be used while gathering, as RTCPeerConnectionIceErrorEvent tells it.
 *
 * @param address the local address used, or null when none could be
 * @param port the local port used, or -1
 * @param url the server
 * @param errorCode the STUN error code, or 701 when no answer came or the server cannot be used
 * @param errorText the reason phrase
 */
public record IceCandidateError(@Nullable String address, int port, String url, int errorCode, String errorText) {}
