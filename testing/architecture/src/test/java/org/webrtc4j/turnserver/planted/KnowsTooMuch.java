package org.webrtc4j.turnserver.planted;

import org.webrtc4j.sdp.SessionDescription;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    SessionDescription stranger(SessionDescription given) {
        return given;
    }
}
