package org.webrtc4j.sctp.planted.second;

import org.webrtc4j.sctp.planted.first.Chicken;

/** The other half of a cycle of packages. */
public final class Egg {

    Chicken becomes(Chicken given) {
        return given;
    }
}
