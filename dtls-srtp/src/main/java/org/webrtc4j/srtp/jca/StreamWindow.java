package org.webrtc4j.srtp.jca;

import org.webrtc4j.crypto.ReplayWindow;

/** The replay window of an SSRC, which knows when it was used. */
final class StreamWindow extends ReplayWindow {

    /** For RTP. RFC 3711 asks for 64 at least, which is too few for video. */
    static final int RTP_SIZE = 1_024;

    /** For RTCP. */
    static final int RTCP_SIZE = 128;

    /** When it was used, by the count of its table. */
    long lastUse;

    StreamWindow(int size, long highest) {
        super(size, highest);
    }
}
