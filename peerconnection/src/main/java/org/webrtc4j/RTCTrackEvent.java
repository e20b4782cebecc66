package org.webrtc4j;

import java.util.List;

/**
 * The other side sends a new track. Handlers set on the track before this event's handler returns miss nothing.
 *
 * @param type track
 * @param target the connection
 * @param receiver what receives it
 * @param track the track
 * @param streams the streams it is in
 * @param transceiver the transceiver it belongs to
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtctrackevent">the specification</a>
 */
public record RTCTrackEvent(
        String type,
        EventTarget target,
        RTCRtpReceiver receiver,
        MediaStreamTrack track,
        List<MediaStream> streams,
        RTCRtpTransceiver transceiver)
        implements Event {

    /**
     * Copies the lists.
     *
     * @param type track
     * @param target the connection
     * @param receiver what receives it
     * @param track the track
     * @param streams the streams it is in
     * @param transceiver the transceiver it belongs to
     */
    public RTCTrackEvent {
        streams = List.copyOf(streams);
    }
}
