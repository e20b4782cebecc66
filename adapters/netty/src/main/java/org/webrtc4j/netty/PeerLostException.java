package org.webrtc4j.netty;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection could not be made, or was lost. The message says why, in one sentence: which pairs of candidates were tried
 * and what came back, or what ended DTLS or SCTP.
 */
public final class PeerLostException extends IOException {

    private static final long serialVersionUID = 1L;

    PeerLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
