package org.webrtc4j.rtp;

import java.nio.ByteBuffer;

/** Sees the RTCP of a session in both directions. */
@FunctionalInterface
public interface RtcpTap {

    /**
     * Takes the RTCP packets of one datagram.
     *
     * @param packets borrowed for the call; positions must be left as they are
     * @param outgoing true for those sent
     * @param nowNanos the time of this turn
     */
    void onRtcp(ByteBuffer packets, boolean outgoing, long nowNanos);
}
