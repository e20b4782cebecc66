package org.webrtc4j;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The event handler attributes of {@link RTCPeerConnection}. */
abstract class PeerConnectionHandlers extends EventTarget {

    abstract RTCPeerConnection self();

    /**
     * Sets the handler of negotiationneeded.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onNegotiationNeeded(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.NEGOTIATIONNEEDED, handler);
        return self();
    }

    /**
     * Sets the handler of icecandidate.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onIceCandidate(@Nullable Consumer<? super RTCPeerConnectionIceEvent> handler) {
        setHandler(EventType.ICECANDIDATE, handler);
        return self();
    }

    /**
     * Sets the handler of icecandidateerror.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onIceCandidateError(@Nullable Consumer<? super RTCPeerConnectionIceErrorEvent> handler) {
        setHandler(EventType.ICECANDIDATEERROR, handler);
        return self();
    }

    /**
     * Sets the handler of signalingstatechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onSignalingStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.SIGNALINGSTATECHANGE, handler);
        return self();
    }

    /**
     * Sets the handler of iceconnectionstatechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onIceConnectionStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.ICECONNECTIONSTATECHANGE, handler);
        return self();
    }

    /**
     * Sets the handler of icegatheringstatechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onIceGatheringStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.ICEGATHERINGSTATECHANGE, handler);
        return self();
    }

    /**
     * Sets the handler of connectionstatechange.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onConnectionStateChange(@Nullable Consumer<? super Event> handler) {
        setHandler(EventType.CONNECTIONSTATECHANGE, handler);
        return self();
    }

    /**
     * Sets the handler of datachannel.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onDataChannel(@Nullable Consumer<? super RTCDataChannelEvent> handler) {
        setHandler(EventType.DATACHANNEL, handler);
        return self();
    }

    /**
     * Sets the handler of track.
     *
     * @param handler replaces the previous one; null removes it
     * @return the connection
     */
    public RTCPeerConnection onTrack(@Nullable Consumer<? super RTCTrackEvent> handler) {
        setHandler(EventType.TRACK, handler);
        return self();
    }
}
