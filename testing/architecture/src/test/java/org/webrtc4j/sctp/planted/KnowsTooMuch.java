package org.webrtc4j.sctp.planted;

import org.webrtc4j.dtls.DtlsEndpoint;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    DtlsEndpoint stranger(DtlsEndpoint given) {
        return given;
    }
}
