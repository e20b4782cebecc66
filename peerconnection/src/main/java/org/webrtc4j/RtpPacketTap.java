package org.webrtc4j;

import org.webrtc4j.rtp.RtpPacket;

/** Sees the packets of a receiver. */
@FunctionalInterface
public interface RtpPacketTap {

    /**
     * Takes a packet: restored from retransmissions, without duplicates, in the order of arrival. Called on the connection's
     * loop; who is slow here holds the loop up.
     *
     * @param packet a view that is reused, borrowed for the call; its bytes must not be changed
     */
    void onPacket(RtpPacket packet);
}
