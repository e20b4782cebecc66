package org.webrtc4j.crypto.planted;

import org.bouncycastle.tls.TlsContext;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    TlsContext stranger(TlsContext given) {
        return given;
    }
}
