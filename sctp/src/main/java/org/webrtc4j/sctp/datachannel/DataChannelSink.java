package org.webrtc4j.sctp.datachannel;

import org.webrtc4j.common.PacketSink;

/** Where a session puts its packets and its events. */
public interface DataChannelSink extends PacketSink {

    /**
     * Takes an event. The session may be called from here; what that emits follows in order.
     *
     * @param event what happened
     */
    void onEvent(DataChannelEvent event);
}
