package org.webrtc4j.netty;

import java.net.InetSocketAddress;
import org.webrtc4j.RTCPeerConnectionState;

/** User events of the pipeline of a {@link WebRtcChannel}. */
public sealed interface WebRtcEvent {

    /**
     * Packets take another path from now on; {@link WebRtcChannel#localAddress()} and {@link
     * WebRtcChannel#remoteAddress()} have changed. Told of the first path, too, before the channel is active.
     *
     * @param local the local address
     * @param remote the other side's address
     */
    record PathChanged(InetSocketAddress local, InetSocketAddress remote) implements WebRtcEvent {}

    /**
     * The state of the connection changed: the other side may be gone ({@link RTCPeerConnectionState#DISCONNECTED}) or is
     * back ({@link RTCPeerConnectionState#CONNECTED}). A failed connection is told by an exception instead, and closed.
     *
     * @param state the new state
     */
    record StateChanged(RTCPeerConnectionState state) implements WebRtcEvent {}
}
