package org.webrtc4j.dtls.bouncycastle;

import java.util.concurrent.TimeUnit;
import org.webrtc4j.dtls.DtlsConfig;

/** Times in the library's unit. */
final class Timing {

    // The endpoint's own deadline ends a handshake; the library's is for a loop that died, and reads the wall clock.
    private static final long MARGIN_MILLIS = 5_000;

    private Timing() {}

    static int libraryTimeoutMillis(DtlsConfig config) {
        long millis = TimeUnit.NANOSECONDS.toMillis(config.handshakeTimeoutNanos()) + MARGIN_MILLIS;
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    static int firstResendMillis(DtlsConfig config) {
        long millis = TimeUnit.NANOSECONDS.toMillis(config.firstResendNanos());
        return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
    }
}
