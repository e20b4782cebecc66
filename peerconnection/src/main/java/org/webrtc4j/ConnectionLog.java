package org.webrtc4j;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes log lines that carry the connection's name in the MDC. */
final class ConnectionLog {

    static final String MDC_KEY = "webrtc4j.connection";

    private static final Logger LOG = LoggerFactory.getLogger(RTCPeerConnection.class);

    private ConnectionLog() {}

    /** Runs something that logs, or may log, on behalf of a connection. */
    static void named(String name, Runnable logs) {
        String before = MDC.get(MDC_KEY);
        MDC.put(MDC_KEY, name);
        try {
            logs.run();
        } finally {
            if (before == null) {
                MDC.remove(MDC_KEY);
            } else {
                MDC.put(MDC_KEY, before);
            }
        }
    }

    static void handlerThrew(String name, Throwable thrown) {
        named(name, () -> LOG.warn("A handler of connection {} threw; the connection goes on", name, thrown));
    }

    static void internalError(String name, Throwable thrown) {
        named(name, () -> LOG.error("Connection {} is closed: the library itself threw", name, thrown));
    }
}
