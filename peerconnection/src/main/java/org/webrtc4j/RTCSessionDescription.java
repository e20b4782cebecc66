package org.webrtc4j;

/**
 * A description of one side of a connection.
 *
 * @param type its kind
 * @param sdp its text
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcsessiondescription-class">the specification</a>
 */
public record RTCSessionDescription(RTCSdpType type, String sdp) {

    /**
     * Creates a description.
     *
     * @param init its members
     */
    public RTCSessionDescription(RTCSessionDescriptionInit init) {
        this(init.type(), init.sdp());
    }

    /**
     * Returns what signalling carries.
     *
     * @return the dictionary
     */
    public RTCSessionDescriptionInit toJSON() {
        return new RTCSessionDescriptionInit(type, sdp);
    }
}
