package org.webrtc4j.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** How many packets a connection dropped for one reason, told when it closes. */
@Name("org.webrtc4j.Drops")
@Label("WebRTC drops")
@Description("Packets, records or chunks that a connection dropped for one reason, over its whole life")
@Category("WebRTC")
@StackTrace(false)
@SuppressWarnings("unused") // the fields are read by the recorder
public final class DropsEvent extends Event {

    @Label("Connection")
    private final String connection;

    @Label("Reason")
    private final String reason;

    @Label("Count")
    private final long count;

    private DropsEvent(String connection, String reason, long count) {
        this.connection = connection;
        this.reason = reason;
        this.count = count;
    }

    /**
     * Records the drops, when a recording wants them.
     *
     * @param connection the connection's name
     * @param reason layer and reason
     * @param count how many
     */
    public static void record(String connection, String reason, long count) {
        DropsEvent event = new DropsEvent(connection, reason, count);
        if (event.shouldCommit()) {
            event.commit();
        }
    }
}
