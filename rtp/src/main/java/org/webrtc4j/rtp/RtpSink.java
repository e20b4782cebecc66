package org.webrtc4j.rtp;

import java.nio.ByteBuffer;

/** Where a session puts its packets and events. Never calls back into the session, but from the owner's queue. */
public interface RtpSink {

    /**
     * Takes an RTP packet in two parts, which encryption puts together: the only copy of the payload in a fan-out.
     *
     * @param header a heap buffer with the complete header, contributing sources and extension included; borrowed for the
     *     call
     * @param payload a heap buffer with everything behind it, padding included, mostly over another array; borrowed for the
     *     call
     */
    void transmitRtp(ByteBuffer header, ByteBuffer payload);

    /**
     * Takes RTCP packets of one datagram.
     *
     * @param packet a heap buffer; borrowed for the call
     */
    void transmitRtcp(ByteBuffer packet);

    /**
     * Takes an event, to be appended to the owner's queue.
     *
     * @param event what happened
     */
    void onEvent(RtpEvent event);
}
