package org.webrtc4j.samples.peer;

import org.webrtc4j.RTCDataChannel;

/** What a peer does once it is connected. */
interface Scenario {

    /** Runs the offerer's side, on a thread that may wait. */
    void start() throws InterruptedException;

    /**
     * Takes the channel that the offerer opened, at the answerer, on the connection's loop.
     *
     * @param id the connection's number
     * @param channel the channel, not yet open
     */
    void onChannel(int id, RTCDataChannel channel);
}
