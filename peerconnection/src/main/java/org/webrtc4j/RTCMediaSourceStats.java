package org.webrtc4j;

/**
 * A track that is sent.
 *
 * @see <a href="https://www.w3.org/TR/webrtc-stats/#mediasourcestats-dict*">the specification</a>
 */
public sealed interface RTCMediaSourceStats extends RTCStats permits RTCAudioSourceStats, RTCVideoSourceStats {

    /**
     * Returns which track it is.
     *
     * @return the id of the track
     */
    String trackIdentifier();

    /**
     * Returns what it gives.
     *
     * @return audio or video
     */
    String kind();
}
