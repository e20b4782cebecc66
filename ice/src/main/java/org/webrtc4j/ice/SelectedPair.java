package org.webrtc4j.ice;

/**
 * The pair that carries data.
 *
 * @param local the local candidate
 * @param remote the remote candidate
 */
public record SelectedPair(IceCandidate local, IceCandidate remote) {}
