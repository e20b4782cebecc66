package org.webrtc4j.rtp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Those who see RTCP, in the order in which they came. */
final class RtcpTaps {

    private static final RtcpTap[] NONE = {};

    private RtcpTap[] taps = NONE;

    void add(RtcpTap tap) {
        RtcpTap[] more = Arrays.copyOf(taps, taps.length + 1);
        more[taps.length] = tap;
        taps = more;
    }

    void remove(RtcpTap tap) {
        taps = Arrays.stream(taps).filter(other -> other != tap).toArray(RtcpTap[]::new);
    }

    void onRtcp(ByteBuffer datagram, boolean sent, long nowNanos) {
        for (RtcpTap tap : taps) {
            tap.onRtcp(datagram, sent, nowNanos);
        }
    }
}
