package org.webrtc4j.samples.peer;

import org.webrtc4j.RTCDataChannel;
import org.webrtc4j.RTCPeerConnection;

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

    /**
     * Adds what a new connection shall have, before anything is negotiated; called on the thread of signalling.
     *
     * @param id the connection's number
     * @param pc the connection
     */
    default void onConnection(int id, RTCPeerConnection pc) {}

    /** Answers the command {@code stats}; only media has something to say at any time. */
    default void report() {}
}
