package org.webrtc4j.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The state of a connection changed. */
@Name("org.webrtc4j.ConnectionState")
@Label("WebRTC connection state")
@Description("The state of a connection changed")
@Category("WebRTC")
@StackTrace(false)
@SuppressWarnings("unused") // the fields are read by the recorder
public final class ConnectionStateEvent extends Event {

    @Label("Connection")
    private final String connection;

    @Label("State")
    private final String state;

    private ConnectionStateEvent(String connection, String state) {
        this.connection = connection;
        this.state = state;
    }

    /**
     * Records the change, when a recording wants it.
     *
     * @param connection the connection's name
     * @param state its new state, as W3C names it
     */
    public static void record(String connection, String state) {
        ConnectionStateEvent event = new ConnectionStateEvent(connection, state);
        if (event.shouldCommit()) {
            event.commit();
        }
    }
}
