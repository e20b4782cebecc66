package org.webrtc4j.certificate.planted;

import org.slf4j.Logger;

/** Depends on what its part must not know. */
public final class KnowsTooMuch {

    Logger stranger(Logger given) {
        return given;
    }
}
