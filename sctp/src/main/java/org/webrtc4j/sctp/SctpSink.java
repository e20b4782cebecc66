package org.webrtc4j.sctp;

import org.webrtc4j.common.PacketSink;

/** Where an association puts its packets and its events. */
public interface SctpSink extends PacketSink {

    /**
     * Takes an event. Called at the end of an entry point of the association, when its state is consistent; the
     * association may be called from here, and what that emits follows in order.
     *
     * @param event what happened
     */
    void onEvent(SctpEvent event);
}
