package org.webrtc4j;

/**
 * The name of an event with the class of its object, for {@link EventTarget#addEventListener}.
 *
 * @param name the W3C name
 * @param kind the class of the event object
 * @param <E> the class of the event object
 */
public record EventType<E extends Event>(String name, Class<E> kind) {

    /** A connection wants to negotiate. */
    public static final EventType<Event> NEGOTIATIONNEEDED = plain("negotiationneeded");

    /** A local candidate may be signalled. */
    public static final EventType<RTCPeerConnectionIceEvent> ICECANDIDATE =
            new EventType<>("icecandidate", RTCPeerConnectionIceEvent.class);

    /** A STUN or TURN server could not be used. */
    public static final EventType<RTCPeerConnectionIceErrorEvent> ICECANDIDATEERROR =
            new EventType<>("icecandidateerror", RTCPeerConnectionIceErrorEvent.class);

    /** {@link RTCPeerConnection#signalingState()} changed. */
    public static final EventType<Event> SIGNALINGSTATECHANGE = plain("signalingstatechange");

    /** {@link RTCPeerConnection#iceConnectionState()} changed. */
    public static final EventType<Event> ICECONNECTIONSTATECHANGE = plain("iceconnectionstatechange");

    /** {@link RTCPeerConnection#iceGatheringState()} changed. */
    public static final EventType<Event> ICEGATHERINGSTATECHANGE = plain("icegatheringstatechange");

    /** {@link RTCPeerConnection#connectionState()} changed. */
    public static final EventType<Event> CONNECTIONSTATECHANGE = plain("connectionstatechange");

    /** The other side opened a channel. */
    public static final EventType<RTCDataChannelEvent> DATACHANNEL =
            new EventType<>("datachannel", RTCDataChannelEvent.class);

    /** A channel can carry messages. */
    public static final EventType<Event> OPEN = plain("open");

    /** A message arrived. */
    public static final EventType<MessageEvent> MESSAGE = new EventType<>("message", MessageEvent.class);

    /** {@link RTCDataChannel#bufferedAmount()} fell to the threshold. */
    public static final EventType<Event> BUFFEREDAMOUNTLOW = plain("bufferedamountlow");

    /** A channel or transport failed. */
    public static final EventType<RTCErrorEvent> ERROR = new EventType<>("error", RTCErrorEvent.class);

    /** A channel is being closed. */
    public static final EventType<Event> CLOSING = plain("closing");

    /** A channel is closed. */
    public static final EventType<Event> CLOSE = plain("close");

    /** The state of a transport changed. */
    public static final EventType<Event> STATECHANGE = plain("statechange");

    /** {@link RTCIceTransport#gatheringState()} changed. */
    public static final EventType<Event> GATHERINGSTATECHANGE = plain("gatheringstatechange");

    /** {@link RTCIceTransport#getSelectedCandidatePair()} changed. */
    public static final EventType<Event> SELECTEDCANDIDATEPAIRCHANGE = plain("selectedcandidatepairchange");

    /** The other side sends a new track. */
    public static final EventType<RTCTrackEvent> TRACK = new EventType<>("track", RTCTrackEvent.class);

    /** A key is pressed, or the last one was. */
    public static final EventType<RTCDTMFToneChangeEvent> TONECHANGE =
            new EventType<>("tonechange", RTCDTMFToneChangeEvent.class);

    /** The other side put a track into a stream. */
    public static final EventType<MediaStreamTrackEvent> ADDTRACK =
            new EventType<>("addtrack", MediaStreamTrackEvent.class);

    /** The other side took a track out of a stream. */
    public static final EventType<MediaStreamTrackEvent> REMOVETRACK =
            new EventType<>("removetrack", MediaStreamTrackEvent.class);

    /** A track gives nothing for now. */
    public static final EventType<Event> MUTE = plain("mute");

    /** A track gives media again. */
    public static final EventType<Event> UNMUTE = plain("unmute");

    /** A track gives nothing any more. */
    public static final EventType<Event> ENDED = plain("ended");

    private static EventType<Event> plain(String name) {
        return new EventType<>(name, Event.class);
    }
}
