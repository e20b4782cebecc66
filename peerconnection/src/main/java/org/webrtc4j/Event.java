package org.webrtc4j;

/**
 * What a handler is given.
 *
 * @see <a href="https://dom.spec.whatwg.org/#interface-event">the specification</a>
 */
public sealed interface Event
        permits MediaStreamTrackEvent,
                MessageEvent,
                PlainEvent,
                RTCDTMFToneChangeEvent,
                RTCDataChannelEvent,
                RTCErrorEvent,
                RTCPeerConnectionIceErrorEvent,
                RTCPeerConnectionIceEvent,
                RTCTrackEvent {

    /**
     * Returns the name of the event.
     *
     * @return in lower case, such as connectionstatechange
     */
    String type();

    /**
     * Returns the object at which the event fired.
     *
     * @return the target
     */
    EventTarget target();
}
