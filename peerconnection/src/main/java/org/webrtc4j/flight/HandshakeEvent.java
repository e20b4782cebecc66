package org.webrtc4j.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A connection was set up, or its DTLS handshake failed. */
@Name("org.webrtc4j.Handshake")
@Label("WebRTC set-up")
@Description("ICE, DTLS and SCTP came up, or DTLS failed")
@Category("WebRTC")
@StackTrace(false)
@SuppressWarnings("unused") // the fields are read by the recorder
public final class HandshakeEvent extends Event {

    @Label("Connection")
    private final String connection;

    @Label("Result")
    private final String result;

    @Label("ICE")
    @Timespan
    private final long iceNanos;

    @Label("DTLS")
    @Timespan
    private final long dtlsNanos;

    @Label("SCTP")
    @Timespan
    private final long sctpNanos;

    private HandshakeEvent(String connection, String result, long iceNanos, long dtlsNanos, long sctpNanos) {
        this.connection = connection;
        this.result = result;
        this.iceNanos = iceNanos;
        this.dtlsNanos = dtlsNanos;
        this.sctpNanos = sctpNanos;
    }

    /**
     * Records the end of a set-up, when a recording wants it.
     *
     * @param connection the connection's name
     * @param result connected, or why not
     * @param iceNanos how long ICE took
     * @param dtlsNanos how long DTLS took
     * @param sctpNanos how long SCTP took
     */
    public static void record(String connection, String result, long iceNanos, long dtlsNanos, long sctpNanos) {
        HandshakeEvent event = new HandshakeEvent(connection, result, iceNanos, dtlsNanos, sctpNanos);
        if (event.shouldCommit()) {
            event.commit();
        }
    }
}
