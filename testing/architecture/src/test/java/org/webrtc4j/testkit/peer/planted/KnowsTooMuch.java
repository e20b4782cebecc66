package org.webrtc4j.testkit.peer.planted;

import org.webrtc4j.ice.IceCandidate;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    IceCandidate stranger(IceCandidate given) {
        return given;
    }
}
