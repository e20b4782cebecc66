package org.webrtc4j.planted;

import org.webrtc4j.testkit.VirtualTime;

/** Depends on what is for tests only. */
public final class KnowsTheTestkit {

    VirtualTime time(VirtualTime given) {
        return given;
    }
}
