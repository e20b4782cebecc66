package org.webrtc4j.sctp.planted.first;

import org.webrtc4j.sctp.planted.second.Egg;

/** Half of a cycle of packages. */
public final class Chicken {

    Egg lays(Egg given) {
        return given;
    }
}
