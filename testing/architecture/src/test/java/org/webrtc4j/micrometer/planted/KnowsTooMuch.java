package org.webrtc4j.micrometer.planted;

import org.webrtc4j.sctp.SctpAssociation;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    SctpAssociation stranger(SctpAssociation given) {
        return given;
    }
}
