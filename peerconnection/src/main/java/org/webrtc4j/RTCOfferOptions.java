package org.webrtc4j;

/**
 * What createOffer is asked for.
 *
 * @param iceRestart true to offer new ICE credentials; default false
 * @see <a href="https://www.w3.org/TR/webrtc/#dictionary-rtcofferoptions-members">the specification</a>
 */
public record RTCOfferOptions(boolean iceRestart) {

    /**
     * Returns the dictionary with every member at its default.
     *
     * @return no restart
     */
    public static RTCOfferOptions defaults() {
        return new RTCOfferOptions(false);
    }
}
