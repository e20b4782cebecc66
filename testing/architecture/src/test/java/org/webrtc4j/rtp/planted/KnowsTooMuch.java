package org.webrtc4j.rtp.planted;

import org.webrtc4j.srtp.SrtpProfile;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    SrtpProfile stranger(SrtpProfile given) {
        return given;
    }
}
