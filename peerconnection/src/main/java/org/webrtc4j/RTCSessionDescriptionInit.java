package org.webrtc4j;

/**
 * A description as signalling carries it.
 *
 * @param type its kind
 * @param sdp its text; empty for a rollback
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcsessiondescriptioninit">the specification</a>
 */
public record RTCSessionDescriptionInit(RTCSdpType type, String sdp) {

    /**
     * Returns an offer.
     *
     * @param sdp its text
     * @return the dictionary
     */
    public static RTCSessionDescriptionInit offer(String sdp) {
        return new RTCSessionDescriptionInit(RTCSdpType.OFFER, sdp);
    }

    /**
     * Returns an answer.
     *
     * @param sdp its text
     * @return the dictionary
     */
    public static RTCSessionDescriptionInit answer(String sdp) {
        return new RTCSessionDescriptionInit(RTCSdpType.ANSWER, sdp);
    }

    /**
     * Returns a provisional answer.
     *
     * @param sdp its text
     * @return the dictionary
     */
    public static RTCSessionDescriptionInit pranswer(String sdp) {
        return new RTCSessionDescriptionInit(RTCSdpType.PRANSWER, sdp);
    }

    /**
     * Returns a rollback.
     *
     * @return the dictionary
     */
    public static RTCSessionDescriptionInit rollback() {
        return new RTCSessionDescriptionInit(RTCSdpType.ROLLBACK, "");
    }
}
